using System.Globalization;
using System.Runtime.InteropServices;
using ResNetGen.Distributed.Launching;
using ResNetGen.Tests.Training;
using ResNetGen.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>
/// This assembly as a program, as a user would have written it: <c>train FOLDER</c> trains in whatever surroundings it finds itself,
/// <c>launch COUNT FOLDER</c> starts that so many times.
/// </summary>
internal static class RankProgram
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["train", var folder] => Train(folder),
        ["launch", var count, var folder] => ProcessLauncher.Run(new LaunchOptions
        {
            Processes = int.Parse(count, CultureInfo.InvariantCulture),
            Program = "dotnet",
            Arguments = [Assembly, "train", folder],
            Oversubscribe = true,
        }),
        _ => 2,
    };

    public static string Assembly => typeof(RankProgram).Assembly.Location;

    /// <summary>A rank's last weights.</summary>
    public static float[] Weights(string folder, int rank) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(FileOf(folder, rank))).ToArray();

    private static int Train(string folder)
    {
        // The ranks are told apart by what a launcher has set, and by nothing that is said here.
        Trainer.Fit<NormNet, TinySet>(RankThreads.Recipe, new TrainerOptions
        {
            Output = Path.Combine(folder, "run"), Seed = 7, Device = ComputeDevice.Cpu, Precision = Precision.Fp32, TensorBoard = false, SynchronizedBatchNorm = true,
        }, TinySet.Instance);
        int rank = int.Parse(Environment.GetEnvironmentVariable("RANK") ?? "0", CultureInfo.InvariantCulture);
        File.WriteAllBytes(FileOf(folder, rank), MemoryMarshal.AsBytes(TestNet.Last[0].AsSpan()));
        return 0;
    }

    private static string FileOf(string folder, int rank) => Path.Combine(folder, FormattableString.Invariant($"weights-{rank}"));
}
