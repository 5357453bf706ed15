namespace ResNetGen.Distributed;

/// <summary>The variables that torchrun sets, and with it Kubeflow and the launcher of this project.</summary>
internal static class TorchrunVariables
{
    public const string Launcher = "resnetgen launch", Torchrun = "torchrun", Kubeflow = "Kubeflow";

    /// <exception cref="BadInputException">A variable is missing or is no number.</exception>
    public static RankEnvironment? Read(RankVariables variables)
    {
        if (variables.Text("RANK") is null && variables.Text("WORLD_SIZE") is null)
        {
            return null;
        }

        int worldSize = variables.Needed("WORLD_SIZE", "the number of processes", "RANK");
        int rank = variables.Needed("RANK", "the number of this process, from 0", "WORLD_SIZE");
        string source = SourceOf(variables);
        if (worldSize == 1 && rank == 0 && (variables.Text("MASTER_ADDR") is null || variables.Text("MASTER_PORT") is null))
        {
            // Alone, and nobody told it where to meet others.
            return null;
        }

        int localRank = variables.Number("LOCAL_RANK") ?? 0;
        return new RankEnvironment
        {
            Rank = rank,
            WorldSize = worldSize,
            LocalRank = localRank,

            // Kubeflow and others that say nothing of a machine have one process on it.
            LocalWorldSize = variables.Number("LOCAL_WORLD_SIZE") ?? localRank + 1,
            MasterAddress = variables.NeededText("MASTER_ADDR", "the machine of rank 0", "WORLD_SIZE"),
            MasterPort = variables.Needed("MASTER_PORT", "a free port on the machine of rank 0", "WORLD_SIZE"),
            Source = source,
            Restarts = variables.Number("TORCHELASTIC_RESTART_COUNT") ?? 0,
            StoreIsHosted = string.Equals(variables.Text("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string SourceOf(RankVariables variables) =>
        variables.Text("RESNETGEN_LAUNCHER") is not null ? Launcher
        : variables.Text("TORCHELASTIC_RUN_ID") is not null || variables.Text("TORCHELASTIC_RESTART_COUNT") is not null ? Torchrun
        : variables.Text("LOCAL_RANK") is null ? Kubeflow
        : "RANK and WORLD_SIZE";
}
