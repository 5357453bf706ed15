namespace ResNetGen.Bench;

/// <summary>A piece of work that is compared: iterations, and what can be asked of it besides, each answered with what becomes JSON.</summary>
internal abstract class Work
{
    /// <summary>One iteration.</summary>
    public abstract void Run();

    /// <summary>Answers another command than run and memory.</summary>
    public virtual object Answer(string command, string[] arguments) =>
        throw new BadInputException($"{GetType().Name} does not know the command \"{command}\".");
}

/// <summary>A piece of work that is iterations and nothing else.</summary>
internal sealed class PlainWork(Action run) : Work
{
    public override void Run() => run();
}
