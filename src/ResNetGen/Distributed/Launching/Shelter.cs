namespace ResNetGen.Distributed.Launching;

/// <summary>
/// What stands between the program and the launcher: two small programs of util-linux, which each Debian has.
/// <c>setpriv --pdeathsig KILL</c> has the kernel kill a rank when the launcher is gone, even by kill -9. <c>setsid</c> takes it
/// out of the terminal's reach: Ctrl-C comes to the launcher alone, which hands it on once, and a rank with all that it
/// started can be ended as one group. The terminal itself stays open to rank 0, which may draw on it.
/// </summary>
internal sealed record Shelter
{
    private readonly string[] _before;

    private Shelter(string[] before, string? note) => (_before, Note) = (before, note);

    /// <summary>Whether ranks are groups of their own, which no signal of the terminal reaches.</summary>
    public bool IsApart => _before.Length > 0;

    /// <summary>What is missing here, or null.</summary>
    public string? Note { get; }

    public static Shelter OfThisMachine()
    {
        string? setpriv = ProgramPath.OnPath("setpriv"), setsid = ProgramPath.OnPath("setsid");
        return OperatingSystem.IsLinux() && setpriv is not null && setsid is not null
            ? new Shelter([setpriv, "--pdeathsig", "KILL", setsid], null)
            : new Shelter([], "setpriv and setsid (util-linux) are not on this machine: should the launcher be killed with -9, end the ranks by hand.");
    }

    /// <summary>The words that start a program.</summary>
    public IReadOnlyList<string> Command(string program, IReadOnlyList<string> arguments) => [.. _before, program, .. arguments];
}
