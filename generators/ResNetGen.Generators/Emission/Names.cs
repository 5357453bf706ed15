using System.Text;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>
/// How generated code writes the names of others: short, as a person would, and with all of its namespace where the
/// short name means something else at the network's place.
/// </summary>
internal sealed class Names(EquatableArray<string> taken, ISet<string> declared)
{
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>Every short name that generated code may use, with what it stands for there.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Used => NameTable.All;

    /// <summary>The names of the nested types that generated code may declare.</summary>
    public static IEnumerable<string> Declared => ["BasicBlock", "BottleneckBlock", "FeatureMaps", "SingleLayerBlock"];

    /// <summary>The namespaces of the names that were asked for, in ordinal order.</summary>
    public IEnumerable<string> Namespaces => _namespaces.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary><c>torch.Tensor</c>.</summary>
    public string Tensor => this["torch"] + ".Tensor";

    /// <summary>The base class of every generated module.</summary>
    public string Module => $"{this["torch"]}.nn.Module<{Tensor}, {Tensor}>";

    /// <summary>A type or enum of someone else's.</summary>
    public string this[string name]
    {
        get
        {
            string meaning = NameTable.Meaning(name);
            if (taken.Contains(name))
                return "global::" + meaning;

            _namespaces.Add(meaning.Substring(0, meaning.LastIndexOf('.')));
            return name;
        }
    }

    /// <summary>Notes that an extension method of a namespace is called.</summary>
    public void UseNamespace(string name) => _namespaces.Add(name);

    /// <summary>
    /// The name of a nested class of the network's, which the user's part of the class must not have as well. A bottleneck's
    /// is not <c>Bottleneck</c>: that would hide <c>Block.Bottleneck</c> in the attribute of the very class it is nested in.
    /// </summary>
    public string Class(string name) => taken.Contains(name) && !declared.Contains(name) ? "Generated" + name : name;

    /// <summary>The property of a child: <c>Conv1</c> for <c>conv1</c>.</summary>
    public static string Property(string key)
    {
        if (key is "maxpool" or "avgpool")
            return key == "maxpool" ? "MaxPool" : "AvgPool";

        var name = new StringBuilder();
        foreach (string word in key.Split('_'))
            name.Append(word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word.Substring(1));

        return char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }

    /// <summary>The field behind a property: <c>_stem</c> for <c>Stem</c>.</summary>
    public static string Field(string property)
    {
        string bare = property.TrimStart('@');
        return "_" + char.ToLowerInvariant(bare[0]) + bare.Substring(1);
    }

    /// <summary>A local variable for what a property's module gives: <c>stem</c> for <c>Stem</c>.</summary>
    public static string Local(string property)
    {
        string bare = property.TrimStart('@');
        string name = char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        return Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;
    }
}
