namespace ResNetGen;

/// <summary>
/// Names the output of a layer as a feature map that others may want: <c>ForwardFeatures</c> gives it, and
/// <see cref="UseAttribute{TNetwork}">[Use]</see> may end at it. Its name is the property's.
/// </summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class TapAttribute : Attribute;
