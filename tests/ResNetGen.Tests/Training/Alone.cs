namespace ResNetGen.Tests.Training;

/// <summary>
/// Tests that train, one after the other: initial weights and dropout draw from torch's one default generator, and a run
/// beside another one would take its numbers.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
