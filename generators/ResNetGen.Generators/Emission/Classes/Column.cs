namespace ResNetGen.Generators.Emission.Classes;

/// <summary>One number in every instance of a class; null where the instance lacks the layer that it belongs to.</summary>
internal sealed class Column(IEnumerable<double?> values)
{
    private readonly double?[] _values = [.. values];

    /// <summary>The number in an instance.</summary>
    public double? this[int instance] => _values[instance];

    /// <summary>Whether every instance has it.</summary>
    public bool IsWhole => _values.All(value => value is not null);

    /// <summary>The number, where it is the same in every instance that has it.</summary>
    public double? Constant
    {
        get
        {
            double? first = _values.First(value => value is not null);
            return _values.All(value => value is null || value == first) ? first : null;
        }
    }

    /// <summary>Whether the other column holds the same number in every instance that has this one.</summary>
    public bool IsWithin(Column other) =>
        !_values.Where((value, i) => value is not null && value != other._values[i]).Any();
}
