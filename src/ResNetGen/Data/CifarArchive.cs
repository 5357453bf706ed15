using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace ResNetGen.Data;

/// <summary>The official archive: downloaded with its MD5 checked on the way, then unpacked file by file.</summary>
internal static class CifarArchive
{
    public static readonly Uri Official = new("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    public const string OfficialMd5 = "c32a1d4ab5d03f1284b67883e8d87530";

    public static readonly Uri Official100 = new("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz");
    public const string OfficialMd5Of100 = "03b5dce01913d631647c71ecec9e9cb8";

    /// <summary>The archive is 170 MB; whatever is much longer is something else and must not fill the disk.</summary>
    private const long MostBytes = 256L << 20;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    /// <summary>Downloads CIFAR-10 into <paramref name="folder"/> and unpacks there.</summary>
    /// <returns>The unpacked folder.</returns>
    /// <exception cref="BadInputException">There is no network, or what came is not the archive.</exception>
    public static string Download(Uri address, string md5, string folder, TimeSpan connectTimeout, CancellationToken cancellation) =>
        Download(address, md5, folder, connectTimeout, cancellation, CifarLayout.Cifar10, static at => CifarFolder.Check(at, out _));

    /// <summary>Downloads either data set; <paramref name="check"/> looks at what was unpacked.</summary>
    public static string Download(
        Uri address, string md5, string folder, TimeSpan connectTimeout, CancellationToken cancellation, CifarLayout layout, Action<string> check)
    {
        string id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string archive = Path.Combine(folder, $"{layout.ArchiveName}.unfinished-{id}");
        string unpacked = Path.Combine(folder, $"unpacked.unfinished-{id}");
        try
        {
            Directory.CreateDirectory(folder);
            string found = Fetch(address, archive, connectTimeout, cancellation).GetAwaiter().GetResult();
            if (found != md5)
                throw new BadInputException($"{address} gave a file of MD5 {found}; expected {md5}. It was deleted. Download it by hand and name its unpacked folder with DataSourceOptions.Data.");
            using (FileStream stream = File.OpenRead(archive)) Unpack(stream, unpacked, layout);
            string source = Path.Combine(unpacked, layout.FolderName);
            check(source);
            string target = Path.Combine(folder, layout.FolderName);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(source, target);
            return target;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw new BadInputException($"{address} cannot be reached: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{address} cannot be downloaded to {folder}: {e.Message}", e);
        }
        finally
        {
            Delete(archive, unpacked);
        }
    }

    /// <summary>
    /// Unpacks the data set's own files and nothing else. An archive with a path that leads out of its folder, or with a link,
    /// is refused as a whole: nobody who packs CIFAR has a use for them.
    /// </summary>
    public static void Unpack(Stream gzip, string folder, CifarLayout? layout = null)
    {
        layout ??= CifarLayout.Cifar10;
        long most = (long)Math.Max(layout.PicturesPerTrainFile, layout.PicturesPerTestFile) * layout.RecordSize;
        string archive = gzip is FileStream { Name: var path } ? path : "The archive";
        string inner = Path.Combine(folder, layout.FolderName);
        Directory.CreateDirectory(inner);
        using var plain = new GZipStream(gzip, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                string name = entry.Name;
                if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains(".."))
                    throw new BadInputException($"{archive} has an entry \"{name}\", which leads out of its folder. It was not unpacked; get the official archive.");
                if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    throw new BadInputException($"{archive} has an entry \"{name}\", which is a link to \"{entry.LinkName}\". It was not unpacked; get the official archive.");
                string? file = layout.Files.FirstOrDefault(file => name == $"{layout.FolderName}/{file}");
                if (file is null || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
                if (entry.Length > most)
                    throw new BadInputException($"{archive}: its \"{name}\" is {entry.Length} bytes; expected {most}. Get the official archive.");
                entry.ExtractToFile(Path.Combine(inner, file), overwrite: false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new BadInputException($"{archive} is damaged: {e.Message} Get the official archive.", e);
        }
    }

    private static async Task<string> Fetch(Uri address, string path, TimeSpan connectTimeout, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = connectTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        // A proxy or a firewall may take the connection and never answer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            limit.CancelAfter(connectTimeout * 3);
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            using Stream body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            byte[] buffer = new byte[1 << 17];
            long total = 0;
            while (true)
            {
                limit.CancelAfter(Stall);
                int count = await body.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
                if (count == 0) return Convert.ToHexStringLower(hash.GetHashAndReset());
                if ((total += count) > MostBytes)
                    throw new BadInputException($"{address} gave more than {MostBytes} bytes; the archive has about 170 million. It was deleted.");
                hash.AppendData(buffer, 0, count);
                file.Write(buffer, 0, count);
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("it did not answer in time.", e);
        }
    }

    private static void Delete(string archive, string unpacked)
    {
        try
        {
            File.Delete(archive);
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left of them is never read.
        }
    }
}
