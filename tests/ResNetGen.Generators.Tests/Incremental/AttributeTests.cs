extern alias generators;

using System.Reflection;
using ResNetGen.Architecture;
using ResNetGen.Generators.Tests.Infrastructure;
using Steps = ResNetGen.Generators.Tests.Infrastructure.Pipeline;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>The attributes say what the parser reads and what the architecture assumes.</summary>
public class AttributeTests
{
    private static readonly Dictionary<Type, NetworkSpec> Families = new()
    {
        [typeof(ResNetAttribute)] = new ResNetSpec(),
        [typeof(CifarResNetAttribute)] = new CifarResNetSpec(),
        [typeof(PlainNetAttribute)] = new PlainNetSpec(),
        [typeof(CifarPlainNetAttribute)] = new CifarPlainNetSpec(),
        [typeof(VggAttribute)] = new VggSpec(),
    };

    public static TheoryData<Type, string> Properties()
    {
        TheoryData<Type, string> all = [];
        foreach (Type attribute in Families.Keys)
        {
            foreach (PropertyInfo property in attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                all.Add(attribute, property.Name);
        }
        return all;
    }

    [Fact]
    public void The_example_of_the_design_compiles_exactly_like_this() => GeneratorHost.Run("""
        using ResNetGen;
        using static ResNetGen.Block;
        using static ResNetGen.Shortcut;

        [ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)]
        public partial class ResNet152;          // compiles exactly like this
        """, new HostOptions { Usings = false }).Clean();

    [Fact]
    public void The_defaults_shown_are_the_defaults_taken()
    {
        foreach ((Type type, NetworkSpec spec) in Families)
        {
            dynamic attribute = Activator.CreateInstance(type)!;
            Assert.Equal(spec.Input, new Shape(attribute.Channels, attribute.Height, attribute.Width));
            Assert.Equal(spec.ClassCount, (int)attribute.Classes);
        }
    }

    // A default that is written out is the network that is written without it.
    [Theory]
    [InlineData("ResNet(Depth = 50", "Block = Auto", "Shortcut = B", "Stride = StridePlacement.First1x1", "Stem = Stem.ImageNet", "StemWidth = 64", "Groups = 1", "WidthPerGroup = 64")]
    [InlineData("ResNet(Depth = 50", "Unit = Unit.Original", "Skip = Skip.Identity", "ProjectionBatchNorm = true", "AverageDown = false", "ZeroInitResidual = false")]
    [InlineData("ResNet(Depth = 50", "OutputStride = 32", "Widths = [64, 128, 256, 512]")]
    [InlineData("ResNet(Depth = 50, Shortcut = A", "ZeroPadding = ZeroPadding.End")]
    [InlineData("CifarResNet(Depth = 20, Skip = Skip.ConstantScale", "SkipScale = 0.5", "BranchScale = 1")]
    [InlineData("CifarResNet(Depth = 20, Skip = Skip.ExclusiveGate", "GateBias = -6")]
    [InlineData("CifarResNet(Depth = 20", "Unit = Unit.Original", "Skip = Skip.Identity", "ZeroInitResidual = false")]
    [InlineData("Vgg(Depth = 11", "BatchNorm = false")]
    [InlineData("CifarResNet(Depth = 20", "Block = Auto", "Shortcut = A")]
    [InlineData("PlainNet(Depth = 50", "Block = Auto", "Stride = StridePlacement.First1x1", "Stem = Stem.ImageNet", "StemWidth = 64", "Groups = 1", "WidthPerGroup = 64")]
    [InlineData("CifarPlainNet(Depth = 20", "Block = Auto")]
    public void A_default_that_is_written_changes_no_layer(string attribute, params string[] defaults)
    {
        string shortest = Layers($"[{attribute})] public partial class Net;");
        Assert.All(defaults, each => Assert.Equal(shortest, Layers($"[{attribute}, {each})] public partial class Net;")));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_property_is_read(Type attribute, string property)
    {
        string family = attribute.Name[..^"Attribute".Length];
        string value = attribute.GetProperty(property)!.PropertyType switch
        {
            { IsEnum: true } type => $"({type.Name})1",
            { IsArray: true } => "[3, 4, 6, 3]",
            var type when type == typeof(bool) => "true",
            var type when type == typeof(double) => "0.25",
            _ when property == "Depth" => family switch { "Vgg" => "13", "CifarResNet" or "CifarPlainNet" => "26", _ => "34" },
            _ => "77",
        };
        string depth = property == "Depth" ? "" : family == "Vgg" ? "Depth = 16, " : "Depth = 50, ";
        Assert.NotEqual(Model($"[{family}({depth.TrimEnd(',', ' ')})] public partial class Net;"), Model($"[{family}({depth}{property} = {value})] public partial class Net;"));
    }

    private static object Model(string source) => Assert.Single(Steps.Outputs(GeneratorHost.Run(source).Result)).Value;

    // The line that repeats what was written differs, as it should.
    private static string Layers(string source) => string.Join("\n",
        GeneratorHost.Run(source).Clean().Source.Split('\n')
            .Where(line => !line.Contains("Spec {", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal)));
}
