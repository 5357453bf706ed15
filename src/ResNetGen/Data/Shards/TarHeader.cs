using System.Globalization;
using System.Text;

namespace ResNetGen.Data;

/// <summary>One block of 512 bytes that says what follows it (POSIX.1-2001 ustar, with GNU's large numbers).</summary>
/// <param name="Name">Path of the entry; only a key here, never opened.</param>
/// <param name="Size">Bytes that follow.</param>
/// <param name="Kind">Type flag: '0' or NUL a file, 'x' and 'g' PAX records, 'L' a long name of GNU's, others are passed over.</param>
internal readonly record struct TarHeader(string Name, long Size, char Kind)
{
    public const int BlockSize = 512;

    public bool IsFile => Kind is '0' or '\0' or '7';

    /// <summary>Bytes until the next header: what follows fills whole blocks.</summary>
    public long Padded => (Size + BlockSize - 1) / BlockSize * BlockSize;

    /// <summary>Reads a block that is not all zeros.</summary>
    /// <param name="block">512 bytes.</param>
    /// <param name="where">The archive and the place, for messages.</param>
    /// <exception cref="BadInputException">The checksum is wrong, or a number is none.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block, string where)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < BlockSize; i++)
            if (i is < 148 or >= 156) sum += block[i];
        if (Number(block.Slice(148, 8)) != sum)
            throw new BadInputException($"{where} is no tar header: its checksum is wrong. The archive is damaged or cut off before this place; make it again.");
        long size = Number(block.Slice(124, 12)) is long found and >= 0
            ? found
            : throw new BadInputException($"{where} is a tar header whose size is no number from 0 up. The archive is damaged or hostile; make it again.");
        string name = Text(block[..100]);
        bool ustar = block.Slice(257, 5).SequenceEqual("ustar"u8);
        // GNU's own format uses the prefix for times.
        string prefix = ustar && block[262] == 0 ? Text(block.Slice(345, 155)) : "";
        return new TarHeader(prefix.Length == 0 ? name : $"{prefix}/{name}", size, (char)block[156]);
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Octal digits, or after a byte of 0x80 a large binary number; −1 for anything else.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80)
        {
            long large = 0;
            foreach (byte value in field[1..])
            {
                if (large > long.MaxValue >> 8) return -1;
                large = (large << 8) | value;
            }
            return large;
        }
        string digits = Text(field).Trim();
        long number = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7') return -1;
            number = (number << 3) | (uint)(digit - '0');
        }
        return number;
    }

    /// <summary>The records of a PAX header: "length key=value", each with its own length and a line's end.</summary>
    /// <returns>The path and size that replace the next header's, where given.</returns>
    public static (string? Path, long? Size) ParsePax(ReadOnlySpan<byte> records, string where)
    {
        (string? path, long? size) = (null, null);
        while (records.Length > 0 && records[0] != 0)
        {
            int space = records[..Math.Min(records.Length, 20)].IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(Encoding.ASCII.GetString(records[..space]), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1 || length > records.Length || records[length - 1] != '\n')
                throw new BadInputException($"{where} is a PAX header with a broken record. The archive is damaged or hostile; make it again.");
            string record = Encoding.UTF8.GetString(records[(space + 1)..(length - 1)]);
            if (record.StartsWith("path=", StringComparison.Ordinal)) path = record[5..];
            else if (record.StartsWith("size=", StringComparison.Ordinal))
                size = long.TryParse(record.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                    ? value
                    : throw new BadInputException($"{where} is a PAX header whose size \"{record[5..]}\" is no number. The archive is damaged or hostile; make it again.");
            records = records[length..];
        }
        return (path, size);
    }
}
