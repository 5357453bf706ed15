namespace ResNetGen.Reports;

/// <summary>The names of what a run leaves in its folder.</summary>
internal static class RunFiles
{
    /// <summary>The settings, written before the first step.</summary>
    public const string Settings = "run.json";

    /// <summary>The network's summary table, written before the first step.</summary>
    public const string Network = "network.txt";

    /// <summary>Readings and evaluations, one a line.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>What came of it, written at the end.</summary>
    public const string Summary = "summary.json";

    /// <summary>The page, where the program writes one.</summary>
    public const string Report = "report.html";

    /// <summary>TensorBoard's event files.</summary>
    public const string TensorBoard = "tensorboard";
}
