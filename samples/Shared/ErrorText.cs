using System.Runtime.InteropServices;
using ResNetGen.Distributed;
using ResNetGen.Training;

namespace ResNetGen.Samples;

/// <summary>A failure in words, never as a stack trace.</summary>
internal static class ErrorText
{
    /// <summary>Set to anything, it shows where an unforeseen failure came from.</summary>
    public const string Trace = "RESNETGEN_TRACE";

    /// <summary>
    /// What the library calls its properties, and what this program calls the same; a longer name before its beginning.
    /// </summary>
    private static readonly (string Property, string Option)[] Names =
    [
        ("Set TrainerOptions.Resume", "Give --resume"),
        ("TrainerOptions.Device = ComputeDevice.Cpu", "--device cpu"),
        ("TrainerOptions.Precision = Precision.Fp32", "--precision fp32"),
        ("TrainerOptions.Seed = ", "--seed "),
        ("TrainerOptions.LimitBatches", "--limit-batches"),
        ("TrainerOptions.SynchronizedBatchNorm", "--sync-batch-norm"),
        ("TrainerOptions.CommunicationTimeout", "--peer-timeout"),
        ("TrainerOptions.Output", "--output"),
        ("TrainerOptions.Resume", "--resume"),
        ("DataSourceOptions.Data", "--data"),
        ("Recipe.BatchSize = ", "--batch-size "),
        ("Recipe.BatchSize", "--batch-size"),
    ];

    /// <summary>A message of the library, with its properties named as options of the command line.</summary>
    public static string InOptions(string message) =>
        Names.Aggregate(message, static (text, name) => text.Replace(name.Property, name.Option, StringComparison.Ordinal));

    public static string Of(Exception exception) => exception switch
    {
        BadInputException or TrainingDivergedException or PeerLostException => InOptions(exception.Message),
        AggregateException { InnerException: { } first } => Of(first),
        _ when Environment.GetEnvironmentVariable(Trace) is { Length: > 0 } => exception.ToString(),
        OutOfMemoryException => OutOfMemory,
        ExternalException when IsOutOfMemory(exception.Message) => OutOfMemory,
        ExternalException => "libtorch: " + FirstLine(exception.Message) + Hint,
        UnauthorizedAccessException or IOException => exception.Message,
        _ => $"{exception.GetType().Name}: {FirstLine(exception.Message)}{Hint}",
    };

    private const string OutOfMemory = "Not enough memory. A smaller batch or network needs less.";

    private const string Hint = $" (Set {Trace}=1 to see where.)";

    private static bool IsOutOfMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
