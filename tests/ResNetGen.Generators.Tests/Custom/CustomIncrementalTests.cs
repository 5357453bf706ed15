using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Steps = ResNetGen.Generators.Tests.Infrastructure.Pipeline;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>An edit prints those networks again that it changes, and no other.</summary>
public class CustomIncrementalTests
{
    private const string Second = """

        [Network(Height = 32, Width = 32)]
        public partial class OnTop
        {
            [Use<TinyNet>] public partial TrunkBackbone Trunk { get; }
        }
        """;

    [Theory]
    [InlineData("[Linear(10)]", "[Linear(  10 )] /* ten */", 0)]
    [InlineData("partial class OnTop\n{", "partial class OnTop\n{\n    public int Answer => 42;", 0)]
    [InlineData("[ConvBatchNorm(32)] public partial ConvBatchNorm B", "[ConvBatchNorm(32, Kernel = 1)] public partial ConvBatchNorm B", 2)]
    [InlineData("TrunkBackbone Trunk", "BodyBackbone Body", 1)]
    public void An_edit_prints_what_it_changes(string before, string after, int printed)
    {
        HostOptions options = new();
        CSharpCompilation compilation = GeneratorHost.Compile([("Test.cs", CustomSource.TinyNet + Second)], options);
        GeneratorDriver driver = GeneratorHost.Driver(options).RunGenerators(compilation);
        driver = driver.RunGenerators(GeneratorHost.Edit(compilation, "Test.cs", text => text.Replace(before, after, StringComparison.Ordinal)));

        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.Equal(2, Steps.Outputs(result).Count);
        Assert.Equal(printed, Steps.Files(result).Count(reason => !Steps.IsReused(reason)));
        Steps.HoldsValuesOnly(result);
    }
}
