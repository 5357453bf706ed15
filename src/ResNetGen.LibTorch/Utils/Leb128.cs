namespace TorchSharp.Utils;

/// <summary>Unsigned numbers, seven bits a byte, low bits first.</summary>
internal static class Leb128
{
    internal static void Write(BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        while (value > 0x7F)
        {
            writer.Write((byte)(value & 0x7F | 0x80));
            value >>= 7;
        }
        writer.Write((byte)value);
    }

    internal static long Read(BinaryReader reader)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = reader.ReadByte();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        throw new InvalidDataException("A number of more than 63 bits: the file is damaged or of another format.");
    }
}
