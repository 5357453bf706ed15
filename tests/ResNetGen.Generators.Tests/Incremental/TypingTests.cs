using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>Half-written code is the rule while somebody types: nothing of ours may fall over it.</summary>
public class TypingTests
{
    private const string Whole = """
        namespace A; partial class Outer<T> { [CifarResNet(Depth = 21, Shortcut = B), ResNet(Stages = [2, 2])] public abstract partial record Net<T> : Base; }
        [PlainNet(Depth = 34, Groups = 2)] public partial class Plain { void M() => Trainer.Fit<Plain, Cifar10>(null!, null!); }
        """;

    [Fact]
    public void Every_beginning_of_a_file()
    {
        for (int length = 0; length <= Whole.Length; length += 4)
            Survives(Whole[..length]);
    }

    [Theory]
    [InlineData("[ResNet(Depth = )] public partial class Net;")]
    [InlineData("[ResNet(Depth = , )] public partial class Net;")]
    [InlineData("[ResNet(Depth = 18)]")]
    [InlineData("[ResNet(Depth = 18)] public partial class ;")]
    [InlineData("[ResNet(Depth = 18)] public partial class { }")]
    [InlineData("[ResNet(Depth = 18, Depth = 34)] public partial class Net;")]
    [InlineData("[ResNet(Stages = [1, \"2\", null, default])] public partial class Net;")]
    [InlineData("[ResNet(Stages = new int[3])] public partial class Net;")]
    [InlineData("[ResNet(Stages = new[] { Unknown })] public partial class Net;")]
    [InlineData("[ResNet(Block = Nothing)] public partial class Net;")]
    [InlineData("[ResNet(Depth = 18), ] public partial class Net : ;")]
    [InlineData("[ResNet(Depth = 18)] public partial class Net : Net;")]
    [InlineData("[ResNet(Depth = 18)] public partial class Net<;")]
    [InlineData("[ResNet(Depth = 18)] public partial enum Net { }")]
    [InlineData("[ResNet(Depth = 18)] public partial delegate void Net();")]
    [InlineData("[assembly: ResNet(Depth = 18)]")]
    [InlineData("public partial class Net { [ResNet(Depth = 18)] public partial int Depth { get; } }")]
    [InlineData("[ResNet(Depth = 18)] public partial class Net; public class Net { }")]
    [InlineData("[ResNet(Depth = 18)] public partial class Net; [ResNet(Depth = 18)] public partial struct Net;")]
    public void Code_that_is_not_finished(string source) => Survives(source);

    // The host demands that the generator throws nothing; an analyzer that throws is reported as AD0001.
    private static void Survives(string source) =>
        Assert.DoesNotContain(GeneratorHost.Run(source).Diagnostics, each => each.Id is "AD0001" or "CS8785");
}
