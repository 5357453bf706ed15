using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>
/// How generated code writes the names of others: short, as a person would, and with all of its namespace where the
/// short name means something else at the network's place.
/// </summary>
internal sealed class Names(EquatableArray<string> taken)
{
    // Short name to what it stands for. The parser looks each of them up.
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["ArgumentException"] = "System.ArgumentException",
        ["Block"] = "ResNetGen.Block",
        ["INetwork"] = "ResNetGen.INetwork",
        ["Shortcut"] = "ResNetGen.Shortcut",
        ["Stem"] = "ResNetGen.Stem",
        ["StridePlacement"] = "ResNetGen.StridePlacement",
        ["ZeroPadding"] = "ResNetGen.ZeroPadding",
        ["CifarPlainNetSpec"] = "ResNetGen.Architecture.CifarPlainNetSpec",
        ["CifarResNetSpec"] = "ResNetGen.Architecture.CifarResNetSpec",
        ["NetworkArchitecture"] = "ResNetGen.Architecture.NetworkArchitecture",
        ["PlainNetSpec"] = "ResNetGen.Architecture.PlainNetSpec",
        ["ResNetSpec"] = "ResNetGen.Architecture.ResNetSpec",
        ["ZeroPadShortcut"] = "ResNetGen.Modules.ZeroPadShortcut",
        ["torch"] = "TorchSharp.torch",
        ["AdaptiveAvgPool2d"] = "TorchSharp.Modules.AdaptiveAvgPool2d",
        ["BatchNorm2d"] = "TorchSharp.Modules.BatchNorm2d",
        ["Conv2d"] = "TorchSharp.Modules.Conv2d",
        ["Flatten"] = "TorchSharp.Modules.Flatten",
        ["Linear"] = "TorchSharp.Modules.Linear",
        ["MaxPool2d"] = "TorchSharp.Modules.MaxPool2d",
        ["ModuleList"] = "TorchSharp.Modules.ModuleList",
        ["Sequential"] = "TorchSharp.Modules.Sequential",
    };

    /// <summary>Every short name that generated code may use, with what it stands for there.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Used => Meanings.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The names of the nested types that generated code may declare.</summary>
    public static IEnumerable<string> Declared => ["BasicBlock", "BottleneckBlock"];

    /// <summary>A type or enum of someone else's.</summary>
    public string this[string name] => taken.Contains(name) ? "global::" + Meanings[name] : name;

    /// <summary><c>torch.Tensor</c>.</summary>
    public string Tensor => this["torch"] + ".Tensor";

    /// <summary>The base class of every generated module.</summary>
    public string Module => $"{this["torch"]}.nn.Module<{Tensor}, {Tensor}>";

    /// <summary>
    /// The name of the nested block class, which the user's part of the class must not have as well. It is not
    /// <c>Bottleneck</c>: that would hide <c>Block.Bottleneck</c> in the attribute of the very class it is nested in.
    /// </summary>
    public string BlockClass(Block block)
    {
        string name = block == Block.Bottleneck ? "BottleneckBlock" : "BasicBlock";
        return taken.Contains(name) ? "Generated" + name : name;
    }
}
