namespace ResNetGen.Generators.Emission.Forward;

/// <summary>The tensor that the next layer takes, as code.</summary>
/// <param name="Text">The expression.</param>
/// <param name="IsOwned">Whether the method must release it; the caller's input is not its own.</param>
internal sealed record Flow(string Text, bool IsOwned)
{
    /// <summary>Whether the expression is a variable and can be read again.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether the line is full: the next layer begins another.</summary>
    public bool EndsLine { get; init; }

    /// <summary>A second handle on the same tensor, to be released apart from the first.</summary>
    public Flow Again() => new($"{Text}.alias()", IsOwned: true);

    /// <summary>The call of a module, which releases what it takes where that is ours.</summary>
    public string Through(string module) => IsOwned ? $"{module}.Consume({Text})" : $"{module}.call({Text})";

    /// <summary>The call of a module together with what follows it, in one operation: <c>Bn1.ConsumeReLU(x)</c>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="follower">What follows it; empty for nothing, where the module's own work is an operation of ours (<c>Conv1.Call(x)</c>).</param>
    /// <param name="with">What the call takes besides; null for nothing.</param>
    public string Through(string module, string follower, string? with = null) =>
        $"{module}.{(IsOwned ? "Consume" : "Call")}{follower}({Text}{(with is null ? "" : ", " + with)})";
}
