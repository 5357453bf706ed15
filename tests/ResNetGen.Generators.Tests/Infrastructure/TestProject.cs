using System.Reflection;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>Where this project's sources are, also in a build whose paths are mapped to <c>/_/</c>.</summary>
internal static class TestProject
{
    /// <summary>The folder of the test project.</summary>
    public static string Directory { get; } = Metadata("ProjectDirectory");

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder on disk of the source file that calls.</summary>
    public static string FolderOf(string callerFilePath)
    {
        string marker = "/" + Path.GetFileName(Directory) + "/";
        string unified = callerFilePath.Replace('\\', '/');
        int start = unified.LastIndexOf(marker, StringComparison.Ordinal);
        return Path.GetDirectoryName(Path.Combine(Directory, unified[(start + marker.Length)..]))!;
    }

    private static string Metadata(string key) =>
        typeof(TestProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
