using ResNetGen.Architecture;
using ResNetGen.Distributed.Scaling;

namespace ResNetGen.Tool.Tests;

public sealed class ScalingTests
{
    private static readonly Link Slow = new("slow", 1e9, 1e-3);

    private static ScalingSetup Two => new() { PerMachine = 2, Inside = Slow, StepSeconds = 0.3, Usable = 1 };

    [Theory]
    [InlineData(50, 25_557_032, 4_089_184_256)]
    [InlineData(152, 60_192_808, 11_513_626_624)]
    public void Layers_add_up_to_torchvision_s_networks(int depth, long parameters, long multiplyAdds)
    {
        IReadOnlyList<LayerWork> layers = LayerWork.Of(Network(depth));
        Assert.Equal(parameters, layers.Sum(static layer => layer.Parameters));
        Assert.Equal(multiplyAdds, layers.Sum(static layer => layer.MultiplyAdds));
        Assert.Equal("conv1", layers[0].Name);
        Assert.Equal("fc", layers[^1].Name);
        Assert.Equal(layers.Count, layers.DistinctBy(static layer => layer.Name).Count());
    }

    // One backward pass of two layers: 0.1 s forward, 0.1 s for each backward. The last layer's bucket travels (1 MB: 2 * 1/2 * 1e6 / 1e9
    // + 2 ms = 3 ms) behind the first layer's pass; the first layer's (20 MB: 22 ms) behind nothing.
    [Fact]
    public void What_is_ready_early_travels_behind_the_rest()
    {
        LayerWork[] layers = [new("first", 5_000_000, 1), new("last", 250_000, 1)];
        ScalingEstimate estimate = ScalingEstimate.Of(layers, Two with { FirstBucketBytes = 1_000_000 });
        Assert.Equal([1_000_000, 20_000_000], estimate.Buckets);
        Assert.Equal(0.025, estimate.ExchangeSeconds, 1e-12);
        Assert.Equal(0.322, estimate.StepSeconds, 1e-12);
        Assert.Equal(0.3 / 0.322, estimate.Efficiency, 1e-12);
        Assert.Equal(0.325, ScalingEstimate.Of(layers, Two with { FirstBucketBytes = 1_000_000, Overlaps = false }).StepSeconds, 1e-12);
    }

    [Fact]
    public void A_bucket_waits_for_the_one_before_it()
    {
        // 200 MB take 202 ms, from 0.2 s on; the 22 ms of the other follow it.
        LayerWork[] layers = [new("first", 5_000_000, 1), new("last", 50_000_000, 1)];
        Assert.Equal(0.2 + 0.202 + 0.022, ScalingEstimate.Of(layers, Two).StepSeconds, 1e-12);
    }

    // Patarasuk and Yuan 2009: 2 (n - 1) / n of the data through each link, whatever n is.
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 1.0e-3 + (2 * 1e-6))]
    [InlineData(8, 1, 1.75e-3 + (14 * 1e-6))]
    [InlineData(1, 4, 15e-3 + (6 * 1e-5))]
    [InlineData(8, 2, 18.75e-3 + (30 * 1e-5))]
    public void A_ring_is_as_fast_as_its_slowest_link(int perMachine, int machines, double seconds) =>
        Assert.Equal(seconds, ScalingEstimate.AllReduceSeconds(1_000_000, new ScalingSetup
        {
            PerMachine = perMachine, Machines = machines, Inside = new("fast", 1e9, 1e-6), Between = new("slow", 1e8, 1e-5), StepSeconds = 1, Usable = 1,
        }), 1e-12);

    [Fact]
    public void One_process_loses_nothing()
    {
        ScalingEstimate estimate = ScalingEstimate.Of(LayerWork.Of(Network(50)), Two with { PerMachine = 1 });
        Assert.Equal(0, estimate.ExchangeSeconds);
        Assert.Equal(0.3, estimate.StepSeconds, 1e-12);
        Assert.Equal(1, estimate.Efficiency, 1e-12);
    }

    // torch.distributed._compute_bucket_assignment_by_size(reversed(parameters), [1 << 20, 25 << 20]) over torchvision's networks, PyTorch 1.13.1;
    // ours goes by layers: a normalisation's two parameters are not parted, which moves a bucket's end by a few kilobytes.
    [Theory]
    [InlineData(50, new long[] { 8196000, 31502336, 26255360, 26550272, 9724160 })]
    [InlineData(152, new long[] { 8196000, 31502336, 26255360, 27863040, 26812416, 26812416, 26812416, 26812416, 26556416, 13148416 })]
    public void Buckets_are_those_of_DistributedDataParallel(int depth, long[] expected)
    {
        IReadOnlyList<long> buckets = ScalingEstimate.Of(LayerWork.Of(Network(depth)), Two).Buckets;
        Assert.Equal(expected.Length, buckets.Count);
        Assert.All(expected.Zip(buckets), static pair => Assert.InRange(pair.Second, pair.First - 8192, pair.First + 8192));
    }

    [Fact]
    public void The_command_prints_a_row_for_each_number_of_machines()
    {
        StringWriter output = new() { NewLine = "\n" };
        Assert.Equal(0, Cli.Run(["scaling", "--depth", "152", "--step-ms", "200"], output, TextWriter.Null));
        Assert.StartsWith("ResNet152: 60,192,808 parameters, 240.8 MB of gradients a step; 200 ms for one GPU; NVLink 4 within a machine.\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n| 16 | 128 | ", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--step-ms takes a time greater than 0.", "--step-ms", "0")]
    [InlineData("'--step-ms' is required", "--depth", "50")]
    [InlineData("--per-machine takes a whole number, 1 or more; got \"0\".", "--step-ms", "1", "--per-machine", "0")]
    [InlineData("'51'", "--step-ms", "1", "--depth", "51")]
    public void What_means_nothing_is_refused(string message, params string[] arguments)
    {
        StringWriter error = new();
        Assert.Equal(2, Cli.Run(["scaling", .. arguments], TextWriter.Null, error));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    private static NetworkArchitecture Network(int depth) => new ResNetSpec { Name = "N", Depth = depth, Stride = StridePlacement.Conv3x3 }.Build();
}
