using Microsoft.CodeAnalysis;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.CodeFixes;

/// <summary>RNG0307's fix: the message is where the network is trained, the edit where it is declared.</summary>
public class DatasetFixTests
{
    private const string Use = "static class Program { static void Run() => Trainer.Fit<Net, Cifar10>(null!, null!); }";

    [Fact]
    public void The_shape_and_the_classes_of_the_dataset_in_another_file()
    {
        using FixHost host = new([("Net.cs", "[ResNet(Depth = 18, Classes = 100)] public partial class Net;"), ("Use.cs", Use)]);
        Diagnostic diagnostic = Assert.Single(host.Diagnose());
        Assert.Equal("RNG0307", diagnostic.Id);
        var action = Assert.Single(host.Fixes(diagnostic));
        Assert.Equal("Write Height = 32 and write Width = 32 and write Classes = 10", action.Title);

        IReadOnlyList<(string Path, string Text)> after = host.Apply(action);
        Assert.Equal([("Net.cs", "[ResNet(Depth = 18, Classes = 10, Height = 32, Width = 32)] public partial class Net;"), ("Use.cs", Use)], after);
        GeneratorHost.Run(after).Clean();
    }
}
