namespace ResNetGen.Generators.Emission.Forward;

/// <summary>The local variables of one method.</summary>
internal sealed class Variables(SourceWriter writer, string tensor)
{
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal) { "input" };

    /// <summary>Writes an expression into a variable, which is declared where it is new.</summary>
    public Flow Assign(string name, Flow value)
    {
        // A loop stands apart from what follows it.
        if (LoopWriter.Ends(writer))
            writer.Line();

        writer.Write($"{(_declared.Add(name) ? tensor + " " : "")}{name} = {value.Text};");
        return new Flow(name, value.IsOwned) { IsVariable = true };
    }

    /// <summary>The flow as a variable that can be read more than once.</summary>
    public Flow Hold(Flow value, string name = "x") => value.IsVariable ? value with { EndsLine = false } : Assign(name, value);

    /// <summary>A name like this one that no variable has.</summary>
    public string Free(string name)
    {
        string free = name;
        for (int i = 2; _declared.Contains(free); i++)
            free = FormattableString.Invariant($"{name}{i}");

        return free;
    }

    /// <summary>Marks a name as declared by a statement that somebody else writes.</summary>
    public void Declare(string name) => _declared.Add(name);
}
