using System.Reflection;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>A mistake in an attribute brings one message, however much code uses the network.</summary>
public class StubTests
{
    private const string Users = """
        static class Users
        {
            private const long Sum = Net.ParameterCount + Net.MultiplyAdds + Net.Flops + Net.WeightedLayers;

            public static TorchSharp.torch.Tensor Use<T>(TorchSharp.torch.Tensor images) where T : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<T>
                => T.Create().forward(images);

            public static object Use(TorchSharp.torch.Tensor images, TrainerOptions options)
            {
                using var net = new Net();
                object[] parts = [net.Conv1, net.Bn1, net.Layer1[0].Conv1, net.Layer3[1].Bn2, net.Fc, Net.Architecture, Net.Create(), Sum];
                return Use<Net>(net.forward(images)) ?? (object)(parts, Trainer.Fit<Net, Cifar10>(Recipes.Quick, options));
            }
        }
        """;

    [Theory]
    [InlineData("ResNet(Depth = [|51|])", "RNG0101")]
    [InlineData("ResNet(Depth = [|0|], Block = Bottleneck)", "RNG0101")]
    [InlineData("CifarResNet(Depth = [|111|])", "RNG0102")]
    [InlineData("CifarResNet(Depth = [|1001|])", "RNG0102")]
    [InlineData("ResNet(Depth = 152, Block = Bottleneck, Stages = [|[3, 4, 36, 3]|])", "RNG0103")]
    [InlineData("ResNet(Depth = 34, Groups = [|32|])", "RNG0104")]
    [InlineData("ResNet(Depth = 34, Classes = [|-1|])", "RNG0107")]
    [InlineData("CifarPlainNet(Depth = [|int.MinValue|])", "RNG0107")]
    [InlineData("CifarResNet(Depth = 20, Block = [|(Block)9|])", "RNG0107")]
    [InlineData("ResNet(Block = Basic, Stages = [|[-1, 2, 2, 2]|])", "RNG0107")]
    [InlineData("PlainNet(Depth = 34, Shortcut = [|C|])", "RNG0110")]
    [InlineData("[|CifarResNet|]", "RNG0111")]
    [InlineData("[|ResNet(Stages = [2, 2, 2, 2])|]", "RNG0112")]
    [InlineData("ResNet(Depth = 50, Height = [|16|], Width = 16)", "RNG0201")]
    [InlineData("ResNet(Depth = 18, Shortcut = [|A|], StemWidth = 128)", "RNG0204")]
    public void One_mistake_one_message(string attribute, string id)
    {
        MarkedSource source = MarkedSource.Parse($"[{attribute}] public partial class Net; {Users}");
        GeneratorRun run = GeneratorHost.Run(source.Text);
        Assert.True(run.Diagnostics.Select(each => each.Id).SequenceEqual([id]), run.Describe());
        Assert.Equal(source.Spans, run.Diagnostics.Select(each => each.Location.SourceSpan));
        Assert.Contains($"{id}: ", run.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CifarResNet(Depth = \"twenty\")", "CS0029")]
    [InlineData("CifarResNet(Dept = 20)", "CS0246")]
    [InlineData("CifarResNet(Depth = 20), CifarResNet(Depth = 32)", "CS0579")]
    public void One_mistake_that_the_compiler_reports(string attribute, string id)
    {
        GeneratorRun run = GeneratorHost.Run($"[{attribute}] public partial class Net; {Users}");
        Assert.True(run.Diagnostics.Select(each => each.Id).SequenceEqual([id]), run.Describe());
    }

    [Fact]
    public void The_stub_of_several_mistakes_names_them_all()
    {
        string text = GeneratorHost.Run("[PlainNet(Depth = 34, Shortcut = B, Groups = 2, WidthPerGroup = 4)] public partial class Net;").Source;
        Assert.Contains("RNG0110: ", text, StringComparison.Ordinal);
        Assert.Contains("'Net': expected Groups = 1", text, StringComparison.Ordinal);
        Assert.Contains("'Net': expected WidthPerGroup = 64", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stub_throws_the_message_when_it_is_made()
    {
        GeneratorRun run = GeneratorHost.Run("[CifarResNet(Depth = 111)] public partial class Net;");
        Type net = Assembly.Load(run.Emit()).GetType("Net", throwOnError: true)!;

        string expected = "The network 'Net' was not generated. RNG0102: " + GeneratorRun.Message(Assert.Single(run.Diagnostics));
        Assert.Equal(expected, Failure(() => Activator.CreateInstance(net)).Message);
        Assert.Equal(expected, Failure(() => net.GetMethod("Create")!.Invoke(null, null)).Message);
        Assert.Equal(expected, Failure(() => net.GetProperty("Architecture")!.GetValue(null)).Message);
    }

    private static InvalidOperationException Failure(Func<object?> use) =>
        Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(use).InnerException);
}
