using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Tests.Infrastructure;

internal static class StandIn
{
    public const string Text = """
        namespace TorchSharp
        {
            public static class torch
            {
                public class Tensor { }
                public static class nn
                {
                    public abstract class Module { protected Module(string name) { } }
                    public abstract class Module<T, TResult> : Module { protected Module(string name) : base(name) { } public abstract TResult forward(T input); }
                }
            }
        }
        namespace ResNetGen
        {
            public interface INetwork<TSelf> where TSelf : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TSelf>
            {
                static abstract TSelf Create();
                static abstract Architecture.NetworkArchitecture Architecture { get; }
            }
        }
        namespace ResNetGen.Data { public interface IImageDataset<TSelf> where TSelf : IImageDataset<TSelf> { } }
        """;

    public static MetadataReference Reference(IEnumerable<MetadataReference> references)
    {
        MemoryStream stream = new();
        var result = CSharpCompilation.Create("StandIn", [CSharpSyntaxTree.ParseText(Text)], references, new(OutputKind.DynamicallyLinkedLibrary)).Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;
        return MetadataReference.CreateFromStream(stream);
    }
}
