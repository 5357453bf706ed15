using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How a list of blocks is written: as a loop, whatever its length.</summary>
internal static class BlocksCode
{
    public static string Make(Slot slot, CodeContext code)
    {
        var blocks = (Blocks)slot.Sample;
        if (blocks.Runs[0].Body is not Instance { ClassName: var name })
            return DeclaredCode.Repeat(slot, blocks, code);

        ModuleClass block = code.Class(name);
        StageCall call = StageCall.Of(block, blocks, slot.Inputs[0]);
        string arguments = string.Concat(block.StageRule!.Arguments(call).Select(argument => $", {argument}"));
        return FormattableString.Invariant($"{code.Names.Class(name)}.Stage({blocks.Count}{arguments})");
    }
}
