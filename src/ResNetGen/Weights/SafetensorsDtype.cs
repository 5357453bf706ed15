using System.Diagnostics.CodeAnalysis;

namespace ResNetGen.Weights;

/// <summary>Element types of the safetensors format, in its own spelling.</summary>
public enum SafetensorsDtype
{
    /// <summary>Boolean, one byte.</summary>
    BOOL,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>8-bit float, 5 exponent and 2 fraction bits.</summary>
    F8_E5M2,

    /// <summary>8-bit float, 4 exponent and 3 fraction bits.</summary>
    F8_E4M3,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>IEEE half.</summary>
    F16,

    /// <summary>bfloat16.</summary>
    BF16,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE double.</summary>
    F64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,
}

/// <summary>What is known of each element type.</summary>
public static class SafetensorsDtypes
{
    private static readonly Dictionary<string, SafetensorsDtype> ByName =
        Enum.GetValues<SafetensorsDtype>().ToDictionary(dtype => dtype.ToString(), StringComparer.Ordinal);

    /// <summary>All names, as they stand in files.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Bytes of one element.</summary>
    /// <param name="dtype">The element type.</param>
    public static int Size(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.BOOL or SafetensorsDtype.U8 or SafetensorsDtype.I8 or SafetensorsDtype.F8_E5M2 or SafetensorsDtype.F8_E4M3 => 1,
        SafetensorsDtype.I16 or SafetensorsDtype.U16 or SafetensorsDtype.F16 or SafetensorsDtype.BF16 => 2,
        SafetensorsDtype.I32 or SafetensorsDtype.U32 or SafetensorsDtype.F32 => 4,
        _ => 8,
    };

    /// <summary>Finds the element type of a name.</summary>
    /// <param name="name">The name, as it stands in a file.</param>
    /// <param name="dtype">The element type.</param>
    public static bool TryParse([NotNullWhen(true)] string? name, out SafetensorsDtype dtype)
    {
        dtype = default;
        return name is not null && ByName.TryGetValue(name, out dtype);
    }
}
