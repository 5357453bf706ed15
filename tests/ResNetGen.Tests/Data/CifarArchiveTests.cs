using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class CifarArchiveTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_official_layout_is_downloaded_checked_and_unpacked()
    {
        using var cache = new TestFolder();
        byte[] archive = Official();
        using var server = new OneFileServer(archive);
        string md5 = Convert.ToHexStringLower(MD5.HashData(archive));
        var options = new DataSourceOptions
        {
            Archive = server.Address, ArchiveMd5 = md5, Environment = name => name == "XDG_CACHE_HOME" ? cache.Path : null,
        };
        DataSource source = DataSource.Resolve(options);
        Assert.Equal(DataOrigin.Download, source.Origin);
        Cifar10 data = Cifar10.Open(source.Folder);
        Assert.False(data.IsProcedural);
        Assert.Equal((50_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal("airplane", data.ClassNames[0]);
        // Neither archive nor anything unfinished stays, and the next look finds it without a server.
        Assert.Equal([source.Folder], Directory.EnumerateFileSystemEntries(cache[Path.Combine("resnetgen", "cifar-10")]));
        Assert.Equal(DataOrigin.Cache, DataSource.Resolve(options with { Archive = new Uri("http://127.0.0.1:9/") }).Origin);
    }

    [Fact]
    public void Another_md5_is_refused_and_nothing_stays()
    {
        using var folder = new TestFolder();
        using var server = new OneFileServer([1, 2, 3]);
        var e = Assert.Throws<BadInputException>(() => CifarArchive.Download(server.Address, CifarArchive.OfficialMd5, folder["cifar-10"], Wait, default));
        Assert.Contains("5289df737df57326fcdd22597afb1fac", e.Message, StringComparison.Ordinal);
        Assert.Contains(CifarArchive.OfficialMd5, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["cifar-10"]));
    }

    [Fact]
    public void A_page_that_is_not_found_is_refused()
    {
        using var folder = new TestFolder();
        using var server = new OneFileServer([], "404 Not Found");
        var e = Assert.Throws<BadInputException>(() => CifarArchive.Download(server.Address, CifarArchive.OfficialMd5, folder["cifar-10"], Wait, default));
        Assert.Contains("404", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil.bin")]
    [InlineData("cifar-10-batches-bin/../../evil.bin")]
    [InlineData("/tmp/evil.bin")]
    [InlineData("cifar-10-batches-bin\\..\\evil.bin")]
    public void Paths_that_lead_out_of_the_folder_are_refused(string name)
    {
        using var folder = new TestFolder();
        using MemoryStream archive = Archive(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });
        var e = Assert.Throws<BadInputException>(() => CifarArchive.Unpack(archive, folder["a/b"]));
        Assert.Contains("leads out of its folder", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*evil*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void Links_are_refused(TarEntryType type)
    {
        using var folder = new TestFolder();
        using MemoryStream archive = Archive(new PaxTarEntry(type, "cifar-10-batches-bin/test_batch.bin") { LinkName = "/etc/passwd" });
        Assert.Contains("is a link", Assert.Throws<BadInputException>(() => CifarArchive.Unpack(archive, folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_left_where_they_are_and_large_ones_refused()
    {
        using var folder = new TestFolder();
        using MemoryStream archive = Archive(
            new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/readme.html") { DataStream = new MemoryStream([1]) },
            new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/test_batch.bin") { DataStream = new MemoryStream(new byte[30_730_001]) });
        Assert.Contains("30730001 bytes", Assert.Throws<BadInputException>(() => CifarArchive.Unpack(archive, folder.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_archive_is_refused()
    {
        using var folder = new TestFolder();
        using MemoryStream whole = Archive(new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/test_batch.bin") { DataStream = new MemoryStream(RandomNumberGenerator.GetBytes(5000)) });
        using var half = new MemoryStream(whole.ToArray()[..2500]);
        Assert.Throws<BadInputException>(() => CifarArchive.Unpack(half, folder.Path));
        using var none = new MemoryStream(Encoding.ASCII.GetBytes("<html>not found</html>"));
        Assert.Throws<BadInputException>(() => CifarArchive.Unpack(none, folder["other"]));
    }

    private static MemoryStream Archive(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
            foreach (TarEntry entry in entries)
                tar.WriteEntry(entry);
        stream.Position = 0;
        return stream;
    }

    /// <summary>An archive as the official one is laid out, of black pictures.</summary>
    private static byte[] Official()
    {
        byte[] records = new byte[30_730_000];
        IEnumerable<TarEntry> entries = CifarFolder.TrainFiles.Append(CifarFolder.TestFile)
            .Select(name => (TarEntry)new PaxTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}") { DataStream = new MemoryStream(records) });
        byte[] names = Encoding.UTF8.GetBytes(string.Join('\n', Cifar10.OfficialClassNames) + "\n\n");
        TarEntry meta = new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/batches.meta.txt") { DataStream = new MemoryStream(names) };
        TarEntry directory = new PaxTarEntry(TarEntryType.Directory, "cifar-10-batches-bin/");
        using MemoryStream stream = Archive([directory, meta, .. entries]);
        return stream.ToArray();
    }

    /// <summary>Answers every request with one file.</summary>
    private sealed class OneFileServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public OneFileServer(byte[] body, string status = "200 OK")
        {
            listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/cifar-10-binary.tar.gz");
            _ = Serve(body, status);
        }

        public Uri Address { get; }

        public void Dispose() => listener.Dispose();

        private async Task Serve(byte[] body, string status)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                byte[] request = new byte[4096];
                _ = await stream.ReadAsync(request);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // The client went away, which some tests mean to happen.
            }
        }
    }
}
