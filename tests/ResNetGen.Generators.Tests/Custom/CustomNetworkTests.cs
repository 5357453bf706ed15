using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>Networks of one's own compile without a word from anybody.</summary>
public class CustomNetworkTests
{
    [Fact]
    public void A_residual_network() => GeneratorHost.Run(CustomSource.TinyNet).Clean();

    [Fact]
    public void Every_layer() => GeneratorHost.Run(CustomSource.Net("""
        [Conv(8, Kernel = 5, Stride = 2, Groups = 1, Dilation = 1, Bias = true, Padding = 2)] public partial Conv2d A { get; }
        [BatchNorm] public partial BatchNorm2d B { get; }
        [ReLU] public partial ReLU C { get; }
        [Conv(16)] public partial Conv2d D { get; }
        [GELU] public partial GELU E { get; }
        [ConvBatchNorm(16)] public partial ConvBatchNorm F { get; }
        [SiLU] public partial SiLU G { get; }
        [ConvReLU(16)] public partial ConvReLU H { get; }
        [BatchNormReLU] public partial BatchNormReLU I { get; }
        [BatchNormReLUConv(24, Groups = 8)] public partial BatchNormReLUConv J { get; }
        [LeakyReLU(NegativeSlope = 0.2)] public partial LeakyReLU K { get; }
        [MaxPool(3, Stride = 2)] public partial MaxPool2d L { get; }
        [AvgPool(2)] public partial AvgPool2d M { get; }
        [Sigmoid] public partial Sigmoid N { get; }
        [Flatten] public partial Flatten O { get; }
        [Dropout(0.5)] public partial Dropout P { get; }
        [Linear(10)] public partial Linear Q { get; }
        """), new HostOptions { Papers = false }).Clean();

    [Fact]
    public void Two_paths() => GeneratorHost.Run(CustomSource.Net("""
        [ConvBatchNormReLU(32)] public partial ConvBatchNormReLU Stem { get; }
        [ConvBatchNormReLU(32, Kernel = 1, From = nameof(Stem))] public partial ConvBatchNormReLU Left { get; }
        [ConvBatchNormReLU(32, Kernel = 5, From = nameof(Stem))] public partial ConvBatchNormReLU Right { get; }
        [Join(Merge.Concat, From = [nameof(Left), nameof(Right)])] public partial Join Both { get; }
        [GlobalAvgPool] public partial GlobalAvgPool Gap { get; }
        [Linear(10)] public partial Linear Head { get; }
        """)).Clean();

    [Fact]
    public void A_used_network_up_to_a_tap() => GeneratorHost.Run(CustomSource.Net("""
        [Use<ResNet18>(Until = nameof(ResNet18.Layer2))] public partial TrunkBackbone Trunk { get; }
        [GlobalAvgPool] public partial GlobalAvgPool Gap { get; }
        [Linear(10)] public partial Linear Head { get; }
        """) + "\n[ResNet(Depth = 18)] public partial class ResNet18;").Clean();

    [Fact]
    public void A_branch_in_a_branch_and_taps() => GeneratorHost.Run(CustomSource.Net("""
        [Conv(8), Tap] public partial Conv2d Stem { get; }
        [Residual<Unit>(ReLU = false), Tap] public partial Residual<Unit> First { get; }
        [BatchNormReLU] public partial BatchNormReLU Last { get; }

        [Branch]
        internal partial class Unit
        {
            [BatchNormReLUConv(8)] public partial BatchNormReLUConv A { get; }
            [Residual<Inner>] public partial Residual<Inner> Deeper { get; }

            [Branch]
            internal partial class Inner
            {
                [ConvBatchNorm(8)] public partial ConvBatchNorm A { get; }
            }
        }
        """).Replace("internal partial class", "public partial class")).Clean();

    [Fact]
    public void The_users_own_documentation_is_kept()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.Net("""
            /// <summary>Mine.</summary>
            [Conv(8)] public partial Conv2d Stem { get; }

            [ReLU] public partial ReLU Act { get; }
            """)).Clean();
        string? Documentation(string name) => run.Output.GetTypeByMetadataName("Net")!.GetMembers(name).Single().GetDocumentationCommentXml();
        Assert.Contains("Mine.", Documentation("Stem"), StringComparison.Ordinal);
        Assert.Contains("ReLU of 8×32×32.", Documentation("Act"), StringComparison.Ordinal);
    }
}
