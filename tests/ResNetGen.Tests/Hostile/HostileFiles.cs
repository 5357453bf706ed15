namespace ResNetGen.Tests.Hostile;

/// <summary>
/// All hostile files, reader by reader. Each reader keeps its own list beside this one; a new reader adds a line here.
/// </summary>
internal static class HostileFiles
{
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        .. SafetensorsFiles.All,
        .. CheckpointFiles.All,
        .. PyTorchFiles.All,
        .. PyTorchArchives.All,
        .. TorchSharpFiles.All,
        .. CifarFiles.All,
        .. CifarArchives.All,
        .. PictureFiles.All,
        .. ShardFiles.All,
    ];
}
