using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace ResNetGen.Package.Tests;

/// <summary>
/// The packages with <c>-p:TorchProvider=TorchSharp</c>: their metadata, which says what a user's project will reference. The official
/// packages themselves are large and not had everywhere: where NuGet looks for one, it finds an empty one of that name and version.
/// </summary>
public sealed class TorchSharpFlavourTests : IDisposable
{
    /// <summary>The version whose signatures our code is held to (ResNetGen.LibTorch.Tests/Surface/official-signatures.txt).</summary>
    private const string Official = "0.107.0";

    private readonly string folder = Directory.CreateTempSubdirectory("resnetgen-torchsharp-").FullName;

    public TorchSharpFlavourTests()
    {
        using ZipArchive package = ZipFile.Open(Path.Combine(folder, $"TorchSharp.{Official}.nupkg"), ZipArchiveMode.Create);
        using (StreamWriter nuspec = new(package.CreateEntry("TorchSharp.nuspec").Open()))
            nuspec.Write($"<package><metadata><id>TorchSharp</id><version>{Official}</version><authors>-</authors><description>-</description></metadata></package>");
        using StreamWriter nothing = new(package.CreateEntry("lib/net10.0/_._").Open());
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public void The_library_depends_on_the_official_package(string device)
    {
        Assert.Equal(["Google.Protobuf 3.25.1", $"ResNetGen.Native {Packages.Version}", "Spectre.Console 0.49.1", $"TorchSharp {Official}"], Dependencies("ResNetGen", device));
        Assert.Equal([$"TorchSharp {Official}"], Dependencies("ResNetGen.Native", device));
    }

    [Theory]
    [InlineData("cpu", "TorchSharp-cpu")]
    [InlineData("cuda", "TorchSharp-cuda-linux")]
    public void A_program_references_the_native_half_of_its_device(string device, string native)
    {
        string sample = Path.Combine(Packages.Repository, "samples", "Cifar10", "Cifar10.csproj");
        string output = Dotnet.Run(Packages.Repository, [
            "msbuild", sample, "-nologo", "-getItem:PackageReference,PackageVersion", .. Flavour(device)]);
        JsonElement items = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("Items");
        string[] references = [.. Identities(items, "PackageReference").Where(static id => id.StartsWith("TorchSharp", StringComparison.Ordinal))];
        Assert.Equal([native, "TorchSharp"], references.Order(StringComparer.Ordinal).Reverse());
        Assert.All(references, id => Assert.Equal(Official, items.GetProperty("PackageVersion").EnumerateArray()
            .Single(version => version.GetProperty("Identity").GetString() == id).GetProperty("Version").GetString()));
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Restores in a folder of its own and packs without building: a package that is all metadata.</summary>
    private string[] Dependencies(string id, string device)
    {
        string project = Path.Combine(Packages.Repository, "src", id, id + ".csproj");
        string artifacts = Path.Combine(folder, device);
        Dotnet.Run(Packages.Repository, ["msbuild", project, "-nologo", "-v:quiet", "-restore", "-t:Pack", "-p:NoBuild=true",
            "-p:IncludeBuildOutput=false", "-p:IncludeSymbols=false", "-p:NoPackageAnalysis=true",
            "-p:TargetsForTfmSpecificContentInPackage=", "-p:UseArtifactsOutput=true", $"-p:ArtifactsPath={artifacts}",
            $"-p:RestoreSources={folder}", $"-p:RestorePackagesPath={folder}/packages", $"-p:RestoreFallbackFolders={Packages.Restored}",
            .. Flavour(device)]);
        string nuspec = Assert.Single(Directory.GetFiles(Path.Combine(artifacts, "obj", id), "*.nuspec", SearchOption.AllDirectories));
        return Packages.Dependencies(Packages.Nuspec(XDocument.Load(nuspec)));
    }

    private static string[] Flavour(string device) => ["-p:TorchProvider=TorchSharp", $"-p:TorchDevice={device}"];

    private static IEnumerable<string> Identities(JsonElement items, string name) =>
        items.GetProperty(name).EnumerateArray().Select(static item => item.GetProperty("Identity").GetString()!);
}
