using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>What the compiled sources reference: the framework, ResNetGen and the provider of the TorchSharp API.</summary>
internal static class References
{
    /// <summary>Read once: reading metadata is most of the cost of a small compilation.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(IsReferenced)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static bool IsReferenced(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name is "netstandard" or "mscorlib" or "ResNetGen" or "ResNetGen.LibTorch" or "ResNetGen.Native" or "TorchSharp"
            || name.StartsWith("System.", StringComparison.Ordinal);
    }
}
