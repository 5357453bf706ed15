using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How the layers that only a network of one's own has are written: joined forms, residuals as modules, joins.</summary>
internal static class DeclaredCode
{
    public static string Make(Slot slot, CodeContext code) => throw new InvalidOperationException($"No code makes a {slot.Sample.GetType().Name}.");

    /// <summary>A list of equal modules that are no class of the generator's.</summary>
    public static string Repeat(Blocks blocks, Shape input, CodeContext code) => throw new InvalidOperationException($"No code repeats '{blocks.Name}'.");
}
