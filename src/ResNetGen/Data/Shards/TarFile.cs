using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ResNetGen.Data;

/// <summary>Lists the files of a tar archive and where their bytes lie. Nothing is unpacked, so no path can lead anywhere.</summary>
internal sealed class TarFile : IDisposable
{
    /// <summary>Longest header of extended attributes or long name: real ones have some hundred bytes.</summary>
    private const int MostHeader = 1 << 20;

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly long length;

    /// <summary>Opens the archive.</summary>
    public TarFile(string path)
    {
        this.path = path;
        file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        length = RandomAccess.GetLength(file);
    }

    /// <summary>One file in the archive.</summary>
    internal readonly record struct Entry(string Name, long Start, long Size);

    /// <summary>All files, in their order.</summary>
    /// <exception cref="BadInputException">The archive is damaged, cut off or compressed.</exception>
    public IEnumerable<Entry> Files()
    {
        if (length == 0) throw new BadInputException($"{path} is empty (0 bytes); expected a tar archive.");
        byte[] block = new byte[TarHeader.BlockSize];
        long at = 0;
        (string? longName, long? paxSize) = (null, null);
        while (at + TarHeader.BlockSize <= length)
        {
            Fill(block, at);
            if (at == 0 && block is [0x1F, 0x8B, ..]) throw new BadInputException($"{path} is compressed (gzip); shards are read in place and have to be plain. Unpack it: gunzip {path}");
            // Two empty blocks end an archive; some writers leave one.
            if (!block.AsSpan().ContainsAnyExcept((byte)0)) yield break;
            string where = $"{path}: byte {at:N0}";
            TarHeader header = TarHeader.Parse(block, where);
            if (header.Kind is 'x' or 'L' or 'g' or 'K')
            {
                if (header.Size > MostHeader)
                    throw new BadInputException($"{where} is a header of {header.Size:N0} bytes; expected at most {MostHeader:N0}. The archive is damaged or hostile; make it again.");
                Require(where, at, header.Size);
                byte[] content = new byte[(int)header.Size];
                Fill(content, at + TarHeader.BlockSize);
                if (header.Kind == 'L') longName = Encoding.UTF8.GetString(content).TrimEnd('\0');
                else if (header.Kind == 'x')
                {
                    (string? name, long? size) = TarHeader.ParsePax(content, where);
                    (longName, paxSize) = (name ?? longName, size ?? paxSize);
                }
                at += TarHeader.BlockSize + header.Padded;
                continue;
            }
            if (paxSize is long real) header = header with { Size = real };
            if (longName is not null) header = header with { Name = longName };
            (longName, paxSize) = (null, null);
            Require($"{where} (\"{header.Name}\")", at, header.Size);
            if (header.IsFile) yield return new Entry(header.Name, at + TarHeader.BlockSize, header.Size);
            at += TarHeader.BlockSize + header.Padded;
        }
        // Cut exactly between two files, an archive is whole but for its end: the files behind it are missing.
        throw new BadInputException($"{path} is a tar archive that is cut off after {length:N0} bytes: {(at < length ? "they end within a header" : "it has no end (a block of zeros)")}. Copy it again.");
    }

    /// <summary>Reads a small file whole.</summary>
    public byte[] Read(Entry entry, int most)
    {
        if (entry.Size > most)
            throw new BadInputException($"{path}: \"{entry.Name}\" has {entry.Size:N0} bytes; expected at most {most:N0}. Make the shard again.");
        byte[] bytes = new byte[(int)entry.Size];
        Fill(bytes, entry.Start);
        return bytes;
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => file.Dispose();

    private void Require(string where, long at, long size)
    {
        if (size > length - at - TarHeader.BlockSize)
            throw new BadInputException($"{where} claims {size:N0} bytes, but the archive ends after {length:N0}. It is cut off, damaged or hostile: copy it again.");
    }

    private void Fill(byte[] bytes, long start)
    {
        int have = 0;
        while (have < bytes.Length)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(have), start + have);
            if (read == 0) throw new BadInputException($"{path} ended while it was read. Is something writing to it?");
            have += read;
        }
    }
}
