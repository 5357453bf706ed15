using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>Declarations that are unusual and right.</summary>
public class OddNetworkTests
{
    [Theory]
    [InlineData("[Conv(8)] public partial Conv2d @event { get; } [ReLU] public partial ReLU @class { get; }")]
    [InlineData("[Conv(8)] public partial Conv2d input { get; } [ReLU] public partial ReLU x { get; } [Join(Merge.Add, From = [nameof(input), nameof(x)])] public partial Join output { get; }")]
    [InlineData("[Conv(8)] private partial Conv2d Größe { get; } [ReLU] internal partial ReLU _1 { get; }")]
    [InlineData("[Conv(8)] protected internal virtual partial Conv2d A { get; }")]
    [InlineData("[Conv(8, From = LayerAttribute.Input)] public partial Conv2d A { get; }")]
    [InlineData("[ReLU] public partial ReLU A { get; }")]
    [InlineData("[Dropout(0.5)] public partial Dropout A { get; } [ReLU] public partial ReLU B { get; }")]
    [InlineData("[Join(Merge.Concat, From = [LayerAttribute.Input, LayerAttribute.Input])] public partial Join Twice { get; }")]
    [InlineData("[Conv(8), Tap] public partial Conv2d A { get; } [ReLU, Tap] public partial ReLU B { get; }")]
    [InlineData("[Flatten] public partial Flatten A { get; } [Linear(8)] public partial Linear B { get; } [ReLU] public partial ReLU C { get; } [Linear(4)] public partial Linear D { get; }")]
    [InlineData("[GlobalAvgPool] public partial GlobalAvgPool A { get; } [Residual<Mix>] public partial Residual<Mix> B { get; } [Branch] public partial class Mix { [Linear(3)] public partial Linear A { get; } [ReLU] public partial ReLU B { get; } }")]
    [InlineData("[Residual<BasicBlock>] public partial Residual<BasicBlock> A { get; } [Branch] public partial class BasicBlock { [Conv(3)] public partial Conv2d A { get; } }")]
    [InlineData("[Conv(3)] public partial Conv2d A { get; } [Residual<Skip>(Shortcut = C)] public partial Residual<Skip> B { get; } [Branch] partial class Skip { [Dropout(0.1)] public partial Dropout A { get; } }", "private")]
    [InlineData("[Use<ResNet20>(Until = \"layer1\")] public partial OneBackbone One { get; } [Use<ResNet20>(Until = \"layer1\")] public partial TwoBackbone Two { get; }")]
    [InlineData("[Residual<Deep>(Shortcut = B)] public partial Residual<Deep> A { get; } [Use<ResNet20>(Until = \"layer1\")] public partial TrunkBackbone Trunk { get; } [Branch] public partial class Deep { [Use<ResNet20>(Until = \"layer2\")] public partial DeepTrunkBackbone Trunk { get; } }")]
    [InlineData("[Residual<Deep>(Shortcut = B)] public partial Residual<Deep> A { get; } [Conv(5)] public partial Conv2d Narrow { get; } [Residual<Deep>(Shortcut = B)] public partial Residual<Deep> Again { get; } [Branch] public partial class Deep { [Residual<In>(Shortcut = B)] public partial Residual<In> Inner { get; } [Branch] public partial class In { [ConvBatchNorm(8)] public partial ConvBatchNorm A { get; } } }")]
    [InlineData("[Residual<Two>] public partial Residual<Two> A { get; } [Branch] public partial class Two { [Conv(3, From = LayerAttribute.Input)] public partial Conv2d L { get; } [Conv(3, From = LayerAttribute.Input)] public partial Conv2d R { get; } [Join(Merge.Add, From = [nameof(L), nameof(R), LayerAttribute.Input])] public partial Join Sum { get; } }")]
    [InlineData("[Conv(4)] public partial Conv2d A { get; } [Residual<Body>(Repeat = 2)] public partial ModuleList<Residual<Body>> B { get; } [Conv(4, From = nameof(A))] public partial Conv2d C { get; } [Join(Merge.Add, From = [nameof(B), nameof(C)])] public partial Join D { get; } [Branch] public partial class Body { [ConvReLU(4)] public partial ConvReLU X { get; } }")]
    [InlineData("[MaxPool(3, Stride = 1), Tap] public partial MaxPool2d A { get; } [MaxPool(2)] public partial MaxPool2d B { get; } [LeakyReLU] public partial LeakyReLU C { get; }")]
    public void Compiles(string members, string access = "public") =>
        GeneratorHost.Run(CustomSource.Net(access == "public" ? members : members.Replace("public partial Residual", "private partial Residual", StringComparison.Ordinal))
            + "[CifarResNet(Depth = 20)] public partial class ResNet20;").Clean();

    [Fact]
    public void A_network_in_a_namespace_and_in_a_type() => GeneratorHost.Run("""
        using ResNetGen.Modules;
        using TorchSharp.Modules;
        namespace Sample.@event;

        public partial interface IOuter
        {
            [Network(Height = 8, Width = 8)]
            internal sealed partial class Inner
            {
                [Conv(8)] public partial Conv2d Stem { get; }
                [Residual<Unit>(Repeat = 2)] public partial ModuleList<Residual<Unit>> Trunk { get; }

                [Branch]
                internal sealed partial class Unit
                {
                    [ConvBatchNorm(8)] public partial ConvBatchNorm A { get; }
                }
            }
        }
        """).Clean();

    [Fact]
    public void Modules_of_the_users_own_with_the_same_names() => GeneratorHost.Run("""
        namespace Sample;

        public class Conv2d;
        public class Residual<T>;

        [Network(Height = 8, Width = 8)]
        public partial class Net
        {
            [Conv(8)] public partial TorchSharp.Modules.Conv2d Stem { get; }
            [Residual<Unit>] public partial ResNetGen.Modules.Residual<Unit> Trunk { get; }

            [Branch]
            public partial class Unit
            {
                [Conv(8)] public partial TorchSharp.Modules.Conv2d A { get; }
            }
        }
        """).Clean();
}
