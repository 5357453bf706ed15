namespace ResNetGen;

/// <summary>
/// The sum of a branch and a shortcut, F(x) + h(x), and ReLU after it (He et al. 2015, equation 1).
/// Declared as <c>public partial Residual&lt;TBranch&gt; Name { get; }</c>, and with <see cref="Repeat"/> as
/// <c>public partial ModuleList&lt;Residual&lt;TBranch&gt;&gt; Name { get; }</c>.
/// </summary>
/// <typeparam name="TBranch">The layers F: a <see cref="BranchAttribute">branch</see> nested in the network.</typeparam>
public sealed class ResidualAttribute<TBranch> : LayerAttribute
    where TBranch : class
{
    /// <summary>
    /// How the shortcut gets over a change of shape: <see cref="ResNetGen.Shortcut.A"/> adds zero channels,
    /// <see cref="ResNetGen.Shortcut.B"/> projects where the shape changes, <see cref="ResNetGen.Shortcut.C"/> projects always.
    /// Not written, the shortcut is the identity and the branch must keep the shape (RNG0202, RNG0203).
    /// </summary>
    public Shortcut Shortcut { get; set; }

    /// <summary>How many such residuals follow each other; above 1 the branch must keep the shape (RNG0211). Default 1.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>
    /// Whether ReLU follows the addition. Default true, as in the paper of 2015; pre-activation units (He et al. 2016) have it
    /// inside the branch and none after.
    /// </summary>
    public bool ReLU { get; set; } = true;
}
