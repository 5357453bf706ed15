using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ResNetGen.Generators.Tests.Infrastructure;

internal static class StandIn
{
    public const string Text = """
        #nullable enable
        using System.Collections.Generic;
        #if !TORCH
        namespace TorchSharp
        {
            using Modules;
            public sealed class Scalar { public static implicit operator Scalar(double value) => new(); }
            public static class torch
            {
                public class Tensor : System.IDisposable
                {
                    public long[] shape => [];
                    public Tensor relu_() => this;
                    public Tensor add_(Tensor target) => this;
                    public Tensor add_(Scalar target) => this;
                    public void Dispose() { }
                }
                public static class nn
                {
                    public class Module : System.IDisposable
                    {
                        protected Module(string name) { } public void Dispose() { }
                        public virtual void register_module(string name, Module submodule) { }
                        protected virtual void RegisterComponents() { }
                        public virtual IEnumerable<Module> modules() => [];
                        public static Module Create<T>(string path) where T : Module, new() => new T();
                    }
                    public abstract class Module<T, TResult> : Module
                    {
                        protected Module(string name) : base(name) { }
                        public abstract TResult forward(T input);
                        public TResult call(T input) => forward(input);
                    }
                    public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true) => null!;
                    public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, long groups = 1, bool bias = true) => null!;
                    public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1E-05, double momentum = 0.1) => null!;
                    public static Linear Linear(long inputSize, long outputSize, bool hasBias = true) => null!;
                    public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) => null!;
                    public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) => null!;
                    public static MaxPool2d MaxPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) => null!;
                    public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => null!;
                    public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => null!;
                    public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => null!;
                    public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => null!;
                    public static Sequential Sequential() => null!;
                    public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => null!;
                    public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => null!;
                    public static Sequential Sequential(params System.Tuple<string, Module<Tensor, Tensor>>[] modules) => null!;
                    public static class init
                    {
                        public enum FanInOut { FanIn, FanOut }
                        public enum NonlinearityType { ReLU = 9, LeakyReLU = 10 }
                        public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) => tensor;
                        public static Tensor zeros_(Tensor tensor) => tensor;
                    }
                }
            }
        }
        namespace TorchSharp.Modules
        {
            using static TorchSharp.torch;
            public class Parameter : Tensor { }
            public abstract class Leaf : nn.Module<Tensor, Tensor> { protected Leaf() : base("") { } public override Tensor forward(Tensor input) => input; }
            public sealed class Conv2d : Leaf { public Parameter weight { get; set; } = null!; }
            public sealed class BatchNorm2d : Leaf { }
            public sealed class Linear : Leaf { public Parameter? bias { get; set; } }
            public sealed class MaxPool2d : Leaf { }
            public sealed class AdaptiveAvgPool2d : Leaf { }
            public sealed class Flatten : Leaf { }
            public class Sequential : Leaf { }
            public class ModuleList<T> : nn.Module, IEnumerable<T> where T : nn.Module
            {
                public ModuleList(params T[] modules) : base("") { }
                public T this[int index] => null!;
                public void Add(T item) { }
                public IEnumerator<T> GetEnumerator() => null!;
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!;
            }
        }
        #endif
        #if !NETWORK
        namespace ResNetGen
        {
            public interface INetwork<TSelf> where TSelf : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TSelf>
            {
                static abstract TSelf Create();
                static abstract Architecture.NetworkArchitecture Architecture { get; }
            }
        }
        #endif
        #if !MODULES
        namespace ResNetGen
        {
            public static class Lifetimes
            {
                public static TorchSharp.torch.Tensor Consume(this TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> module, TorchSharp.torch.Tensor input) => module.call(input);
            }
        }
        namespace ResNetGen.Modules
        {
            public sealed class ZeroPadShortcut : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>
            {
                public ZeroPadShortcut(int stride, int inChannels, int outChannels, ZeroPadding padding = ZeroPadding.End) : base("") { }
                public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input;
            }
        }
        #endif
        #if !DATA
        namespace ResNetGen.Data { public sealed class ImageSplit { } }
        namespace ResNetGen
        {
            using ResNetGen.Data;
            public interface IImageDataset<TSelf> where TSelf : IImageDataset<TSelf>
            {
                static abstract Architecture.Shape Shape { get; }
                static abstract int Classes { get; }
                static abstract string Name { get; }
                static abstract TSelf Open(string folder);
                string Description { get; }
                IReadOnlyList<string> ClassNames { get; }
                ImageSplit Train { get; }
                ImageSplit Test { get; }
            }
            [ImageDataset(3, 32, 32, 10)]
            public sealed class Cifar10 : IImageDataset<Cifar10>
            {
                public static Architecture.Shape Shape => default;
                public static int Classes => 10;
                public static string Name => "";
                public static Cifar10 Open(string folder) => null!;
                public string Description => "";
                public IReadOnlyList<string> ClassNames => [];
                public ImageSplit Train => null!;
                public ImageSplit Test => null!;
            }
        }
        #endif
        #if !TRAINER
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
        #endif
        """;

    public static bool Has(string type) => Type.GetType(type + ", ResNetGen") is not null || Type.GetType(type + ", ResNetGen.LibTorch") is not null;

    private static IEnumerable<string> Symbols => new[]
    {
        ("TORCH", "TorchSharp.torch+nn+Module`2"),
        ("NETWORK", "ResNetGen.INetwork`1"),
        ("MODULES", "ResNetGen.Modules.ZeroPadShortcut"),
        ("DATA", "ResNetGen.IImageDataset`1"),
        ("TRAINER", "ResNetGen.Trainer"),
    }.Where(each => Has(each.Item2)).Select(each => each.Item1);

    public static MetadataReference Reference(IEnumerable<MetadataReference> references)
    {
        MemoryStream stream = new();
        var result = CSharpCompilation.Create("StandIn", [CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(preprocessorSymbols: Symbols))], references, new(OutputKind.DynamicallyLinkedLibrary)).Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;
        return MetadataReference.CreateFromStream(stream);
    }
}
