using static TorchSharp.torch;

namespace ResNetGen.Weights;

/// <summary>Element types of files as torch names them.</summary>
internal static class TorchTypes
{
    private static readonly (SafetensorsDtype File, ScalarType Torch)[] s_pairs =
    [
        (SafetensorsDtype.BOOL, ScalarType.Bool), (SafetensorsDtype.U8, ScalarType.Byte), (SafetensorsDtype.I8, ScalarType.Int8),
        (SafetensorsDtype.I16, ScalarType.Int16), (SafetensorsDtype.I32, ScalarType.Int32), (SafetensorsDtype.I64, ScalarType.Int64),
        (SafetensorsDtype.F16, ScalarType.Float16), (SafetensorsDtype.BF16, ScalarType.BFloat16),
        (SafetensorsDtype.F32, ScalarType.Float32), (SafetensorsDtype.F64, ScalarType.Float64),
    ];

    /// <summary>The element type of tensors, or null where there is none.</summary>
    public static ScalarType? Of(SafetensorsDtype dtype)
    {
        foreach ((SafetensorsDtype file, ScalarType torch) in s_pairs)
        {
            if (file == dtype)
                return torch;
        }

        return null;
    }

    /// <summary>The element type of files, or null where there is none.</summary>
    public static SafetensorsDtype? Of(ScalarType dtype)
    {
        foreach ((SafetensorsDtype file, ScalarType torch) in s_pairs)
        {
            if (torch == dtype)
                return file;
        }

        return null;
    }
}
