using System.Globalization;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Emission;

/// <summary>What stands around every generated class: the file's head, the namespace, the types around it.</summary>
internal static class Frame
{
    /// <summary>The module that every network is.</summary>
    public const string Module = "global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>";

    /// <summary>Opens the namespace and the containing types, without their modifiers.</summary>
    public static SourceWriter Open(NetworkModel network)
    {
        SourceWriter writer = new();
        if (network.Namespace.Length > 0)
            writer.Write($"namespace {network.Namespace};").Line();
        foreach (ContainingType type in network.ContainingTypes)
            writer.Open($"partial {type.Keyword} {type.Identifier}");
        return writer;
    }

    /// <summary>Closes what <see cref="Open"/> opened and gives the whole text, with the file's head and its using directives.</summary>
    public static string Close(SourceWriter writer, NetworkModel network, string head, string usings)
    {
        for (int i = 0; i < network.ContainingTypes.Count; i++)
            writer.Close();
        return $"{head}\n#nullable enable\n\n{usings}{(usings.Length > 0 ? "\n" : "")}{writer}";
    }

    /// <summary>A C# string literal.</summary>
    public static string Quote(string value)
    {
        System.Text.StringBuilder text = new("\"");
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                < ' ' or '\u0085' or '\u2028' or '\u2029' =>
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }
        return text.Append('"').ToString();
    }
}
