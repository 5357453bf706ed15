using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Gradients that go through memory which ranks of one machine share, against those that go through Gloo.</summary>
public class SharedMemoryTests
{
    // Of several buckets; none of the sizes is a whole number of cache lines, and the last is smaller than one.
    private static readonly long[] Sizes = [1000, 77, 4099, 3];

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Two_ranks_get_the_bits_that_Gloo_gives_them(ScalarType type)
    {
        byte[][] shared = Means(2, type, sharesMemory: true), sent = Means(2, type, sharesMemory: false);
        Assert.All(shared.Concat(sent), each => Assert.Equal(sent[0], each));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void More_ranks_have_the_sum_in_their_order_divided(int ranks)
    {
        byte[][] shared = Means(ranks, ScalarType.Float32, sharesMemory: true);
        float[][] own = [.. Enumerable.Range(0, ranks).Select(static rank => Values(rank, ScalarType.Float32).SelectMany(static t => t.data<float>().ToArray()).ToArray())];
        float[] expected = [.. Enumerable.Range(0, own[0].Length).Select(i => own.Aggregate(0f, (sum, each) => sum + each[i]) / ranks)];
        Assert.All(shared, each => Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(each).ToArray()));

        // Gloo adds in another order: a rounding of each of the sums, of numbers of about 1.
        float[] sent = MemoryMarshal.Cast<byte, float>(Means(ranks, ScalarType.Float32, sharesMemory: false)[0]).ToArray();
        Assert.InRange(expected.Zip(sent, static (a, b) => Math.Abs(a - b)).Max(), 0, 1e-6f);
    }

    /// <summary>Half has its own sums in Gloo, and stays there; the others do not mind.</summary>
    [Fact]
    public void A_type_that_is_not_added_up_there_travels_beside_the_others() => Run(2, null, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter half = new(ones(40, dtype: ScalarType.Float16)), single = new(ones(40));
        using GradientBuckets buckets = new(group, [("half", half), ("single", single)]);
        Assert.Null(buckets.NotShared);
        half.grad = full(40, group.Rank + 1.0, dtype: ScalarType.Float16);
        single.grad = full(40, group.Rank + 2.0);
        buckets.Expect();
        buckets.Finish();
        Assert.All(half.grad!.to(ScalarType.Float32).data<float>().ToArray(), static each => Assert.Equal(1.5f, each));
        Assert.All(single.grad!.data<float>().ToArray(), static each => Assert.Equal(2.5f, each));
    });

    [Fact]
    public void One_rank_that_does_not_want_to_is_enough_for_Gloo() => Run(3, static options => options with { SharedMemory = options.Rank != 1 }, static group =>
        AssertGloo(group, "rank 1 of 3: shared memory is switched off there"));

    [Fact]
    public void The_environment_says_no_or_is_told_what_it_may_say()
    {
        const string variable = "RESNETGEN_SHARED_MEMORY";
        string? before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "0");
            Run(2, null, static group => AssertGloo(group, "rank 0 of 2: shared memory is switched off there"));
            Environment.SetEnvironmentVariable(variable, "maybe");
            ArgumentException e = Assert.Throws<ArgumentException>(() => ProcessGroup.Join(Ranks.Options(1, Ranks.Timeout)[0]));
            Assert.Contains("RESNETGEN_SHARED_MEMORY is \"maybe\": expected 0", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    /// <summary>As where there is no memory: nobody is killed, all do without, and know why.</summary>
    [Fact]
    public void Memory_that_is_not_to_be_had_is_done_without()
    {
        const int fileSize = 1;
        Assert.Equal(0, getrlimit(fileSize, out Limit before));
        try
        {
            Limit small = before with { Soft = 500_000 };
            Assert.Equal(0, setrlimit(fileSize, small));
            Run(2, null, static group => AssertGloo(group, "rank 0 of 2: 0.8 MB are needed, and the limit for the size of a file (ulimit -f) is 0.5 MB", lacksMemory: true));
        }
        finally
        {
            Assert.Equal(0, setrlimit(fileSize, before));
        }
    }

    [Fact]
    public void A_rank_alone_needs_none() => Run(1, null, static group => AssertGloo(group, "one process"));

    [Fact]
    public void Nothing_stays_behind()
    {
        HashSet<string> before = [.. Mapped()];
        string[] files = Files();
        List<string> meanwhile = [];
        Run(2, null, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            Parameter p = new(ones(2000));
            using GradientBuckets buckets = new(group, [("p", p)]);
            buckets.Expect();
            buckets.Finish();
            group.Barrier();
            lock (meanwhile) meanwhile.AddRange(Mapped().Except(before));
            Assert.Equal(files, Files());
        });
        Assert.Single(meanwhile.Distinct());
        Assert.DoesNotContain(meanwhile[0], Mapped());
        static string[] Files() => [.. Directory.GetFiles("/dev/shm", "*resnetgen*").Order()];
        static string[] Mapped() => [.. File.ReadLines("/proc/self/maps").Where(static line => line.Contains("/memfd:resnetgen-", StringComparison.Ordinal)).Select(static line => line[line.IndexOf('/')..])];
    }

    [Fact]
    public void Gradients_stay_where_they_are_when_the_buckets_go() => Run(2, null, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = new(ones(5000));
        using (GradientBuckets buckets = new(group, [("p", p)]))
        {
            p.grad = full(5000, group.Rank + 3.0);
            buckets.Expect();
            buckets.Finish();
        }
        group.Dispose();
        Assert.All(p.grad!.data<float>().ToArray(), static each => Assert.Equal(3.5f, each));
    });

    /// <summary>Rank 1 has given its first bucket, and goes down before the second.</summary>
    [Fact]
    public void A_rank_that_gives_up_in_the_midst_tells_the_others_at_once() => Run(3, null, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] p = [new(ones(3000)), new(ones(3000))];
        using GradientBuckets buckets = new(group, [("0", p[0]), ("1", p[1])], bucketBytes: 1);
        Assert.Null(buckets.NotShared);
        buckets.Expect();
        p[1].sum().backward();
        if (group.Rank == 1)
        {
            group.Abort("no space left on device");
            Assert.Equal(ProcessGroupFailure.Closed, Assert.Throws<ProcessGroupException>(buckets.Finish).Failure);
            return;
        }
        long begun = Stopwatch.GetTimestamp();
        ProcessGroupException e = Assert.Throws<ProcessGroupException>(buckets.Finish);
        Assert.True(Stopwatch.GetElapsedTime(begun) < Ranks.Timeout, "It waited for the timeout.");
        Assert.Equal(1, e.LostRank);
        Assert.Contains("rank 1 of 3 gave up: no space left on device", e.Message, StringComparison.Ordinal);
        Assert.Equal(e.Message, Assert.Throws<ProcessGroupException>(buckets.Expect).Message);
    });

    [Fact]
    public void A_rank_that_does_not_come_is_named_after_the_timeout()
    {
        using ManualResetEventSlim told = new();
        Run(2, static options => options with { Timeout = TimeSpan.FromSeconds(2) }, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            Parameter p = new(ones(3000));
            using GradientBuckets buckets = new(group, [("p", p)]);
            group.Barrier();
            if (group.Rank == 1)
            {
                Assert.True(told.Wait(TimeSpan.FromSeconds(30)));
                return;
            }
            buckets.Expect();
            ProcessGroupException e = Assert.Throws<ProcessGroupException>(buckets.Finish);
            told.Set();
            Assert.Equal(ProcessGroupFailure.Timeout, e.Failure);
            Assert.Equal(1, e.LostRank);
            Assert.Contains("did not end within 2.0 s: rank 1 of 2 lives, but did not come to this operation", e.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Disposing_a_group_ends_what_waits_in_shared_memory() => Run(2, null, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = new(ones(3000));
        using GradientBuckets buckets = new(group, [("p", p)]);
        group.Barrier();
        if (group.Rank == 1)
        {
            Assert.Equal(0, FailureTests.UntilLost(group).LostRank);
            return;
        }
        buckets.Expect();
        using Timer dispose = new(_ => group.Dispose(), null, 300, Timeout.Infinite);
        Assert.Equal(ProcessGroupFailure.Closed, Assert.Throws<ProcessGroupException>(buckets.Finish).Failure);
    });

    private static void AssertGloo(ProcessGroup group, string because, bool lacksMemory = false)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter p = new(ones(100_000));
        using GradientBuckets buckets = new(group, [("p", p)]);
        Assert.Contains(because, buckets.NotShared, StringComparison.Ordinal);
        Assert.Equal(lacksMemory, buckets.LacksMemory);
        p.grad = full(100_000, group.Rank);
        buckets.Expect();
        buckets.Finish();
        Assert.All(p.grad!.data<float>().ToArray(), each => Assert.Equal((group.WorldSize - 1) / 2f, each));
    }

    /// <summary>What each rank has after the exchange of different numbers, twice, so that the second goes through memory that was used.</summary>
    private static byte[][] Means(int ranks, ScalarType type, bool sharesMemory)
    {
        byte[][] found = new byte[ranks][];
        Run(ranks, options => options with { SharedMemory = sharesMemory }, group =>
        {
            using DisposeScope scope = NewDisposeScope();
            (string, Parameter)[] parameters = [.. Sizes.Select((size, i) => ($"{i}", new Parameter(zeros(size, dtype: type))))];
            using GradientBuckets buckets = new(group, parameters, bucketBytes: 6000);
            Assert.Equal(sharesMemory, buckets.NotShared is null);
            Assert.True(buckets.BucketBytes.Count >= 2, string.Join(" ", buckets.BucketBytes));
            for (int step = 0; step < 2; step++)
            {
                Tensor[] values = Values(group.Rank, type);
                buckets.Expect();
                for (int i = 0; i < values.Length; i++) parameters[i].Item2.grad = values[i];
                buckets.Finish();
            }
            found[group.Rank] = [.. parameters.SelectMany(static p => ParameterSet.Bits(p.Item2.grad!))];
        });
        return found;
    }

    private static Tensor[] Values(int rank, ScalarType type)
    {
        Generator generator = new((ulong)(10 + rank));
        return [.. Sizes.Select(size => randn(size, generator: generator).to(type))];
    }

    private static void Run(int count, Func<ProcessGroupOptions, ProcessGroupOptions>? change, Action<ProcessGroup> body) =>
        Ranks.Run([.. Ranks.Options(count, Ranks.Timeout).Select(change ?? (static options => options))], body);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);

    [DllImport("libc")]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc")]
    private static extern int setrlimit(int resource, in Limit limit);
}
