namespace ResNetGen.Architecture.Layers;

/// <summary>A list of blocks that run one after the other: a stage. The first ones may change the shape.</summary>
/// <param name="Name">Its segment of state_dict keys, e.g. <c>layer3</c>.</param>
/// <param name="Runs">Runs of equal blocks, first to last.</param>
public sealed record Blocks(string Name, EquatableArray<Repeat> Runs) : Composite(Name)
{
    /// <summary>Number of blocks.</summary>
    public int Count => Runs.Sum(run => run.Count);

    /// <inheritdoc/>
    public override Shape Output(Shape input) => Runs.Aggregate(input, (shape, run) => run.Output(shape));

    internal override IEnumerable<Part> Parts(Shape input)
    {
        foreach (Repeat run in Runs)
        {
            yield return new Part(run, input);
            input = run.Output(input);
        }
    }

    internal override Signal Run(Signal input, SavedTally saved) =>
        Runs.Aggregate(input, (signal, run) => saved.Run(run, signal));
}
