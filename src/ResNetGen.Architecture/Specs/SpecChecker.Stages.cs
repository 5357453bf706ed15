using System.Globalization;

namespace ResNetGen.Architecture;

/// <content>Options of a network's stages.</content>
internal sealed partial class SpecChecker
{
    public void Range(string argument, double? value, double least, double most)
    {
        // NaN lies in no range.
        if (value is { } given && !(given >= least && given <= most))
            Add(ProblemKind.ValueOutOfRange, argument, Property(argument), Text(given), Text(least), Text(most));
    }

    /// <summary>One width a stage, none so wide that a count could overflow, none so narrow that a bottleneck has no channels.</summary>
    public void Widths(EquatableArray<int>? widths, int stages, Block block, int groups, int widthPerGroup)
    {
        if (widths is not { } given)
            return;

        if (given.Count != stages)
        {
            Add(ProblemKind.ValueOutOfRange, "Widths", "Widths.Length", Text(given.Count), Text(stages), Text(stages));
            return;
        }

        int least = block == Block.Bottleneck ? (63 + widthPerGroup) / widthPerGroup : 1;
        foreach (int width in given)
        {
            if (width < least || width > Limits.FreeWidth)
            {
                Add(ProblemKind.ValueOutOfRange, "Widths", "Widths", Text(width), Text(least), Text(Limits.FreeWidth));
                return;
            }
        }

        long widest = StageLayout.BottleneckWidth(given.Max(), groups, widthPerGroup);
        if (block == Block.Bottleneck && widest > Limits.FreeWidth)
            Add(ProblemKind.ValueOutOfRange, "Widths", "width of the 3×3 convolutions",
                widest.ToString(CultureInfo.InvariantCulture), "1", Text(Limits.FreeWidth));
    }

    /// <summary>8, 16 or 32 pixels, and no more than the network strides anyway.</summary>
    public void OutputStride(int? value, int stem, int stages)
    {
        if (value is not { } given)
            return;

        int natural = stem << (stages - 1);
        if (given is not (8 or 16 or 32))
            Add(ProblemKind.ValueOutOfRange, "OutputStride", "OutputStride", Text(given), "8, 16, 32", "");
        else if (stages > Limits.DilatedStages)
            Meaning("OutputStride", Text(given), $"a network of {Text(stages)} stages", $"{Text(Limits.DilatedStages)} stages or fewer");
        else if (given > natural)
            Meaning("OutputStride", Text(given), $"a network that strides {Text(natural)} pixels in all", $"OutputStride = {Text(natural)} or less");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
