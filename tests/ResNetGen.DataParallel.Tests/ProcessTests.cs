using System.Diagnostics;
using System.Globalization;

namespace ResNetGen.DataParallel.Tests;

/// <summary>Processes that a launcher has started, against one process with the joint batch: gradients through memory that they share, and over Gloo.</summary>
public sealed class ProcessTests : IClassFixture<ProcessTests.Single>
{
    private readonly float[] _expected;

    public ProcessTests(Single single) => _expected = single.Weights;

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    public void Twenty_steps_of_several_processes_are_those_of_one(int count, bool sharesMemory)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("resnetgen-processes-");
        try
        {
            Run(sharesMemory, "launch", count.ToString(CultureInfo.InvariantCulture), folder.FullName);
            float[][] ranks = [.. Enumerable.Range(0, count).Select(rank => RankProgram.Weights(folder.FullName, rank))];
            Assert.All(ranks, weights => Assert.Equal(ranks[0].Select(BitConverter.SingleToInt32Bits), weights.Select(BitConverter.SingleToInt32Bits)));

            // Sums of fp32 numbers in another order differ by some 1e-7 a step, and twenty steps add up.
            Assert.InRange(RankThreads.Distance(_expected, ranks[0]), 0, 1e-5);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Twenty_steps_have_gone_far_beyond_that()
    {
        using NormNet network = new();
        float[] first = [.. network.parameters().SelectMany(static p => p.contiguous().data<float>().ToArray())];
        Assert.InRange(RankThreads.Distance(first, _expected), 0.05, double.MaxValue);
    }

    private static void Run(bool sharesMemory, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [RankProgram.Assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in (string[])["RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"])
        {
            start.Environment.Remove(name);
        }

        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["RESNETGEN_SHARED_MEMORY"] = sharesMemory ? "1" : "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result + output.Result);
    }

    /// <summary>What one process learns.</summary>
    public sealed class Single
    {
        public Single()
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("resnetgen-processes-");
            try
            {
                Run(true, "train", folder.FullName);
                Weights = RankProgram.Weights(folder.FullName, 0);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        public float[] Weights { get; }
    }
}
