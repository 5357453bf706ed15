using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>What the code of a class's layers is written with: the names, the class's parameters, and the other classes.</summary>
internal sealed class CodeContext(Names names, ParameterSet parameters, ISet<Layer> inPlace, Recompute recompute, Func<string, ModuleClass> classes)
{
    public Names Names => names;

    public ParameterSet Parameters => parameters;

    /// <summary><c>torch.nn</c>.</summary>
    public string Nn => names["torch"] + ".nn";

    /// <summary>What training computes a second time.</summary>
    public Recompute Recompute => recompute;

    /// <summary>Another class of the network.</summary>
    public ModuleClass Class(string name) => classes(name);

    /// <summary>Whether a layer may write over what reaches it.</summary>
    public bool WorksInPlace(Slot slot) => slot.Layers.All(layer => layer is null || inPlace.Contains(layer));

    /// <summary>Whether the sum of a residual may be written over its branch.</summary>
    public bool AddsInPlace(Residual residual) => inPlace.Contains(residual);

    public string Number<T>(Slot slot, Func<T, double> number, NumberKind kind)
        where T : Layer => parameters.Of(slot.Of(number), kind);

    public string InChannels(Slot slot) => parameters.Of(slot.OfInput(shape => shape.Channels), NumberKind.Channels);

    /// <summary>Adds a named argument, unless it is what the callee has as its default.</summary>
    public void Add(List<string> arguments, string name, string value, string usual)
    {
        if (value != usual)
            arguments.Add($"{name}: {value}");
    }

    /// <summary>The arguments of an instance's constructor. An instance inside a class with instances of its own has constant ones.</summary>
    public string Arguments(Slot slot)
    {
        ModuleClass other = Class(((Instance)slot.Sample).ClassName);
        int?[] indices = [.. slot.Layers.Select((layer, i) => layer is Instance instance ? other.IndexOf(instance.Body, slot.Inputs[i]) : (int?)null)];
        return string.Join(", ", other.Parameters.Used.Select(parameter =>
        {
            var column = new Column(indices.Select(index => index is { } at ? parameter.Column[at] : null));
            string value = parameters.Of(column, parameter.Kind);
            return $"{parameter.Name}: {(parameter.Kind == NumberKind.Flag && value is "0" or "1" ? value == "1" ? "true" : "false" : value)}";
        }));
    }
}
