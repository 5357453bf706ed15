using System.Buffers.Binary;
using System.Text;
using ResNetGen.Weights;

namespace ResNetGen.Tests.Hostile;

/// <summary>
/// Safetensors files, among them those that are known to have misled other readers: sizes that overflow, places that overlap,
/// leave holes or lie outside, and headers of absurd length. SafetensorsHeaderTests has many more, without files.
/// </summary>
internal static class SafetensorsFiles
{
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        new("empty.safetensors", [], Read, "the file is 0 bytes"),
        new("text.safetensors", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(), Read, "This is not a safetensors file"),
        new("huge-header.safetensors", Length(ulong.MaxValue), Read, "at most 100000000 are allowed"),
        new("long-header.safetensors", Length(99_999_999), Read, "The file is cut off"),
        Header("overflow.safetensors", """{"a":{"dtype":"F32","shape":[4194305,4194305,211106198978564],"data_offsets":[0,16]}}""", 16, "\"a\""),
        Header("terabytes.safetensors", """{"a":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}}""", 16, "only 16 follow"),
        Header("short-offsets.safetensors", """{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,8]}}""", 8, "\"a\""),
        Header("negative.safetensors", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[-4,0]}}""", 4, "\"a\""),
        Header("reversed.safetensors", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "\"a\""),
        Header("overlap.safetensors", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "entries overlap"),
        Header("hole.safetensors", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "there is a hole"),
        Header("twice.safetensors", """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "names \"a\" twice"),
        Header("deep.safetensors", "{\"a\":" + new string('[', 100_000), 0, "\"a\": expected an object"),
        Header("tail.safetensors", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 5, "1 bytes follow the last entry"),
    ];

    private static void Read(string path)
    {
        foreach (TorchSharp.torch.Tensor tensor in Safetensors.Load(path).Values)
        {
            tensor.Dispose();
        }
    }

    private static HostileFile Header(string name, string header, int data, params string[] says)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return new HostileFile(name, [.. Length((ulong)text.Length), .. text, .. new byte[data]], Read, says);
    }

    private static byte[] Length(ulong length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }
}
