using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Generators.Emission.Classes;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>What every part of the emitter prints from.</summary>
internal sealed class EmitContext
{
    private readonly Dictionary<string, Lazy<ModuleClass>> _classes = new(StringComparer.Ordinal);

    public EmitContext(NetworkModel model)
    {
        Model = model;
        Network = model.Spec.Build();
        IReadOnlyList<CollectedClass> collected = ClassCollector.Collect(Network);
        Names = new Names(model.TakenNames, new HashSet<string>(model.Declared.Select(each => each.ClassName), StringComparer.Ordinal));
        foreach (CollectedClass each in collected)
            _classes[each.Name] = new Lazy<ModuleClass>(() => new ModuleClass(each, Declared(each.Name), Network, Names, Class));

        Classes = [.. collected.Select(each => Class(each.Name))];
    }

    /// <summary>The declaration.</summary>
    public NetworkModel Model { get; }

    /// <summary>The network, with every shape and count.</summary>
    public NetworkArchitecture Network { get; }

    /// <summary>How names are written.</summary>
    public Names Names { get; }

    /// <summary>The classes to print: the network's own first, then those of its blocks and branches.</summary>
    public IReadOnlyList<ModuleClass> Classes { get; }

    /// <summary>The network's own class.</summary>
    public ModuleClass Root => Classes[0];

    /// <summary>The classes nested right inside another.</summary>
    public IEnumerable<ModuleClass> Inside(string name) => Classes.Where(each =>
        each.Name.Length > 0 && (name.Length == 0 ? !each.Name.Contains('.') : Parent(each.Name) == name));

    /// <summary>A number with digit separators: 60_192_808.</summary>
    public static string Separated(long number) =>
        number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');

    private static string Parent(string name) => name.LastIndexOf('.') is >= 0 and var dot ? name.Substring(0, dot) : "";

    private ModuleClass Class(string name) => _classes[name].Value;

    private DeclaredClass? Declared(string name) => Model.Declared.FirstOrDefault(each => each.ClassName == name);
}
