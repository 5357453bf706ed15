using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Custom;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0307: the network and the dataset of one call.</summary>
public class DatasetTests
{
    private static readonly string Library = $$"""
        using System.Collections.Generic;
        using ResNetGen.Architecture;
        using ResNetGen.Data;

        namespace Library
        {
            [CifarResNet(Depth = 110)] public partial class ResNet110;
            {{Dataset("Ten", "[ImageDataset(3, 32, 32, 10)]")}}
            {{Dataset("Hundred", "[ImageDataset(3, 32, 32, 100)]")}}
            {{Dataset("Digits", "[ImageDataset(1, 28, 28, 10)]")}}
            {{Dataset("Unsaid", "")}}
        }
        """;

    private static readonly HostOptions WithLibrary = new() { References = [LibraryReference()] };

    [Fact]
    public void The_same_shape_and_classes_are_no_mistake() => GeneratorHost.Run("""
        using Library;
        [CifarResNet(Depth = 20)] public partial class Net;
        [CifarResNet(Depth = 20, Channels = 1, Height = 28, Width = 28)] public partial class DigitNet;
        static class Program
        {
            static void Run()
            {
                Trainer.Fit<Net, Ten>(null!, null!);
                Trainer.Fit<DigitNet, Digits>(null!, null!);
                Trainer.Fit<Net, Unsaid>(null!, null!);
            }
        }
        """, WithLibrary).Clean();

    [Fact]
    public void Other_classes() => Expect.Messages("""
        using Library;
        [CifarResNet(Depth = 20)] public partial class Net;
        static class Program { static void Run() => Trainer.Fit<Net, [|Hundred|]>(null!, null!); }
        """, WithLibrary,
        ("RNG0307", "'Net' takes 3×32×32 images and tells 10 classes apart, 'Hundred' gives 3×32×32 images of 100 classes: expected the same; write Classes = 100 in the attribute of 'Net', or take another dataset"));

    [Fact]
    public void Another_shape() => Expect.Messages("""
        [ResNet(Depth = 18)] public partial class Net;
        static class Program { static void Run() => Trainer.Fit<Net, [|Library.Digits|]>(null!, null!); }
        """, WithLibrary,
        ("RNG0307", "'Net' takes 3×224×224 images and tells 1000 classes apart, 'Digits' gives 1×28×28 images of 10 classes: expected the same; write Channels = 1, Height = 28, Width = 28, Classes = 10 in the attribute of 'Net', or take another dataset"));

    [Fact]
    public void A_network_of_a_referenced_assembly() => Expect.Messages("""
        using Library;
        static class Program
        {
            static void Run() { Trainer.Fit<ResNet110, Ten>(null!, null!); Trainer.Fit<ResNet110, [|Hundred|]>(null!, null!); }
        }
        """, WithLibrary,
        ("RNG0307", "'ResNet110' takes 3×32×32 images and tells 10 classes apart, 'Hundred' gives 3×32×32 images of 100 classes: expected the same; write Classes = 100 in the attribute of 'ResNet110', or take another dataset"));

    [Fact]
    public void A_method_group_and_a_helper_of_ones_own_with_the_type_arguments_the_other_way_round() => Expect.Messages("""
        using Library;
        [CifarResNet(Depth = 20)] public partial class Net;
        static class Program
        {
            static readonly Func<Recipe, TrainerOptions, TrainingResult> Fit = Trainer.Fit<Net, [|Hundred|]>;
            static void Run() => Mine<[|Digits|], int, Net>();
            static void Mine<TData, T, TNet>() where TData : class, IImageDataset<TData>
                where TNet : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNet> => Trainer.Fit<TNet, TData>(null!, null!);
        }
        """, WithLibrary,
        ("RNG0307", "'Net' takes 3×32×32 images and tells 10 classes apart, 'Hundred' gives 3×32×32 images of 100 classes: expected the same; write Classes = 100 in the attribute of 'Net', or take another dataset"),
        ("RNG0307", "'Net' takes 3×32×32 images and tells 10 classes apart, 'Digits' gives 1×28×28 images of 10 classes: expected the same; write Channels = 1, Height = 28, Width = 28 in the attribute of 'Net', or take another dataset"));

    [Fact]
    public void A_network_of_one_s_own() => Expect.Messages(
        CustomSource.TinyNet + "static class Program { static void Run() => Trainer.Fit<TinyNet, [|Library.Hundred|]>(null!, null!); }", WithLibrary,
        ("RNG0307", "'TinyNet' takes 3×32×32 images and tells 10 classes apart, 'Hundred' gives 3×32×32 images of 100 classes: expected the same; write Classes = 100 in the attribute of 'TinyNet', or take another dataset"));

    [Fact]
    public void Type_arguments_that_the_compiler_finds() => Expect.Messages("""
        using System.Collections.Generic;
        using Library;
        [CifarResNet(Depth = 20)] public partial class Net;
        static class Program
        {
            static void Run(Net net, Hundred hundred)
            {
                Mine(net, [|hundred|], 1);
                net.Theirs([|hundred|]);
                Extensions.Theirs(net, [|hundred|]);
                [|Pairs|]([(net, hundred)]);
                Mine(net, new Ten(), 1);
            }
            static void Mine<TNet, TData>(TNet net, TData data, int times) where TData : class, IImageDataset<TData>
                where TNet : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNet> { }
            static void Pairs<TNet, TData>(List<(TNet, TData)> pairs) where TData : class, IImageDataset<TData>
                where TNet : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNet> { }
        }
        static class Extensions
        {
            public static void Theirs<TNet, TData>(this TNet net, TData data) where TData : class, IImageDataset<TData>
                where TNet : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TNet> { }
        }
        """, WithLibrary,
        [.. Enumerable.Repeat(("RNG0307", "'Net' takes 3×32×32 images and tells 10 classes apart, 'Hundred' gives 3×32×32 images of 100 classes: expected the same; write Classes = 100 in the attribute of 'Net', or take another dataset"), 4)]);

    [Fact]
    public void A_network_that_is_wrong_itself_gives_one_message() => Expect.Messages("""
        using Library;
        [CifarResNet(Depth = [|21|])] public partial class Net;
        static class Program { static void Run() => Trainer.Fit<Net, Hundred>(null!, null!); }
        """, WithLibrary,
        ("RNG0102", "'Net': expected a depth of the form 6n+2 (Basic blocks), found 21; write Depth = 20 or Depth = 26"));

    [Fact]
    public void The_attribute_of_the_network_is_the_additional_location()
    {
        GeneratorRun run = GeneratorHost.Run("""
            [CifarResNet(Depth = 20)] public partial class Net;
            static class Program { static void Run() => Trainer.Fit<Net, Library.Hundred>(null!, null!); }
            """, WithLibrary);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Location declared = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal("CifarResNet(Depth = 20)", declared.SourceTree!.GetText().ToString(declared.SourceSpan));
    }

    private static string Dataset(string name, string attribute) => $$"""
        {{attribute}} public sealed class {{name}} : IImageDataset<{{name}}>
        {
            public static Shape Shape => default;
            public static int Classes => 0;
            public static string Name => "";
            public static {{name}} Open(string folder) => new();
            public string Description => "";
            public IReadOnlyList<string> ClassNames => [];
            public PictureSource Train => null!;
            public PictureSource Test => null!;
        }
        """;

    private static MetadataReference LibraryReference()
    {
        GeneratorRun library = GeneratorHost.Run(Library).Clean();
        return MetadataReference.CreateFromImage(library.Emit());
    }
}
