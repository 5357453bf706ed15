using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResNetGen.Tests.Weights;

namespace ResNetGen.Tests.Hostile;

/// <summary>
/// Archives in torch.save's layout around pickles written out by hand, and archives that lie about themselves. Among them what
/// CVE-2026-24747 (entries of something that is no dict; a storage of another size than its tensors say) and CVE-2025-32434
/// (calls that a list of allowed names lets through) are about.
/// </summary>
internal static class PyTorchArchives
{
    // A dict {"w": tensor of 4 floats in storage 0 of 4 floats}; parts of it are replaced below.
    private const string Tensor =
        "\u0080\u0002}U\u0001wctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0004tQK\u0000K\u0004\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtRs.";

    // After the name of the storage: its device, its number of elements.
    private const string Four = "U\u0003cpuK\u0004tQ", Offset = "tQK\u0000K\u0004\u0085K\u0001\u0085";

    private static byte[] Data { get; } = [.. Enumerable.Range(1, 4).SelectMany(i => BitConverter.GetBytes(i / 8f))];

    public static IReadOnlyList<HostileFile> All { get; } =
    [
        // Calls, by every way to name a function.
        Pickle("system.pth", "cos\nsystem\n(X\u0004\u0000\u0000\u0000truetR.", "asks for os.system"),
        Pickle("eval.pth", "\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093\u008c\u00041+1\n\u0085R.", "asks for builtins.eval"),
        Pickle("getattr.pth", "cbuiltins\ngetattr\n(ctorch\nload\nU\u0001xtR.", "asks for builtins.getattr"),
        Pickle("torch-load.pth", "ctorch\nload\n(U\u0001xtR.", "asks for torch.load"),
        Pickle("new-object.pth", "csubprocess\nPopen\n)\u0081.", "asks for subprocess.Popen"),
        Pickle("instance.pth", "(ios\nsystem\n.", "the instruction 0x69"),
        Pickle("extension.pth", "\u0082\u0001.", "the instruction 0x82"),
        Pickle("known-name-called.pth", "ctorch\nFloatStorage\n(U\u0001xtR.", "gives torch.FloatStorage other arguments"),
        Pickle("hidden-in-build.pth", "}cos\nsystem\nb.", "asks for os.system"),
        Pickle("terminal.pth", "c\u001b]0;owned\u0007\nx\n.", "asks for ?]0;owned?.x"),

        // Persistent ids, which PyTorch resolves outside the pickle.
        Pickle("persistent-text.pth", "P../../etc/passwd\n.", "the instruction 0x50"),
        Pickle("persistent-name.pth", "U\u0003abcQ.", "where the description of a storage should be"),
        Pickle("persistent-path.pth", Tensor.Replace("U\u00010U", "U\u000b../../x/y/zU", StringComparison.Ordinal), "expected the description of a storage"),
        Pickle("persistent-class.pth", Tensor.Replace("ctorch\nFloatStorage\n", "U\u0001f", StringComparison.Ordinal), "expected the description of a storage"),
        Pickle("persistent-elements.pth", Tensor.Replace(Four, "U\u0003cpuJ\u00ff\u00ff\u00ff\u00fftQ", StringComparison.Ordinal), "expected the description of a storage"),

        // Sizes that do not go together.
        Pickle("setitems.pth", "](K\u0001K\u0002u.", "entries of something that is no dict"),
        Pickle("setitem-tensor.pth", Tensor.Replace("tRs.", "tRK\u0001K\u0002ss.", StringComparison.Ordinal), "entries of something that is no dict"),
        Pickle("storage-larger.pth", Tensor.Replace(Four, "U\u0003cpuM\u00e8\u0003tQ", StringComparison.Ordinal), "expected 4,000 bytes in", "found 16"),
        Pickle("storage-smaller.pth", Tensor.Replace(Four, "U\u0003cpuK\u0003tQ", StringComparison.Ordinal).Replace("K\u0004\u0085K\u0001", "K\u0003\u0085K\u0001", StringComparison.Ordinal), "expected 12 bytes in", "found 16"),
        Pickle("storage-terabytes.pth", Tensor.Replace(Four, "U\u0003cpu\u008a\u0006\u0000\u0000\u0000\u0000\u0000\u0040tQ", StringComparison.Ordinal), "storage 0 is 281,474,976,710,656 bytes; one storage may be 2 GiB"),
        Pickle("storage-missing.pth", Tensor.Replace("U\u00010U", "U\u00019U", StringComparison.Ordinal), "expected an entry hostile/data/9, found none"),
        Pickle("tensor-outside.pth", Tensor.Replace(Offset, "tQK\u0001K\u0004\u0085K\u0001\u0085", StringComparison.Ordinal), "reaches element 4 of storage 0"),
        Pickle("tensor-strides.pth", Tensor.Replace(Offset, "tQK\u0000K\u0004\u0085M\u00ff\u00ff\u0085", StringComparison.Ordinal), "of storage 0, which has 4"),
        Pickle("tensor-expanded.pth", Tensor.Replace(Offset, "tQK\u0000J\u00ff\u00ff\u00ff\u007f\u0085K\u0000\u0085", StringComparison.Ordinal), "has more than 4,194,304 elements of storage 0"),
        Pickle("no-tensors.pth", "}U\u0005epochK\u0003s.", "holds no tensors by name"),

        // Pickles that grow. The last three remember a list and have it copied 100,000 times.
        Pickle("marks.pth", new string('(', 2 << 20), "more than 1,048,576 instructions"),
        Pickle("nested-tuples.pth", "N" + new string('\u0085', 2 << 20), "more than 1,048,576 instructions") with { MostBytes = 160 << 20 },
        Pickle("memo.pth", "N" + new string('\u0094', 2 << 20), "more than 1,048,576 instructions") with { MostBytes = 160 << 20 },
        Pickle("list-of-pairs-again.pth", "ccollections\nOrderedDict\nq\u0000]q\u0001(U\u0001kN\u0086q\u0002" + Repeated("h\u0002", 400_000) + "e" + Repeated(CopyAgain, 100_000) + ".", CopiedTooMuch),
        Pickle("size-again.pth", "ctorch\nSize\nq\u0000]q\u0001(" + Repeated("N", 64) + "e" + Repeated(CopyAgain, 100_000) + ".", CopiedTooMuch),
        Pickle("size-of-400000.pth", "ctorch\nSize\nq\u0000]q\u0001(" + Repeated("N", 400_000) + "e" + Repeated(CopyAgain, 100_000) + ".", "gives torch.Size other arguments"),
        Pickle("text-length.pth", "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fabc", "expected 9,223,372,036,854,775,807 bytes"),
        Pickle("number-length.pth", "\u008b\u00ff\u00ff\u00ff\u007f", "an integer of 2,147,483,647 bytes"),
        Pickle("endless-name.pth", "c" + new string('a', 100_000), "a line of more than 4,096 characters"),

        // Archives that lie.
        Changed("checksum-pickle.pth", static zip => zip[zip.AsSpan().IndexOf("FloatStorage"u8)] ^= 1, "expected the checksum"),
        Changed("checksum-storage.pth", static zip => zip[zip.AsSpan().IndexOf(Data)] ^= 1, "expected the checksum"),
        Changed("directory-cut.pth", static zip => zip, static zip => zip[..^30], "is a damaged zip archive"),
        Changed("directory-elsewhere.pth", static zip => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(End(zip) + 16), 0x7fffffff), "is a damaged zip archive"),
        Changed("directory-more.pth", static zip => zip.AsSpan(End(zip) + 8, 4).Fill(0x7f), "is a damaged zip archive"),
        Changed("entry-elsewhere.pth", static zip => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(Entry(zip) + 42), 0x7ffffff0), "is a damaged zip archive"),
        Changed("entry-larger.pth", static zip => zip.AsSpan(Entry(zip) + 20, 8).Fill(0x3f), "found 1,061,109,567"),
        Changed("entry-packed.pth", static zip => zip[Entry(zip) + 10] = 99, "damaged zip archive"),
        new("zip64-larger.pth", static path =>
        {
            byte[] zip = File.ReadAllBytes(PyTorchFileTests.Golden("zip64.pth"));
            // In the directory, after the two numbers that a 32-bit archive has: the field's name and length, then the size.
            int field = zip.AsSpan(Entry(zip)).IndexOf((ReadOnlySpan<byte>)[1, 0, 16, 0]) + Entry(zip) + 4;
            zip.AsSpan(field, 15).Fill(0x7f);
            File.WriteAllBytes(path, zip);
        }, PyTorchFiles.Read, "damaged"),
        new("no-pickle.pth", Zip(("hostile/data/0", Data)), PyTorchFiles.Read, "expected an entry .../data.pkl, found 1 others"),
        new("bomb.pth", static path =>
        {
            using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
            using Stream entry = archive.CreateEntry("hostile/data.pkl", CompressionLevel.SmallestSize).Open();
            entry.Write(new byte[32 << 20]);
        }, PyTorchFiles.Read, "unpacked, as torch.save writes it"),
    ];

    // The remembered function of the remembered list, of which it makes a copy.
    private const string CopyAgain = "h\u0000h\u0001\u0085R", CopiedTooMuch = "lists that are copied to more than 1,048,576 elements";

    private static string Repeated(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static HostileFile Pickle(string name, string latin1, params string[] says) =>
        new(name, path => File.WriteAllBytes(path, Archive(latin1)), PyTorchFiles.Read, says);

    private static HostileFile Changed(string name, Action<byte[]> change, string says) => Changed(
        name,
        zip =>
        {
            change(zip);
            return zip;
        },
        static zip => zip,
        says);

    private static HostileFile Changed(string name, Func<byte[], byte[]> change, Func<byte[], byte[]> cut, string says) =>
        new(name, path => File.WriteAllBytes(path, cut(change(Archive(Tensor)))), PyTorchFiles.Read, says);

    /// <summary>The whole archive around a pickle, with one storage of four floats.</summary>
    internal static byte[] Archive(string latin1) => Zip(("hostile/data.pkl", Encoding.Latin1.GetBytes(latin1)), ("hostile/data/0", Data));

    internal static string WholePickle => Tensor;

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    // The end of the directory, and its first entry.
    private static int End(byte[] zip) => zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);

    private static int Entry(byte[] zip) => zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
}
