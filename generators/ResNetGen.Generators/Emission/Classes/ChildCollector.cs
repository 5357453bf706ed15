using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>Finds the children of a class in registration order. What has no module (ReLU in a family's block) is none.</summary>
internal sealed class ChildCollector(ModuleClass owner)
{
    private readonly List<Child> _children = [];

    public IReadOnlyList<Child> Collect()
    {
        Visit(owner.Body, previous: null);
        return _children;
    }

    /// <summary>Whether a slot is a module of its own and not only a group of others.</summary>
    public static bool IsModule(Slot slot, DeclaredClass? declared) => slot.Sample switch
    {
        Sequence { Name: "" } => false,
        Graph => false,
        Residual residual => residual.IsModule,
        Activation activation => declared is not null && declared.Members.Any(member => member.Key == activation.Name),
        _ => true,
    };

    private void Visit(Slot slot, Slot? previous)
    {
        if (IsModule(slot, owner.Declared))
        {
            Add(slot, previous);
            return;
        }

        if (slot.Residual is { } parts)
        {
            foreach (Slot? part in new[] { parts.Before, parts.Branch, parts.Shortcut, parts.Gate, parts.After })
                if (part is not null)
                    Visit(part, previous: null);

            return;
        }

        foreach (Slot element in slot.Elements)
        {
            // Each node of a graph is a module, an activation too: other nodes name it.
            if (slot.Sample is Graph)
                Add(element, previous);
            else
                Visit(element, previous);

            previous = element;
        }
    }

    private void Add(Slot slot, Slot? previous)
    {
        CodeContext code = owner.Code;
        string key = slot.Sample.Name;
        DeclaredMember? declared = owner.Declared?.Members.FirstOrDefault(member => member.Key == key);
        string property = declared?.Identifier ?? Names.Property(key);
        string condition = slot.IsOptional ? code.Parameters.Condition(slot.Presence, "with" + property) : "";
        string make = LayerCode.Make(slot, code);
        string? normalised = previous is { Sample: Conv2d conv } ? Names.Property(conv.Name) : null;
        _children.Add(new Child(slot, key, property, LayerCode.Type(slot.Sample, code.Names),
            ChildSummary.Of(slot, owner, normalised), declared)
        {
            Make = make,
            Condition = condition,
            Starts = [.. StartCode.Of(slot, declared is null ? property : Names.Field(property), code)],
        });
    }
}
