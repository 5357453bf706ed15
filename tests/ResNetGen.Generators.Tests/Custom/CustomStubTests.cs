using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>A mistake in a layer brings one message, however much code uses the network.</summary>
public class CustomStubTests
{
    private const string Users = """
        static class Users
        {
            public static object Use(TorchSharp.torch.Tensor images, TrainerOptions options)
            {
                using var net = new TinyNet();
                const long Sum = TinyNet.ParameterCount + TinyNet.MultiplyAdds + TinyNet.Flops + TinyNet.WeightedLayers;
                using TinyNet.FeatureMaps maps = net.ForwardFeatures(images);
                object[] parts = [net.Stem.Conv.weight!, net.Reduce.Branch.A, net.Reduce.Downsample!, net.Trunk[2].Branch.B.Bn, net.Head, maps.Trunk, TinyNet.Architecture, TinyNet.Create(), Sum];
                return net.forward(images) ?? (object)(parts, Trainer.Fit<TinyNet, Cifar10>(Recipes.Quick, options));
            }
        }
        """;

    private static string Tapped => CustomSource.TinyNet.Replace("(Repeat = 3)", "(Repeat = 3), Tap", StringComparison.Ordinal) + Users;

    [Fact]
    public void Without_a_mistake_there_is_none() => GeneratorHost.Run(Tapped).Clean();

    [Theory]
    [InlineData("(Shortcut = B)", "", "RNG0203")]
    [InlineData("[Linear(10)]", "[Linear(100)]", "RNG0301")]
    [InlineData("[GlobalAvgPool] public partial GlobalAvgPool Pool { get; }", "", "RNG0208")]
    [InlineData("Stride = 2", "Stride = 0", "RNG0107")]
    [InlineData("[ConvBatchNorm(32)] public partial ConvBatchNorm B { get; }\n    }\n\n    [Branch]", "[ConvBatchNorm(32, Groups = 5)] public partial ConvBatchNorm B { get; }\n    }\n\n    [Branch]", "RNG0106")]
    [InlineData("[Network(Height = 32", "[Network(Height = 1", "RNG0201")]
    [InlineData("[ConvBatchNormReLU(16)]", "[ConvBatchNormReLU(16, From = \"me\")]", "RNG0209")]
    [InlineData("public partial Linear Head", "public partial ReLU Head", "RNG0009")]
    public void One_mistake_one_message(string right, string wrong, string id)
    {
        GeneratorRun run = GeneratorHost.Run(Tapped.Replace(right, wrong, StringComparison.Ordinal));
        Assert.True(run.Diagnostics.Select(each => each.Id).SequenceEqual([id]), run.Describe());
        Assert.Contains($"{id}: ", run.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stub_has_the_class_of_a_used_network() => Expect.Messages(
        CustomSource.Net("""
            [Use<ResNet20>(Until = "layer3")] public partial TrunkBackbone Trunk { get; }
            [Linear(10)] public partial Linear [|Head|] { get; }
            """) + "[CifarResNet(Depth = 20)] public partial class ResNet20; class User { object Use() => new Net().Trunk; }",
        ("RNG0208", "'Net': Head: expected a vector, found a feature map of 64×8×8; insert [GlobalAvgPool], which gives the mean of each channel, or [Flatten], which gives all 4096 numbers"));
}
