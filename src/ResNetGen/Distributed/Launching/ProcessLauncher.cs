using System.Collections.Concurrent;
using System.Globalization;

namespace ResNetGen.Distributed.Launching;

/// <summary>
/// Starts a program several times on this machine, as the ranks of one data-parallel training, and is to the user as if it were
/// one process: one output, signals for all, one exit code. It sets what torchrun sets (RANK, LOCAL_RANK, WORLD_SIZE,
/// LOCAL_WORLD_SIZE, MASTER_ADDR, MASTER_PORT), so that any program that knows those can be started, PyTorch's too.
/// </summary>
public static class ProcessLauncher
{
    /// <summary>
    /// What a process ends with when it ends because ANOTHER rank was lost, so that who failed can be told from who was left
    /// (sysexits.h: EX_TEMPFAIL, "try again").
    /// </summary>
    public const int PeerLost = 75;

    /// <summary>Says to a program that it was started by this, and not by torchrun, SLURM or Kubernetes.</summary>
    public const string Mark = "RESNETGEN_LAUNCHER";

    /// <summary>Starts the ranks, shows them, and returns when all have ended. While it runs, signals are theirs.</summary>
    /// <param name="options">What is started.</param>
    /// <returns>
    /// 0 where all ranks did well; the exit code of the rank that failed, 128 plus the signal's number where a signal ended it;
    /// <see cref="PeerLost"/> where all that is known is that ranks lost each other.
    /// </returns>
    /// <exception cref="BadInputException">Not as many processes can be started here, or not this program.</exception>
    public static int Run(LaunchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        string program = ProgramPath.Find(options.Program);
        Shelter shelter = Shelter.OfThisMachine();
        if (shelter.Note is { } note)
        {
            options.Messages.WriteLine("note: " + note);
        }

        // Not disposed: ends of processes may come in after this method's.
        BlockingCollection<Action> queue = [];
        List<RankProcess> ranks = [];
        Supervisor supervisor = new(options, ranks);

        // Before there are ranks: one that is ready sooner than this process would miss what it is sent.
        using SignalRelay relay = new(shelter, queue, supervisor);
        try
        {
            int port = FreePort.Find();
            for (int rank = 0; rank < options.Processes; rank++)
            {
                ranks.Add(RankProcess.Start(options, shelter, program, rank, port, queue));
            }

            return supervisor.Watch(queue);
        }
        finally
        {
            // Nothing stays, whatever went wrong here.
            ranks.ForEach(static rank => rank.Dispose());
        }
    }

    private static void Check(LaunchOptions options)
    {
        int cores = Environment.ProcessorCount;
        if (OperatingSystem.IsWindows())
        {
            throw new BadInputException("Several processes can be started on Linux and macOS only; on Windows use WSL.");
        }

        if (options.Processes < 1)
        {
            throw new BadInputException($"--processes takes a whole number, 1 or more; got {options.Processes.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (options.Processes > cores && !options.Oversubscribe)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"--processes {options.Processes}: this machine has {cores} {(cores == 1 ? "core" : "cores")} for this program, and processes that share one wait for each other. ")
                + string.Create(CultureInfo.InvariantCulture, $"Give {cores} or fewer, or --oversubscribe to have it all the same."));
        }

        foreach (string name in (string[])["RANK", "WORLD_SIZE"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                throw new BadInputException($"--processes {options.Processes.ToString(CultureInfo.InvariantCulture)} starts the ranks of a run, and {name}={value} says that this process is one already "
                    + $"({(Environment.GetEnvironmentVariable(Mark) is null ? "torchrun or a cluster set it" : "--processes was given twice")}). Leave --processes out, or unset {name}.");
            }
        }
    }
}
