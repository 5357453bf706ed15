using ResNetGen.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Inference;

/// <summary>The code on docs/inference.md, compiled and run: its lines are those between the marks below.</summary>
public class InferencePageTests
{
    [Fact]
    public void The_code_on_the_page_runs()
    {
        using CifarB network = CifarB.Create();
        using Tensor images = rand(8, 3, 32, 32);

        // From here on the page says it.
        using InferencePlan plan = network.PrepareInference(new InferenceOptions { BatchSize = 8, Precision = Precision.Auto });
        using Tensor logits = plan.Run(images);
        // As far as here.

        Assert.Equal([8L, CifarB.Architecture.Classes], logits.shape);
    }

    [Fact]
    public void The_page_says_what_runs_here()
    {
        string[] page = [.. Read("docs", "inference.md").SkipWhile(static line => line != "```csharp").Skip(1).TakeWhile(static line => line != "```")];
        string[] here =
        [
            .. Read("Inference", "InferencePageTests.cs").Select(static line => line.Trim())
                .SkipWhile(static line => line != "// From here on the page says it.").Skip(1).TakeWhile(static line => line != "// As far as here."),
        ];
        Assert.NotEmpty(page);
        Assert.Equal(here, page);
    }

    private static string[] Read(params string[] place) => File.ReadAllLines(Path.Combine([AppContext.BaseDirectory, .. place]));
}
