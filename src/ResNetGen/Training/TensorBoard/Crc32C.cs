using System.Buffers.Binary;
using System.Numerics;

namespace ResNetGen.Training.TensorBoard;

/// <summary>The checksum of event files: CRC-32C (Castagnoli's polynomial, RFC 3720), and TensorFlow's masked form of it.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>Rotated and shifted, so that the checksum of bytes that hold a checksum is not a special one.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + 0xa282ead8u;
}
