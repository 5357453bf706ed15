using System.Globalization;
using ResNetGen.Native;

namespace ResNetGen.Training;

/// <summary>
/// Stochastic gradient descent as PyTorch computes it: v = momentum · v + (gradient + decay · weight), weight −= rate · v. (In
/// Caffe, where the 2015 networks were trained, the rate is inside of v: the two differ in the first steps after a drop.)
/// </summary>
/// <param name="Momentum">The momentum, 0 or more.</param>
/// <param name="Nesterov">Whether the momentum looks ahead. The papers' does not.</param>
public sealed record Sgd(double Momentum = 0.9, bool Nesterov = false) : OptimizerSettings
{
    /// <inheritdoc/>
    public override string Description => Parameters;

    /// <inheritdoc/>
    public override string Parameters =>
        string.Create(CultureInfo.InvariantCulture, $"SGD, momentum {Momentum:R}{(Nesterov ? ", Nesterov" : "")}");

    /// <inheritdoc/>
    public override ParameterOptimizer Create(IReadOnlyList<ParameterGroup> groups) =>
        FusedSgd.IsAvailable ? new FusedSgdOptimizer(this, groups) : new SgdOptimizer(this, groups);

    internal override void Require()
    {
        RecipeChecks.Within("Optimizer.Momentum", Momentum, static value => value >= 0, "0 or more");
        if (Nesterov)
        {
            RecipeChecks.Within("Optimizer.Momentum", Momentum, static value => value > 0, "more than 0 for Nesterov's momentum, such as 0.9; or leave Nesterov out");
        }
    }
}
