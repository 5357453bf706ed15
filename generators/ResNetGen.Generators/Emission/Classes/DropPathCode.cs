using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How the rate of drop path is written: it grows from block to block, so that the loop over a stage's blocks counts it up.</summary>
internal static class DropPathCode
{
    public static string Rate(Slot slot, CodeContext code)
    {
        var path = (DropPath)slot.Sample;
        return path.Step == 0
            ? ParameterSet.Literal(path.Rate)
            : code.Parameters.Grow("dropRate", slot.Of<DropPath>(layer => layer.Rate), NumberKind.Rate, path.Step);
    }
}
