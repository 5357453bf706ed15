extern alias generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Declaration = generators::ResNetGen.Generators.Parsing.Declaration;
using Place = generators::ResNetGen.Generators.Parsing.Place;
using Places = generators::ResNetGen.Generators.Diagnostics.Places;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>Where squiggles go in a network with attributes on its members and with nested branches.</summary>
public class PlaceTests
{
    private const string Source = """
        namespace ResNetGen
        {
            class LayerAAttribute(int channels, int kernel = 3) : Attribute { public int Channels => channels; public int Kernel => kernel; public int Stride { get; set; } }
            class LayerBAttribute<T>(int repeat) : Attribute { public int Repeat => repeat; }
            class LimitAttribute : Attribute { public long Most { get; set; } }
        }

        [CifarResNet(Depth = 20), Limit(Most = 1_000)]
        public partial class Net
        {
            [Obsolete, LayerA(64, Stride = 2)] public int Stem { get; }
            [LayerB<Down>(5)] internal string Trunk = "";
            [LayerB<Down>(repeat: 2), LayerA(8)] public object Twice() => Trunk;

            public partial class Down
            {
                [LayerA(kernel: 1, channels: 128)] public long Inner { get; }
            }
        }
        """;

    private static readonly Declaration Net = Read();

    [Fact]
    public void Every_place_is_where_it_is_said_to_be()
    {
        Assert.Equal("CifarResNet(Depth = 20)", Text(Place.WholeAttribute));
        Assert.Equal("Net", Text(Place.Identifier));
        Assert.Equal("20", Text(Place.Argument("Depth")));
        Assert.Equal("CifarResNet(Depth = 20)", Text(Place.Argument("Block")));
        Assert.Equal("1_000", Text(Place.ArgumentOf("Limit", "Most")));
        Assert.Equal("Limit(Most = 1_000)", Text(Place.AttributeOf("Limit")));
        Assert.Equal("64", Text(Place.LayerArgument("Stem", "Channels")));
        Assert.Equal("2", Text(Place.LayerArgument("Stem", "Stride")));
        Assert.Equal("LayerA(64, Stride = 2)", Text(Place.LayerArgument("Stem", "Kernel")));
        Assert.Equal("128", Text(Place.LayerArgument("Down.Inner", "Channels")));
        Assert.Equal("5", Text(Place.LayerArgument("Trunk", "Repeat")));
        Assert.Equal("LayerB<Down>(repeat: 2)", Text(Place.Layer("Twice")));
        Assert.Equal("LayerA(8)", Text(Place.Layer("Twice", "LayerA")));
        Assert.Equal("Down", Text(Place.LayerTypeArgument("Trunk")));
        Assert.Equal("LayerA(64, Stride = 2)", Text(Place.LayerTypeArgument("Stem")));
        Assert.Equal("Stem", Text(Place.MemberName("Stem")));
        Assert.Equal("Trunk", Text(Place.MemberName("Trunk")));
        Assert.Equal("Down", Text(Place.MemberName("Down")));
        Assert.Equal("Inner", Text(Place.MemberName("Down.Inner")));
        Assert.Equal("int", Text(Place.MemberType("Stem")));
        Assert.Equal("string", Text(Place.MemberType("Trunk")));
        Assert.Equal("object", Text(Place.MemberType("Twice")));
        Assert.Equal("Down", Text(Place.MemberType("Down")));
        Assert.Equal("long", Text(Place.MemberType("Down.Inner")));
        Assert.Equal("", Text(Place.MemberName("Down.Nobody")));
        Assert.Equal("", Text(Place.Layer("Nobody.Inner")));
        Assert.Equal("", Text(Place.AttributeOf("Nothing")));
    }

    private static string Text(Place place) => Places.Find(place, Net, CancellationToken.None) is { } location
        ? location.SourceTree!.GetText().ToString(location.SourceSpan)
        : "";

    private static Declaration Read()
    {
        CSharpCompilation compilation = GeneratorHost.Compile([(GeneratorHost.TestFile, Source)], new HostOptions());
        Assert.Empty(compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error));
        return Declaration.Read(compilation.GetTypeByMetadataName("Net")!)!;
    }
}
