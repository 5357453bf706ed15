using System.Security;

namespace ResNetGen.Package.Tests;

/// <summary>
/// A folder outside the repository where projects restore our packages from a local folder into an empty cache. Everything else
/// comes from the user's package folder, so that no network is needed.
/// </summary>
public sealed class Workspace : IDisposable
{
    /// <summary>Makes the folder, and what is common to the projects in it.</summary>
    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("resnetgen-package-").FullName;
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="ours" value="{Xml(Packages.Folder)}" />
                <add key="restored" value="{Xml(Packages.Restored)}" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="ours"><package pattern="ResNetGen*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{Xml(Path.Combine(Folder, "packages"))}</RestorePackagesPath>
                <ResNetGenNativeDirectory>{Xml(Path.Combine(Folder, "native"))}</ResNetGenNativeDirectory>
              </PropertyGroup>
            </Project>
            """);
        // Nothing of a repository around the folder may help.
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        if (!Packages.AreForRelease)
            LendNativeLibraries();
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Writes a file, given by its path in the folder.</summary>
    public void Write(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>
    /// Compiling the shims takes minutes: in everyday tests those of the repository lie where the package's own would, and are newer
    /// than its sources. Packages that are handed out compile their own.
    /// </summary>
    private void LendNativeLibraries()
    {
        foreach ((string project, string library, string file) in (ReadOnlySpan<(string, string, string)>)
            [("ResNetGen.LibTorch", "resnetgen_torch", "libresnetgen_torch.so"), ("ResNetGen.LibTorch", "resnetgen_torch", "libresnetgen_torch.first"),
             ("ResNetGen.Native", "resnetgen_native", "libresnetgen_native.so")])
        {
            string target = Path.Combine(Folder, "native", library, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Packages.Repository, "src", project, "obj", "native", file), target);
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
    }

    private static string Xml(string text) => SecurityElement.Escape(text);
}
