namespace ResNetGen;

/// <summary>
/// Makes a partial class nested in a <see cref="NetworkAttribute">network</see>, or in another branch, the layers of a
/// <see cref="ResidualAttribute{TBranch}">residual</see>: one partial property a layer, in the order in which they are declared.
/// </summary>
/// <remarks>A branch may be used in several places; each use has weights of its own and infers its own channels.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class BranchAttribute : Attribute;
