using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>What Trainer.Fit looks like to the compiler, until ResNetGen has it.</summary>
internal static class StandIn
{
    private const string Text = """
        namespace ResNetGen
        {
            public sealed class Recipe { }
            public static class Recipes { public static Recipe Quick => null!; }
            public sealed class TrainerOptions { }
            public sealed class TrainingResult { }
            public static class Trainer
            {
                public static TrainingResult Fit<TNetwork, TDataset>(Recipe recipe, TrainerOptions options)
                    where TNetwork : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNetwork>
                    where TDataset : class, IImageDataset<TDataset> => null!;
            }
        }
        """;

    public static IReadOnlyList<MetadataReference> References(IEnumerable<MetadataReference> references)
    {
        if (Type.GetType("ResNetGen.Trainer, ResNetGen") is not null)
            return [];
        MemoryStream stream = new();
        var result = CSharpCompilation.Create("StandIn", [CSharpSyntaxTree.ParseText(Text)], references, new(OutputKind.DynamicallyLinkedLibrary)).Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;
        return [MetadataReference.CreateFromStream(stream)];
    }
}
