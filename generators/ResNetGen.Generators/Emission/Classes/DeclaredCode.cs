using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How the layers that only a network of one's own has are written: joined forms, residuals as modules, joins.</summary>
internal static class DeclaredCode
{
    public static string Make(Slot slot, CodeContext code) => slot.Sample switch
    {
        Joined joined => $"new {code.Names[joined.Kind]}({string.Join(", ", Arguments(slot, joined, code))})",
        Residual residual => Sum(slot, residual, code),
        Join join => $"new {code.Names["Join"]}({code.Names["Merge"]}.{join.Merge})",
        _ => throw new InvalidOperationException($"No code makes a {slot.Sample.GetType().Name}."),
    };

    /// <summary>A list of equal modules that are no class of the generator's.</summary>
    public static string Repeat(Slot slot, Blocks blocks, CodeContext code)
    {
        code.Names.UseNamespace("System.Linq");
        string type = LayerCode.Type(blocks.Runs[0].Body, code.Names);
        return FormattableString.Invariant(
            $"new {code.Names["ModuleList"]}<{type}>([.. Enumerable.Range(0, {blocks.Count}).Select(_ => {LayerCode.Make(slot.Elements[0], code)})])");
    }

    private static IEnumerable<string> Arguments(Slot slot, Joined joined, CodeContext code)
    {
        if (slot.Elements.FirstOrDefault(element => element.Sample is Conv2d) is { } convolution)
        {
            List<string> arguments = ConvolutionCode.Arguments(convolution, code, kernel: "", usuallyBiased: joined.Kind == "ConvReLU");
            if (joined.Kind == "BatchNormReLUConv" && code.Recompute == Recompute.Normalisation)
                arguments.Add("recompute: true");

            return arguments;
        }

        // The pooling has nothing to tell, a normalisation its channels.
        return slot.Elements.Where(element => element.Sample is BatchNorm2d).Select(code.InChannels);
    }

    private static string Sum(Slot slot, Residual residual, CodeContext code)
    {
        ResidualSlots parts = slot.Residual!;
        List<string> arguments = [LayerCode.Make(parts.Branch, code)];
        if (parts.Shortcut is { } shortcut)
            arguments.Add(LayerCode.Make(shortcut, code));
        if (residual.After is null)
            arguments.Add("relu: false");
        if (code.AddsInPlace(residual))
            arguments.Add("overwrite: true");

        return $"new {LayerCode.Type(residual, code.Names)}({string.Join(", ", arguments)})";
    }
}
