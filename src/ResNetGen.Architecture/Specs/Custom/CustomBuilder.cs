using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>
/// Builds the tree of a network of one's own and follows the shapes along it. Ends at the first layer that cannot take what
/// reaches it, with <see cref="Problem"/> set.
/// </summary>
internal sealed class CustomBuilder(CustomNetworkSpec spec)
{
    /// <summary>Why there is no tree.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The whole network, or null where something does not fit.</summary>
    public Sequence? Root() => Body("", spec.Members, spec.Input, "", null) switch
    {
        Sequence sequence => sequence,
        { } graph => new Sequence("", [graph]),
        null => null,
    };

    /// <summary>The layers of a branch, or null where something does not fit.</summary>
    /// <param name="branch">Its class.</param>
    /// <param name="input">The shape that reaches it.</param>
    /// <param name="residual">Where it is used.</param>
    /// <param name="giver">The layer that gives the shape, or null for the network's input.</param>
    public Layer? Branch(string branch, Shape input, LayerPlace residual, string? giver) => Body(
        branch, spec.Branches.Single(each => each.ClassName == branch).Members, input, residual.Path + " -> ", giver);

    /// <summary>The last layer of a branch, which gives its output.</summary>
    public string LastOf(string branch) => $"{branch}.{spec.Branches.Single(each => each.ClassName == branch).Members.Last().Name}";

    /// <summary>Notes why there is no tree.</summary>
    public Layer? Fail(Problem problem, params string?[] related)
    {
        Problem = problem with { Related = related.OfType<string>().Distinct().ToEquatableArray() };
        return null;
    }

    private Layer? Body(string className, EquatableArray<MemberSpec> members, Shape input, string trail, string? giver)
    {
        List<Node> nodes = [];
        var known = new Dictionary<string, Source>(StringComparer.Ordinal) { [MemberSpec.Input] = new(Node.Input, input, giver) };
        string before = MemberSpec.Input;
        for (int i = 0; i < members.Count; i++)
        {
            MemberSpec member = members[i];
            // "From the one before" is what not writing it means.
            bool plain = member.From.Count == 0 || (member.From.Count == 1 && member.From[0] == before);
            Source[] sources = plain ? [known[before]] : [.. member.From.Select(name => known[name])];
            var place = new LayerPlace(className, trail, member);
            if (new LayerFactory(this, place, sources, IsNormalised(members, i)).Make() is not { } layer)
                return null;

            nodes.Add(new Node(layer, plain ? [] : sources.Select(source => source.Key).ToEquatableArray()));
            Shape output = layer is Join join
                ? join.Output(sources.Select(source => source.Shape).ToEquatableArray())
                : layer.Output(sources[0].Shape);
            known[member.Name] = new Source(member.Key, output, place.Id);
            before = member.Name;
        }

        return nodes.All(node => node.From.Count == 0)
            ? new Sequence("", nodes.Select(node => node.Layer).ToEquatableArray())
            : new Graph("", nodes.ToEquatableArray());
    }

    // Whether a batch normalisation takes the output, and nobody else.
    internal static bool IsNormalised(EquatableArray<MemberSpec> members, int index)
    {
        string name = members[index].Name;
        MemberSpec[] readers =
        [
            .. members.Where((member, i) => member.From.Count == 0 ? i == index + 1 : member.From.Contains(name)),
        ];
        return readers.Length == 1 && readers[0].Layer
            is PlainLayerSpec { Kind: PlainLayer.BatchNorm or PlainLayer.BatchNormReLU } or ConvSpec { Form: ConvForm.BatchNormReLUConv };
    }
}

/// <summary>What a layer takes.</summary>
/// <param name="Key">Name of the layer in the tree.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="Id">The member, or null for the network's input.</param>
internal sealed record Source(string Key, Shape Shape, string? Id);
