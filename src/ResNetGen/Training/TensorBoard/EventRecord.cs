using System.Buffers.Binary;

namespace ResNetGen.Training.TensorBoard;

/// <summary>A record of TensorFlow's files: length, checksum of the length, data, checksum of the data, all little-endian.</summary>
internal static class EventRecord
{
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        Span<byte> rest = record;
        BinaryPrimitives.WriteUInt64LittleEndian(rest, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], Crc32C.Masked(rest[..8]));
        data.CopyTo(rest[12..]);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[(12 + data.Length)..], Crc32C.Masked(data));
        return record;
    }
}
