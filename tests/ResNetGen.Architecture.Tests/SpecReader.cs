using System.Text.Json;

namespace ResNetGen.Architecture.Tests;

/// <summary>Reads a specification from a row of Data/counts.json: the properties are those of the attribute.</summary>
internal static class SpecReader
{
    public static NetworkSpec Read(JsonElement row) => row.GetProperty("family").GetString() switch
    {
        "ResNet" => new ResNetSpec
        {
            Depth = Integer(row, "depth"),
            Stages = row.TryGetProperty("stages", out JsonElement stages)
                ? stages.EnumerateArray().Select(stage => stage.GetInt32()).ToEquatableArray()
                : null,
            Block = Option<Block>(row, "block"),
            Shortcut = Option<Shortcut>(row, "shortcut"),
            Unit = Option<Unit>(row, "unit"),
            Stride = Option<StridePlacement>(row, "stride"),
            Groups = Integer(row, "groups"),
            WidthPerGroup = Integer(row, "widthPerGroup"),
            ProjectionBatchNorm = Flag(row, "projectionBatchNorm"),
            SqueezeExcitation = Integer(row, "squeezeExcitation"),
        },
        "CifarResNet" => new CifarResNetSpec
        {
            Depth = Integer(row, "depth"),
            Block = Option<Block>(row, "block"),
            Shortcut = Option<Shortcut>(row, "shortcut"),
            Unit = Option<Unit>(row, "unit"),
            Skip = Option<Skip>(row, "skip"),
            Classes = Integer(row, "classes"),
        },
        "PlainNet" => new PlainNetSpec { Depth = Integer(row, "depth") },
        "CifarPlainNet" => new CifarPlainNetSpec { Depth = Integer(row, "depth"), Classes = Integer(row, "classes") },
        "Vgg" => new VggSpec { Depth = Integer(row, "depth"), BatchNorm = Flag(row, "batchNorm") },
        string family => throw new InvalidOperationException($"counts.json names an unknown family '{family}'."),
        null => throw new InvalidOperationException("counts.json has a row without family."),
    };

    private static int? Integer(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;

    private static bool? Flag(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetBoolean() : null;

    private static T? Option<T>(JsonElement row, string name)
        where T : struct, Enum => row.TryGetProperty(name, out JsonElement value) ? Enum.Parse<T>(value.GetString()!) : null;
}
