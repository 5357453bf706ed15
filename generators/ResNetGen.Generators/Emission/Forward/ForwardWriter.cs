using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Emission.Classes;

namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes what runs in a class's forward pass; each tensor is released at its last use.</summary>
internal sealed class ForwardWriter
{
    private readonly ModuleClass _owner;
    private readonly SourceWriter _writer;
    private readonly Action<string, Flow, Variables>? _tapped;
    private readonly Variables _variables;

    // The instances that get here: inside an optional part only those that have the part.
    private bool[] _within;

    /// <param name="owner">The class.</param>
    /// <param name="writer">Where the statements go.</param>
    /// <param name="tapped">Told of the output of each child with its key, as a variable; null where nobody wants them.</param>
    public ForwardWriter(ModuleClass owner, SourceWriter writer, Action<string, Flow, Variables>? tapped = null)
    {
        _owner = owner;
        _writer = writer;
        _tapped = tapped;
        _variables = new Variables(writer, owner.Code.Names.Tensor);
        _within = owner.Body.Presence;
    }

    /// <summary>Writes the statements of the class's body and gives its output.</summary>
    public Flow Write() => Run(_owner.Body, new Flow("input", IsOwned: false) { IsVariable = true });

    private Flow Run(Slot slot, Flow flow)
    {
        if (slot.Sample is Graph)
            return new GraphWriter(_owner, _writer, _variables, RunAlone, _tapped).Write(slot, flow);

        Flow output = RunAlone(slot, flow);
        return ChildCollector.IsModule(slot, _owner.Declared) ? Tap(slot, output) : output;
    }

    // What a slot does to the flow, whoever else may want the output.
    private Flow RunAlone(Slot slot, Flow flow)
    {
        if (ChildCollector.IsModule(slot, _owner.Declared))
            return Module(slot, flow);
        if (slot.Residual is { } parts)
            return Residual((Residual)slot.Sample, parts, flow);
        if (slot.Sample is Activation activation)
            return Function(slot, activation, flow);

        return Chain(slot.Elements, flow);
    }

    // What runs as one operation is one call: a normalisation with the ReLU after it, an addition with the normalisation before and
    // the ReLU after it.
    private Flow Chain(IEnumerable<Slot> elements, Flow flow)
    {
        Slot[] slots = [.. elements];
        for (int i = 0; i < slots.Length; i++)
        {
            Slot slot = slots[i];
            Slot? next = i + 1 < slots.Length ? slots[i + 1] : null;
            Slot? last = i + 2 < slots.Length ? slots[i + 2] : null;
            if (next is not null && Fusion.Rectifies(slot.Sample, next.Sample) && !_owner.IsTapped(slot.Sample.Name))
            {
                bool recomputes = last?.Sample is Conv2d && _owner.Code.Recompute == Recompute.Normalisation;
                flow = Rectified(slot, recomputes ? last : null, flow);
                i += recomputes ? 2 : 1;
                if (recomputes)
                    flow = Tap(last!, flow);
            }
            else if (slot.Residual is { } parts && slot.Sample is Residual residual && Fusion.Adds(residual))
            {
                bool rectifies = next?.Sample is Activation { Function: Architecture.Layers.Function.ReLU, IsDeclared: false };
                flow = Residual(residual, parts, flow, rectifies);
                i += rectifies ? 1 : 0;
            }
            else
            {
                flow = Run(slot, flow);
            }
        }

        return flow;
    }

    // With the convolution that takes it where that computes it a second time.
    private Flow Rectified(Slot norm, Slot? convolution, Flow flow)
    {
        if (flow.EndsLine)
            flow = _variables.Hold(flow);

        string module = _owner.ChildAt(norm).Access;
        return convolution is null
            ? new Flow(flow.Through(module, "ReLU"), IsOwned: true) { EndsLine = true }
            : new Flow(flow.Through(module, "ReLUConv", _owner.ChildAt(convolution).Access), IsOwned: true) { EndsLine = true };
    }

    private bool IsOptional(Slot slot) => _within.Where((here, i) => here && slot.Layers[i] is null).Any();

    private Flow Module(Slot slot, Flow flow)
    {
        Child child = _owner.ChildAt(slot);
        if (slot.Sample is Blocks blocks)
            return Loop(child, blocks, flow);

        bool isOptional = IsOptional(slot);
        if (flow.EndsLine || isOptional)
            flow = _variables.Hold(flow);

        string text = slot.Sample.IsBlock && _owner.Code.Recompute == Recompute.Block
            ? $"{child.Access}.Recomputed({(flow.IsOwned ? flow : flow.Again()).Text})"
            : slot.Sample is Conv2d or MaxPool2d ? flow.Through(child.Access, follower: "") : flow.Through(child.Access);
        if (isOptional)
            text = $"{child.Access} is null ? {flow.Text}{(flow.IsOwned ? "" : ".alias()")} : {text}";

        return new Flow(text, IsOwned: true) { EndsLine = isOptional || EndsLine(slot.Sample) };
    }

    private Flow Loop(Child child, Blocks blocks, Flow flow)
    {
        Flow x = flow.IsOwned ? _variables.Hold(flow) : _variables.Assign(_variables.Free("x"), flow.Again());
        return LoopWriter.Write(_writer, LayerCode.Type(blocks.Runs[0].Body, _owner.Code.Names), child.Access, x, _owner.Code.Recompute);
    }

    private Flow Function(Slot slot, Activation activation, Flow flow)
    {
        if (flow.EndsLine)
            flow = _variables.Hold(flow);

        bool inPlace = _owner.Code.WorksInPlace(slot);
        string call = ActivationCode.Call(activation, inPlace);
        if (inPlace || !flow.IsOwned)
            return new Flow($"{flow.Text}.{call}", IsOwned: true) { EndsLine = true };

        // Somebody keeps the tensor for the backward pass: the handle goes, and its storage stays.
        Flow source = _variables.Hold(flow);
        Flow result = _variables.Assign(_variables.Free("activated"), new Flow($"{source.Text}.{call}", IsOwned: true));
        _writer.Write($"{source.Text}.Dispose();");
        return result;
    }

    // Where the sum is one operation with the normalisation that ends the branch, the branch runs up to it.
    private Flow Residual(Residual residual, ResidualSlots parts, Flow flow, bool rectifies = false)
    {
        Slot? norm = Fusion.Adds(residual) ? parts.Branch.Elements[parts.Branch.Elements.Count - 1] : null;
        Flow input = _variables.Hold(flow);
        Flow split = parts.Before is { } before ? Split(before, input) : input with { IsOwned = false };
        bool sharesSplit = parts.Before is not null && parts.Shortcut is not null;
        Flow start = sharesSplit ? split with { IsOwned = false } : split;
        Flow branch = norm is null ? Run(parts.Branch, start) : Chain(parts.Branch.Elements.Where(element => element != norm), start);
        var writer = new SumWriter(_owner, _writer, _variables, Run) { Norm = norm, Rectifies = rectifies };
        Flow sum = writer.Write(residual, parts, input, split, branch, sharesSplit);
        if (input.IsOwned)
        {
            sum = _variables.Assign(_variables.Free("sum"), sum);
            _writer.Write($"{input.Text}.Dispose();");
        }

        return parts.After is { } after ? Run(after, sum) : sum;
    }

    // An instance without a pre-activation goes on with its input; a second handle on it is ours to release.
    private Flow Split(Slot before, Flow input)
    {
        bool isOptional = IsOptional(before);
        bool[] around = _within;
        _within = before.Presence;
        Flow inner = Run(before, input with { IsOwned = false });
        _within = around;
        if (isOptional)
            inner = new Flow($"{PreActivation.Test(_owner, before)} ? {inner.Text} : {input.Text}.alias()", IsOwned: true);

        return _variables.Assign(_variables.Free("activated"), inner);
    }

    private Flow Tap(Slot slot, Flow flow)
    {
        if (_tapped is null || !_owner.IsTapped(slot.Sample.Name))
            return flow;

        Flow held = _variables.Hold(flow);
        _tapped(slot.Sample.Name, held, _variables);
        return held;
    }

    private static bool EndsLine(Layer layer) =>
        layer is MaxPool2d or AvgPool2d or Dropout or Joined or Architecture.Layers.Residual or Instance or Sequence;
}
