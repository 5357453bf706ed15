using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace ResNetGen.Package.Tests;

/// <summary>
/// The packages under test: those in <c>RESNETGEN_PACKAGES</c> where <c>./build.sh pack</c> asks for everything to be proven before
/// they are handed out, else those that the build of this project has just packed.
/// </summary>
internal static class Packages
{
    /// <summary>The root of the repository, with a slash at its end.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the user's packages, where all that the repository needed lies.</summary>
    public static string Restored { get; } = Metadata("NuGetPackageRoot");

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = Metadata("Version");

    /// <summary>Whether the packages are about to be handed out: then nothing is taken from the repository that they should bring.</summary>
    public static bool AreForRelease { get; } = Environment.GetEnvironmentVariable("RESNETGEN_PACKAGES") is { Length: > 0 };

    /// <summary>The folder they lie in.</summary>
    public static string Folder { get; } =
        AreForRelease ? Environment.GetEnvironmentVariable("RESNETGEN_PACKAGES")! : Metadata("PackedForTests");

    /// <summary>Opens a package.</summary>
    public static ZipArchive Open(string id, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}.{extension}"));

    /// <summary>The files of a package, without those that belong to the format itself.</summary>
    public static string[] Files(string id, string extension = "nupkg")
    {
        using ZipArchive package = Open(id, extension);
        return [.. package.Entries.Select(static entry => entry.FullName)
            .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml" && !name.EndsWith(".nuspec", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>One file of a package.</summary>
    public static byte[] Read(string id, string file, string extension = "nupkg")
    {
        using ZipArchive package = Open(id, extension);
        ZipArchiveEntry entry = package.GetEntry(file) ?? throw new FileNotFoundException($"{id}.{Version}.{extension} has no {file}.");
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>What a package says of itself.</summary>
    public static XElement Nuspec(string id) => Nuspec(XDocument.Load(new MemoryStream(Read(id, id + ".nuspec"))));

    /// <summary>The metadata of a nuspec, without the namespace, which changes with the features used.</summary>
    public static XElement Nuspec(XDocument document)
    {
        foreach (XElement element in document.Descendants())
            element.Name = element.Name.LocalName;
        return document.Root!.Element("metadata")!;
    }

    /// <summary>The dependencies of a nuspec, as "id version".</summary>
    public static string[] Dependencies(XElement nuspec) =>
        [.. nuspec.Descendants("dependency")
            .Select(static dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}")
            .Order(StringComparer.Ordinal)];

    private static string Metadata(string key) =>
        typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
