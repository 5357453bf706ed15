namespace ResNetGen.Training;

/// <summary>A step was given up before its update, since a value in it was not finite. The loop adds where the run stands.</summary>
/// <param name="what">What was not finite, as the beginning of a sentence.</param>
/// <param name="where">Which layer was first, in sentences of their own.</param>
/// <param name="layer">That layer's name; null where it is none.</param>
internal sealed class NotFiniteException(string what, string where, string? layer) : Exception($"{what}. {where}")
{
    public string What { get; } = what;

    public string Where { get; } = where;

    public string? Layer { get; } = layer;

    /// <summary>Iterations done before the step, where it is not the last one; null where it is.</summary>
    public long? Iteration { get; set; }

    /// <summary>The step's learning rate, likewise.</summary>
    public double? Rate { get; set; }
}
