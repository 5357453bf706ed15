using System.Text;
using ResNetGen.Checkpoints;
using ResNetGen.Tests.Checkpoints;
using ResNetGen.Weights;
using TorchSharp;

namespace ResNetGen.Tests.Hostile;

/// <summary>Checkpoints that were cut, changed, exchanged, or written by something else.</summary>
internal static class CheckpointFiles
{
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        new("empty-checkpoint.safetensors", [], Read, "it is damaged"),
        new("zeros-checkpoint.safetensors", new byte[4096], Read, "it is damaged"),
        Changed("cut-checkpoint.safetensors", static bytes => bytes[..(bytes.Length / 2)], "it is damaged"),
        Changed("last-byte-checkpoint.safetensors", static bytes => Flip(bytes, bytes.Length - 1), "its checksum is"),
        Changed("position-checkpoint.safetensors", static bytes => Exchange(bytes, "\"iteration\":\"7\"", "\"iteration\":\"8\""), "its checksum is"),
        Changed("appended-checkpoint.safetensors", static bytes => [.. bytes, .. new byte[8]], "it is damaged"),
        Changed("checksum-moved-checkpoint.safetensors", static bytes => Exchange(bytes, "\"checksum\":\"", "\"checksun\":\""), "carries no checksum"),
        new("weights-checkpoint.safetensors", WriteWeights, Read, "carries no checksum"),
        new("folder-checkpoint.safetensors", static path => Directory.CreateDirectory(path), Read, "it cannot be read"),
    ];

    private static void Read(string path) => CheckpointFile.Load(path).Dispose();

    private static HostileFile Changed(string name, Func<byte[], byte[]> change, params string[] says) => new(
        name,
        path =>
        {
            using TrainingState state = SmallRun.State(7);
            CheckpointFile.Save(path, state);
            File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        },
        Read,
        says);

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Exchange(byte[] bytes, string old, string now)
    {
        string text = Encoding.Latin1.GetString(bytes);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(old, now, StringComparison.Ordinal));
    }

    private static void WriteWeights(string path)
    {
        using torch.Tensor weight = torch.ones(2);
        Safetensors.Save(path, new Dictionary<string, torch.Tensor> { ["fc.weight"] = weight });
    }
}
