using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission;

/// <summary>The first values of the weights, for all layers of a kind.</summary>
internal static class InitialisationPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        string torch = context.Names["torch"];
        NetworkArchitecture network = context.Network;
        Leaf[] leaves = [.. network.Root.Leaves(network.Input, "").Select(placed => placed.Layer)];
        if (leaves.OfType<Conv2d>().Any())
            WriteConvolutions(writer, context, torch, leaves);

        WriteBiases(writer, context, torch);
        foreach (Child child in context.Root.Children.Where(child => child.Slot.Sample is Linear))
            writer.Write($"{torch}.nn.init.zeros_({child.Target}.bias!);");
    }

    private static void WriteConvolutions(SourceWriter writer, EmitContext context, string torch, Leaf[] leaves)
    {
        writer.Write("""
            // He initialisation (arXiv 1502.01852): variance 2 / fan-out. Batch normalisation starts as scale 1, offset 0.
            """);
        writer.Open($"foreach ({torch}.nn.Module module in modules())");
        writer.Open($"if (module is {context.Names["Conv2d"]} convolution)");
        writer.Write($"""
            {torch}.nn.init.kaiming_normal_(
                convolution.weight,
                mode: {torch}.nn.init.FanInOut.FanOut,
                nonlinearity: {torch}.nn.init.NonlinearityType.ReLU);
            """);
        if (leaves.OfType<Conv2d>().Any(convolution => convolution.Bias))
            writer.Write($$"""
                if (convolution.bias is { } bias)
                    {{torch}}.nn.init.zeros_(bias);
                """);

        writer.Close();
        if (HasInnerLinear(context, leaves))
        {
            writer.Open($"else if (module is {context.Names["Linear"]} linear)");
            writer.Write($"{torch}.nn.init.zeros_(linear.bias!);");
            writer.Close();
        }

        writer.Close().Line();
    }

    // After the loop over all modules, which meets a block before its convolutions.
    private static void WriteBiases(SourceWriter writer, EmitContext context, string torch)
    {
        foreach (ModuleClass each in context.Classes)
        {
            foreach (Child child in each.Children.Where(child => child.Slot.Sample is Conv2d { Bias: true, BiasStart: not 0 }))
            {
                string start = ParameterSet.Literal(((Conv2d)child.Slot.Sample).BiasStart);
                writer.Open($"foreach ({torch}.nn.Module module in modules())");
                writer.Open($"if (module is {context.Names.Class(each.Name)} block)");
                writer.Write($"{torch}.nn.init.constant_(block.{child.Property}.bias!, {start});");
                writer.Close();
                writer.Close().Line();
            }
        }
    }

    private static bool HasInnerLinear(EmitContext context, Leaf[] leaves) =>
        leaves.OfType<Linear>().Count() > context.Root.Children.Count(child => child.Slot.Sample is Linear);
}
