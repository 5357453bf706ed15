using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes the shortcut and its addition to the branch.</summary>
internal sealed class SumWriter(ModuleClass owner, SourceWriter writer, Variables variables, Func<Slot, Flow, Flow> run)
{
    /// <summary>The normalisation that ends the branch and adds the shortcut in one operation; null where the sum stands alone.</summary>
    public Slot? Norm { get; init; }

    /// <summary>Whether that operation rectifies the sum as well.</summary>
    public bool Rectifies { get; init; }

    /// <param name="residual">What is added, and how.</param>
    /// <param name="parts">The layers of both sides.</param>
    /// <param name="input">What reaches the residual.</param>
    /// <param name="split">What the branch and the shortcut's layers take.</param>
    /// <param name="branch">What the branch gives.</param>
    /// <param name="releasesSplit">Whether nobody else releases what was split.</param>
    public Flow Write(Residual residual, ResidualSlots parts, Flow input, Flow split, Flow branch, bool releasesSplit)
    {
        string shortcut = input.Text;
        if (Norm is not null && parts is { Before: null, Shortcut: { Sample: ZeroPadShortcut } padding })
        {
            shortcut = $"{input.Text}, {owner.ChildAt(padding).Access}";
        }
        else if (parts.Shortcut is { } slot)
        {
            // Layers that are no single module run in x, which must not be the branch by then.
            branch = IsOneModule(slot) ? variables.Hold(branch) : variables.Assign(variables.Free("branch"), branch);
            shortcut = Shortcut(slot, input, split);
            if (releasesSplit)
                writer.Write($"{split.Text}.Dispose();");
        }

        return new Flow(Sum(residual, parts, branch, shortcut, input), IsOwned: true);
    }

    private string Shortcut(Slot slot, Flow input, Flow split)
    {
        string tensor = owner.Code.Names.Tensor;
        string name = variables.Free("shortcut");
        variables.Declare(name);
        if (slot.IsOptional && IsOneModule(slot))
        {
            writer.Write($"using {tensor}? {name} = {owner.ChildAt(slot).Access}?.{Call(slot)}({split.Text});");
            return $"{name} ?? {input.Text}";
        }

        Flow flow = run(slot, split with { IsOwned = false, IsVariable = true });
        writer.Write($"using {tensor} {name} = {flow.Text};");
        return name;
    }

    private static string Call(Slot slot) => slot.Sample is Conv2d or MaxPool2d ? "Call" : "call";

    private bool IsOneModule(Slot slot) => ChildCollector.IsModule(slot, owner.Declared);

    private string Sum(Residual residual, ResidualSlots parts, Flow branch, string shortcut, Flow input)
    {
        if (parts.Gate is { } gate)
        {
            string kind = residual.GatesBranch ? "Exclusive" : "ShortcutOnly";
            return $"{owner.Code.Names["Gating"]}.{kind}({branch.Text}, {shortcut}, {owner.ChildAt(gate).Access}.{Call(gate)}({input.Text}))";
        }

        if (Norm is { } norm)
            return $"{owner.ChildAt(norm).Access}.ConsumeAdd{(Rectifies ? "ReLU" : "")}({branch.Text}, {shortcut})";

        string alpha = residual.ShortcutScale == 1 ? "" : $", alpha: {ParameterSet.Literal(residual.ShortcutScale)}";
        string scale = residual.BranchScale == 1 ? "" : ParameterSet.Literal(residual.BranchScale);
        // An addition in place would overwrite what the branch's last layer keeps for its backward pass.
        return owner.Code.AddsInPlace(residual)
            ? $"{branch.Text}{(scale.Length == 0 ? "" : $".mul_({scale})")}.add_({shortcut}{alpha})"
            : $"{branch.Text}.Plus({shortcut}{alpha}{(scale.Length == 0 ? "" : $", scale: {scale}")})";
    }
}
