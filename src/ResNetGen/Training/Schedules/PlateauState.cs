namespace ResNetGen.Training;

/// <summary>What a <see cref="Plateau"/> has seen of a run.</summary>
/// <param name="Best">The lowest error so far; infinite before the first evaluation.</param>
/// <param name="Waited">Evaluations since then that were no better.</param>
/// <param name="Drops">How often the rate has fallen.</param>
public readonly record struct PlateauState(double Best, int Waited, int Drops)
{
    /// <summary>Nothing yet.</summary>
    public static PlateauState Start { get; } = new(double.PositiveInfinity, 0, 0);
}
