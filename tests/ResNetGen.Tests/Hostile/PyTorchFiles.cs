using ResNetGen.Tests.Weights;
using ResNetGen.Weights.PyTorch;

namespace ResNetGen.Tests.Hostile;

/// <summary>
/// Files of torch.save's two formats: pickles that would make a file if anything ran them (make_pytorch_golden.py made them),
/// archives that were cut or changed, and what is no such file at all. PyTorchHostileTests has many more, without files.
/// </summary>
internal static class PyTorchFiles
{
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        Golden("hostile.pth", "asks for posix.system", "Nothing of the file was run"),
        Golden("hostile_legacy.pth", "asks for posix.system", "Nothing of the file was run"),
        Golden("hostile_protocol4.pth", "asks for builtins.exec", "Nothing of the file was run"),
        Golden("module.pth", "asks for torch.nn.modules.linear.Linear"),
        Golden("packed.pth", "unpacked, as torch.save writes it"),
        Cut("cut.pth", "state_dict.pth", 2),
        Cut("cut-legacy.pth", "tensors_legacy.pth", 2),
        Cut("cut-early.pth", "state_dict.pth", 50),
        new("empty.pth", [], Read, "found an empty file"),
        new("page.pth", "<!DOCTYPE html>"u8.ToArray(), Read, "Check that it is the file itself"),
        new("zip-head.pth", "PK\u0003\u0004 and no more"u8.ToArray(), Read, "is a damaged zip archive"),
        new("tar.pth", Tar(), Read, "is a tar archive"),
        new("no-magic.pth", [0x80, 2, .. "K\u0001."u8], Read, "does not begin with PyTorch's number"),
    ];

    internal static void Read(string path)
    {
        using PyTorchFile file = PyTorchFile.Open(path);
        foreach (string name in file.Names)
        {
            file.Read(name).Dispose();
        }
    }

    private static HostileFile Golden(string name, params string[] says) =>
        new(name, path => File.Copy(PyTorchFileTests.Golden(name), path), Read, says);

    private static HostileFile Cut(string name, string golden, int divisor) => new(
        name,
        path =>
        {
            byte[] bytes = File.ReadAllBytes(PyTorchFileTests.Golden(golden));
            File.WriteAllBytes(path, bytes[..(bytes.Length / divisor)]);
        },
        Read);

    private static byte[] Tar()
    {
        byte[] bytes = new byte[1024];
        "ustar"u8.CopyTo(bytes.AsSpan(257));
        return bytes;
    }
}
