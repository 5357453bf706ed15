using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>A class that the generator prints: its children, its parameters, and what runs in its forward pass.</summary>
internal sealed class ModuleClass
{
    private readonly CollectedClass _collected;
    private readonly NetworkArchitecture _network;
    private StageRule? _rule;

    public ModuleClass(CollectedClass collected, DeclaredClass? declared, NetworkArchitecture network, Names names, Func<string, ModuleClass> classes)
    {
        _collected = collected;
        _network = network;
        Declared = declared;
        Body = Slot.Lay([.. collected.Instances.Select(each => each.Body)], [.. collected.Instances.Select(each => each.Input)])!;
        Code = new CodeContext(names, Parameters, InPlace.Of(collected, network.IsTapped), network.Recompute, classes);
        Parameters.Know("inChannels", Body.OfInput(shape => shape.Channels), NumberKind.Channels);
        Parameters.Know("channels", new Column(collected.Instances.Select(each => (double?)each.Body.Output(each.Input).Channels)), NumberKind.Channels);
        Children = new ChildCollector(this).Collect();
        PreActivationField = Forward.PreActivation.WithField(this) is { } before
            ? Parameters.Condition(before.Presence, "preActivates")
            : null;
    }

    /// <summary>Its name in the tree; empty for the network itself.</summary>
    public string Name => _collected.Name;

    /// <summary>What the user has declared of it; null where all of it is generated.</summary>
    public DeclaredClass? Declared { get; }

    /// <summary>Its layers.</summary>
    public Slot Body { get; }

    /// <summary>Its constructor's parameters.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>What the code of its layers is written with.</summary>
    public CodeContext Code { get; }

    /// <summary>Its children in registration order.</summary>
    public IReadOnlyList<Child> Children { get; }

    /// <summary>The condition under which an instance activates its input first, where a field has to keep it.</summary>
    public string? PreActivationField { get; }

    /// <summary>How lists of blocks are made of it; null where none are.</summary>
    public StageRule? StageRule => _collected.Lists.Count == 0
        ? null
        : _rule ??= StageRule.Of(this, [.. _collected.Lists.Select(list => StageCall.Of(this, list.Blocks, list.Input))]);

    /// <summary>Which of the class's instances has this body and input.</summary>
    public int IndexOf(Layer body, Shape input) => _collected.Instances.IndexOf(new InstanceOf(body, input));

    /// <summary>The child at a place.</summary>
    public Child ChildAt(Slot slot) => Children.First(child => child.Slot == slot);

    /// <summary>Whether the output of a child is among the network's feature maps.</summary>
    public bool IsTapped(string key) => Name.Length == 0 && _network.Taps.Any(tap => tap.Name == key);

    /// <summary>The shape that leaves an instance, where all of them give the same.</summary>
    public Shape? Output
    {
        get
        {
            Shape[] shapes = [.. _collected.Instances.Select(each => each.Body.Output(each.Input)).Distinct()];
            return shapes.Length == 1 ? shapes[0] : null;
        }
    }

    /// <summary>The shape that reaches an instance, where it is the same for all of them.</summary>
    public Shape? Input
    {
        get
        {
            Shape[] shapes = [.. _collected.Instances.Select(each => each.Input).Distinct()];
            return shapes.Length == 1 ? shapes[0] : null;
        }
    }
}
