namespace ResNetGen;

/// <summary>
/// Takes another generated network, of the same project or of a referenced one, as a part of this one, with weights of its own.
/// Declared as <c>public partial NameBackbone Name { get; }</c>, in a branch <c>BranchNameBackbone</c>: a nested class of that name is
/// generated with the layers that are used.
/// </summary>
/// <typeparam name="TNetwork">A class with a network's attribute.</typeparam>
public sealed class UseAttribute<TNetwork> : LayerAttribute
    where TNetwork : class
{
    /// <summary>
    /// The feature map it ends at: <c>Until = nameof(ResNet101.Layer3)</c>, or the key, <c>"layer3"</c>. Not written, the whole
    /// network is taken, its head included.
    /// </summary>
    public string? Until { get; set; }
}
