using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>
/// What the generator says itself: partial properties without bodies are errors after which the command-line compiler runs no
/// analyzer, so the reason must come from the generator.
/// </summary>
public class RefusalTests
{
    private const string Layers = """
        {
            [ConvReLU(8)] public partial ResNetGen.Modules.ConvReLU Stem { get; }
            [GlobalAvgPool] public partial ResNetGen.Modules.GlobalAvgPool Pool { get; }
            [Linear(10)] public partial TorchSharp.Modules.Linear Head { get; }
        }
        """;

    [Theory]
    [InlineData("public class Net", "RNG0001")]
    [InlineData("public static partial class Net", "RNG0003")]
    [InlineData("public partial struct Net", "RNG0003")]
    [InlineData("public partial class Net : System.Collections.Generic.List<int>", "RNG0004")]
    public void The_reason_is_said_where_no_part_can_be_added(string declaration, string id)
    {
        GeneratorRun run = GeneratorHost.Run($"[Network(Height = 8, Width = 8)]\n{declaration}\n{Layers}");
        Diagnostic said = Assert.Single(run.Result.Diagnostics);
        Assert.Equal(id, said.Id);
        Assert.Equal(1, said.Location.GetLineSpan().StartLinePosition.Line);
        // The analyzer says the same at the same place, for editors.
        Diagnostic analyzed = Assert.Single(GeneratorHost.Analyze(run.Output), each => each.Id == id);
        Assert.Equal(analyzed.Location.SourceSpan, said.Location.SourceSpan);
        Assert.Equal(GeneratorRun.Message(analyzed), GeneratorRun.Message(said));
    }

    [Fact]
    public void Where_a_part_can_be_added_the_generator_keeps_silent() =>
        Assert.Empty(GeneratorHost.Run($"[Network(Height = 8, Width = 8)]\npublic partial class Net\n{Layers}").Clean().Result.Diagnostics);
}
