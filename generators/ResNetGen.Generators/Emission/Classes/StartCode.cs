using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>First values of a child that are neither torch's nor those that the network gives to all layers of a kind.</summary>
internal static class StartCode
{
    public static IEnumerable<string> Of(Slot slot, string child, CodeContext code)
    {
        string init = code.Names["torch"] + ".nn.init";
        if (slot.Sample is BatchNorm2d { StartsAtZero: true })
            yield return $"{init}.zeros_({child}.weight!);";

        // Only the layers of this child: those beside it may be another network's.
        if (slot.Sample is Sequence sequence && sequence.Layers.OfType<Linear>().FirstOrDefault() is { WeightDeviation: { } deviation })
            yield return $$"""
                foreach ({{code.Names["torch"]}}.nn.Module module in {{child}}.modules())
                {
                    if (module is {{code.Names["Linear"]}} linear)
                        {{init}}.normal_(linear.weight, mean: 0, std: {{ParameterSet.Literal(deviation)}});
                }
                """;
    }
}
