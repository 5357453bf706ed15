using System.Formats.Tar;
using System.IO.Compression;
using ResNetGen.Data;

namespace ResNetGen.Tests.Hostile;

/// <summary>Archives that lead out of their folder, link elsewhere, or unpack to far more than they say.</summary>
internal static class CifarArchives
{
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        Archive("slip-up.tar.gz", new PaxTarEntry(TarEntryType.RegularFile, "../evil.bin") { DataStream = new MemoryStream([1]) }, "leads out of its folder"),
        Archive("slip-inside.tar.gz", new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/../../evil.bin") { DataStream = new MemoryStream([1]) }, "leads out of its folder"),
        Archive("slip-root.tar.gz", new PaxTarEntry(TarEntryType.RegularFile, "/tmp/evil.bin") { DataStream = new MemoryStream([1]) }, "leads out of its folder"),
        Archive("symbolic-link.tar.gz", new PaxTarEntry(TarEntryType.SymbolicLink, "cifar-10-batches-bin/test_batch.bin") { LinkName = "/etc/passwd" }, "is a link to \"/etc/passwd\""),
        Archive("hard-link.tar.gz", new PaxTarEntry(TarEntryType.HardLink, "cifar-10-batches-bin/test_batch.bin") { LinkName = "../../evil" }, "is a link to"),
        Archive("bomb.tar.gz", new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/test_batch.bin") { DataStream = new MemoryStream(new byte[31_000_000]) }, "31000000 bytes; expected 30730000"),
        new("not-packed.tar.gz", "this is no archive at all"u8.ToArray(), Unpack, "damaged"),
    ];

    private static void Unpack(string path)
    {
        string target = Directory.CreateTempSubdirectory("resnetgen-hostile-").FullName;
        try
        {
            using FileStream stream = File.OpenRead(path);
            CifarArchive.Unpack(stream, Path.Combine(target, "inner", "unpacked"));
        }
        finally
        {
            Assert.Empty(Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories));
            Directory.Delete(target, recursive: true);
        }
    }

    private static HostileFile Archive(string name, TarEntry entry, params string[] says) => new(
        name,
        path =>
        {
            using FileStream stream = File.Create(path);
            using GZipStream packed = new(stream, CompressionLevel.Fastest);
            using TarWriter tar = new(packed);
            entry.DataStream?.Seek(0, SeekOrigin.Begin);
            tar.WriteEntry(entry);
        },
        Unpack,
        [entry.Name, .. says]);
}
