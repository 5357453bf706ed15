using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Models;

namespace ResNetGen.Generators.Parsing;

/// <summary>Reads the classes of a network of one's own: itself, and the branches nested in it.</summary>
internal sealed class CustomReader
{
    private readonly List<BranchSpec> branches = [];
    private readonly List<DeclaredClass> declared = [];
    private readonly List<Finding> findings = [];
    private INamedTypeSymbol? circle;

    /// <param name="network">The class that carries the attribute.</param>
    /// <param name="users">The networks that use it, directly or through others, so that a circle ends.</param>
    private CustomReader(INamedTypeSymbol network, IReadOnlyList<INamedTypeSymbol> users)
    {
        Network = network;
        Users = users;
    }

    /// <summary>The class that carries the attribute.</summary>
    public INamedTypeSymbol Network { get; }

    /// <summary>The networks that use it.</summary>
    public IReadOnlyList<INamedTypeSymbol> Users { get; }

    /// <summary>Whether somebody else already says what is wrong.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads a network's members.</summary>
    public static CustomDeclaration Read(INamedTypeSymbol network, IReadOnlyList<INamedTypeSymbol> users)
    {
        CustomReader reader = new(network, users);
        EquatableArray<MemberSpec> members = reader.Class(network, "");
        reader.Nested(network, "");
        return new CustomDeclaration(
            members, reader.branches.ToEquatableArray(), reader.declared.ToEquatableArray(), reader.findings.ToEquatableArray(), reader.IsBroken)
        {
            Circle = reader.circle,
        };
    }

    /// <summary>The branch that a type argument means: its path below the network, or null where it is none of this network's.</summary>
    public string? BranchOf(INamedTypeSymbol type)
    {
        List<string> path = [];
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(outer, Network))
                return path.Count == 0 ? null : string.Join(".", path);
            if (!IsBranch(outer))
                return null;
            path.Insert(0, outer.Name);
        }
        return null;
    }

    /// <summary>Whether a class carries <c>[Branch]</c>.</summary>
    public static bool IsBranch(INamedTypeSymbol type) => type.GetAttributes().Any(static each => LayerKind.NameOf(each) == "Branch");

    /// <summary>Notes a mistake.</summary>
    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>Notes that this network uses one of those that use it.</summary>
    public void Close(INamedTypeSymbol user) => circle ??= user;

    /// <summary>Notes that somebody else says what is wrong.</summary>
    public void Break() => IsBroken = true;

    private void Nested(INamedTypeSymbol outer, string path)
    {
        foreach (INamedTypeSymbol type in outer.GetTypeMembers().Where(IsBranch))
        {
            string name = path.Length == 0 ? type.Name : path + "." + type.Name;
            // A branch before those in it, so that the emitter opens classes from the outside in.
            int at = branches.Count;
            EquatableArray<MemberSpec> members = Class(type, name);
            branches.Insert(at, new BranchSpec(name, members));
            Nested(type, name);
        }
    }

    private EquatableArray<MemberSpec> Class(INamedTypeSymbol type, string path)
    {
        ISymbol[] layers = [.. type.GetMembers().Where(static member =>
            member is IPropertySymbol or IFieldSymbol && member.GetAttributes().Any(LayerKind.IsLayer))];
        findings.AddRange(MemberRules.Split(type, path, layers));

        List<MemberSpec> members = [];
        List<DeclaredMember> properties = [];
        foreach (ISymbol layer in layers)
        {
            MemberReader reader = new(this, path, layer);
            if (reader.Read() is { } member)
                members.Add(member);
            if (reader.Declared() is { } property)
                properties.Add(property);
        }

        declared.Add(new DeclaredClass(path, SourceText.Identifier(type.Name), properties.ToEquatableArray()));
        return members.ToEquatableArray();
    }
}
