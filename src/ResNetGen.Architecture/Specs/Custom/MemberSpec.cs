namespace ResNetGen.Architecture;

/// <summary>A layer where it is declared: a property of a network of one's own, or of one of its branches.</summary>
/// <param name="Name">The property, e.g. <c>Stem</c>.</param>
/// <param name="Layer">What its attribute says.</param>
public sealed record MemberSpec(string Name, LayerSpec Layer)
{
    /// <summary>What <see cref="From"/> says for the input of the network or of the branch.</summary>
    public const string Input = "input";

    /// <summary>The members whose outputs it takes, or <see cref="Input"/>; empty for the member before it.</summary>
    public EquatableArray<string> From { get; init; }

    /// <summary>Whether its output is a feature map that others may want.</summary>
    public bool IsTap { get; init; }

    /// <summary>Its segment of state_dict keys: its name in snake case.</summary>
    public string Key => SnakeCase.Of(Name);
}

/// <summary>A branch of residuals, with layers of its own.</summary>
/// <param name="ClassName">The names of the classes from below the network down to it, joined by dots: <c>Down</c>, <c>Down.Squeeze</c>.</param>
/// <param name="Members">Its layers in declaration order.</param>
public sealed record BranchSpec(string ClassName, EquatableArray<MemberSpec> Members);
