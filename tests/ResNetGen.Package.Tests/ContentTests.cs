using System.Reflection;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace ResNetGen.Package.Tests;

/// <summary>What is in the packages.</summary>
public sealed class ContentTests
{
    private static readonly string[] WithAssembly = ["ResNetGen", "ResNetGen.LibTorch", "ResNetGen.Native"];

    public static TheoryData<string> All => [.. WithAssembly, "ResNetGen.Templates", "ResNetGen.Tool"];

    public static TheoryData<string> Libraries => [.. WithAssembly];

    /// <summary>Portable PDB: "embedded source" among a document's custom debug information.</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public void The_library_brings_every_compiler_extension_of_the_repository()
    {
        string[] expected = [.. Directory.EnumerateFiles(Path.Combine(Packages.Repository, "generators"), "*.csproj", SearchOption.AllDirectories)
            .Select(static project => $"analyzers/dotnet/cs/{Path.GetFileNameWithoutExtension(project)}.dll")
            .Concat(["README.md", "lib/net10.0/ResNetGen.dll", "lib/net10.0/ResNetGen.xml"])
            .Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Packages.Files("ResNetGen"));
        Assert.Contains("analyzers/dotnet/cs/ResNetGen.Generators.dll", expected);
        Assert.Contains("analyzers/dotnet/cs/ResNetGen.CodeFixes.dll", expected);
    }

    [Theory]
    [InlineData("ResNetGen.LibTorch")]
    [InlineData("ResNetGen.Native")]
    public void A_room_with_a_native_half_brings_its_sources_and_the_targets_that_compile_them(string id)
    {
        string native = Path.Combine(Packages.Repository, "src", id, "native");
        string[] expected = [.. Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories)
            .Select(file => $"native-build/src/{id}/native/{Path.GetRelativePath(native, file)}")
            .Concat(["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", $"buildTransitive/{id}.targets"])
            .Concat(["native-build/build/find-libtorch.sh", "native-build/build/libtorch.cmake", "native-build/build/native-library.sh"])
            .Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Packages.Files(id));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is_and_from_which_commit(string id)
    {
        XElement nuspec = Packages.Nuspec(id);
        Assert.Equal(Packages.Version, nuspec.Element("version")!.Value);
        Assert.Equal("README.md", nuspec.Element("readme")!.Value);
        Assert.StartsWith($"# {id}\n", System.Text.Encoding.UTF8.GetString(Packages.Read(id, "README.md")));
        Assert.NotEmpty(nuspec.Element("description")!.Value);

        // This assembly was built in the same tree; of one without git nothing is known.
        string built = typeof(ContentTests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal(built.Split('+') is [_, string commit] ? commit : null, nuspec.Element("repository")?.Attribute("commit")?.Value);
    }

    [Fact]
    public void Dependencies_are_the_rooms_and_what_they_show() =>
        Assert.Equal(
            ["Google.Protobuf 3.25.1", $"ResNetGen.LibTorch {Packages.Version}", $"ResNetGen.Native {Packages.Version}", "Spectre.Console 0.49.1"],
            Packages.Dependencies(Packages.Nuspec("ResNetGen")));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_carry_the_sources(string id)
    {
        Assert.Equal([$"lib/net10.0/{id}.pdb"], Packages.Files(id, "snupkg"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(Packages.Read(id, $"lib/net10.0/{id}.pdb", "snupkg")));
        MetadataReader symbols = provider.GetMetadataReader();
        Assert.True(symbols.Documents.Count > 5, $"{id}.pdb names {symbols.Documents.Count} documents");
        Assert.All(symbols.Documents, document => Assert.Contains(
            symbols.GetCustomDebugInformation(document),
            information => symbols.GetGuid(symbols.GetCustomDebugInformation(information).Kind) == EmbeddedSource));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Documentation_is_that_of_the_assembly(string id)
    {
        XDocument documentation = XDocument.Load(new MemoryStream(Packages.Read(id, $"lib/net10.0/{id}.xml")));
        Assert.Equal(id, documentation.Root!.Element("assembly")!.Element("name")!.Value);
        Assert.True(documentation.Descendants("member").Count() > 10, "there are hardly any members in it");
    }
}
