using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Steps = ResNetGen.Generators.Tests.Infrastructure.Pipeline;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>An edit costs what it changes: most change nothing.</summary>
public class IncrementalTests
{
    private const string Networks = """
        namespace Nets
        {
            // A comment.
            [ResNet(Depth = 50, Stages = new[] { 3, 4, 6, 3 })]
            public partial class Deep
            {
                public int Answer() => 41;
            }

            [CifarResNet(Depth = 20)]
            public partial class Small;

            [PlainNet(Depth = 18)]
            public partial class Plain;

            [CifarPlainNet(Depth = 21)]
            public partial class Wrong;

            [Vgg(Depth = 11)]
            public partial class Vgg;
        }
        """;

    private static readonly HostOptions Options = new();

    [Fact]
    public void The_first_run_makes_one_model_a_network()
    {
        GeneratorDriverRunResult result = FirstRun().Driver.GetRunResult();
        Assert.Equal(Steps.Steps.Where(step => step != "Network models"), Steps.Outputs(result).Select(output => output.Step));
        Assert.All(Steps.Outputs(result), output => Assert.Equal(IncrementalStepRunReason.New, output.Reason));
        Assert.Equal(5, Steps.Files(result).Count);
    }

    [Theory]
    [InlineData("Unrelated.cs", "41", "42")]
    [InlineData("Unrelated.cs", "class Unrelated", "/* a comment */ class Unrelated")]
    [InlineData("Test.cs", "// A comment.", "// Another\n// comment.")]
    [InlineData("Test.cs", "=> 41;", "=> 42;")]
    [InlineData("Test.cs", "public int Answer() => 41;", "public int Answer() => 41; public int More() => 1;")]
    [InlineData("Test.cs", "new[] { 3, 4, 6, 3 }", "[3, 4, 6, 3]")]
    [InlineData("Test.cs", "Depth = 20", "Depth = 2 * 10")]
    [InlineData("Test.cs", "Depth = 50, Stages = new[] { 3, 4, 6, 3 }", "Stages = new[] { 3, 4, 6, 3 }, Depth = 50")]
    [InlineData("Test.cs", "public partial class Small;", "\n\n    public sealed partial class Small : System.IDisposable;")]
    public void An_edit_that_changes_no_network_prints_nothing(string path, string before, string after)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        driver = driver.RunGenerators(GeneratorHost.Edit(compilation, path, text => text.Replace(before, after, StringComparison.Ordinal)));

        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.Equal(5, Steps.Outputs(result).Count);
        Steps.DoesNothingTwice(result);
    }

    [Fact]
    public void Another_file_prints_nothing()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("class New;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "New.cs")));
        Steps.DoesNothingTwice(driver.GetRunResult());
    }

    [Theory]
    [InlineData("Depth = 20", "Depth = 26", "CifarResNet models")]
    [InlineData("Depth = 21", "Depth = 20", "CifarPlainNet models")]
    [InlineData("Depth = 21", "Depth = 23", "CifarPlainNet models")]
    [InlineData("[PlainNet(Depth = 18)]", "[PlainNet(Depth = 18, Classes = 10)]", "PlainNet models")]
    public void An_edit_of_one_attribute_prints_that_network_again_and_no_other(string before, string after, string step)
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        GeneratorDriverRunResult old = driver.GetRunResult();
        driver = driver.RunGenerators(GeneratorHost.Edit(compilation, "Test.cs", text => text.Replace(before, after, StringComparison.Ordinal)));

        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.Equal([step], Steps.Outputs(result).Where(output => !Steps.IsReused(output.Reason)).Select(output => output.Step));
        Assert.Equal(4, Steps.Files(result).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Equal(1, Steps.Files(result).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Single(Texts(result).Except(Texts(old), StringComparer.Ordinal));
    }

    [Fact]
    public void A_network_that_is_taken_away_takes_its_file_along()
    {
        (GeneratorDriver driver, CSharpCompilation compilation) = FirstRun();
        driver = driver.RunGenerators(GeneratorHost.Edit(compilation, "Test.cs", text => text.Replace("[CifarResNet(Depth = 20)]", "", StringComparison.Ordinal)));
        Assert.Equal(
            ["Nets.Deep.g.cs", "Nets.Plain.g.cs", "Nets.Vgg.g.cs", "Nets.Wrong.g.cs"],
            driver.GetRunResult().Results[0].GeneratedSources.Select(each => each.HintName).Order(StringComparer.Ordinal));
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) FirstRun()
    {
        CSharpCompilation compilation = GeneratorHost.Compile([(GeneratorHost.TestFile, Networks)], Options);
        return (GeneratorHost.Driver(Options).RunGenerators(compilation), compilation);
    }

    private static IEnumerable<string> Texts(GeneratorDriverRunResult result) =>
        result.Results[0].GeneratedSources.Select(each => each.SourceText.ToString());
}
