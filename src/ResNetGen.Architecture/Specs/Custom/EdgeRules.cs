namespace ResNetGen.Architecture;

/// <summary>Who takes whose output: every name is one of an earlier layer, every output is taken, and every branch is used.</summary>
internal static class EdgeRules
{
    public static IEnumerable<Problem> Check(CustomNetworkSpec spec) =>
    [
        .. Sources("", spec.Members),
        .. spec.Branches.SelectMany(branch => Sources(branch.ClassName, branch.Members)),
        // Two branches within each other are one mistake.
        .. Recursions(spec).Take(1),
        .. Unused(spec),
    ];

    private static IEnumerable<Problem> Sources(string className, EquatableArray<MemberSpec> members)
    {
        List<string> before = [];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        bool broken = false;
        foreach (MemberSpec member in members)
        {
            var place = new LayerPlace(className, "", member);
            string earlier = string.Join(", ", before);
            foreach (string name in member.From.Where(name => name != MemberSpec.Input && !before.Contains(name)))
            {
                ProblemKind kind = members.Any(each => each.Name == name) ? ProblemKind.SourceNotEarlier : ProblemKind.SourceUnknown;
                yield return place.Problem(kind, "From", name, earlier);
                broken = true;
            }

            if (member.Layer is JoinSpec && member.From.Count < 2)
            {
                yield return place.Problem(ProblemKind.JoinNeedsTwo, "From", LayerPlace.Text(member.From.Count), earlier);
                broken = true;
            }

            taken.UnionWith(member.From.Count > 0 ? member.From : before.Skip(before.Count - 1));
            before.Add(member.Name);
        }

        // A wrong name leaves the layer that was meant without a reader: that is the same mistake.
        for (int i = 0; i + 1 < members.Count && !broken; i++)
            if (!taken.Contains(members[i].Name))
                yield return new LayerPlace(className, "", members[i]).Problem(ProblemKind.LayerUnused, "", members[i].Name, members[i + 1].Name);
    }

    private static IEnumerable<Problem> Recursions(CustomNetworkSpec spec) =>
        from branch in spec.Branches
        from member in branch.Members
        where member.Layer is ResidualSpec residual && Reaches(spec, residual.Branch, branch.ClassName, [])
        select new LayerPlace(branch.ClassName, "", member).Problem(ProblemKind.BranchInItself, "", branch.ClassName);

    private static bool Reaches(CustomNetworkSpec spec, string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && BranchesIn(spec, from).Any(next => Reaches(spec, next, to, seen)));

    private static IEnumerable<string> BranchesIn(CustomNetworkSpec spec, string className) =>
        spec.Branches.Where(branch => branch.ClassName == className).SelectMany(branch => branch.Members)
            .Select(member => member.Layer).OfType<ResidualSpec>().Select(residual => residual.Branch);

    private static IEnumerable<Problem> Unused(CustomNetworkSpec spec)
    {
        var used = new HashSet<string>(
            spec.Members.Concat(spec.Branches.SelectMany(branch => branch.Members))
                .Select(member => member.Layer).OfType<ResidualSpec>().Select(residual => residual.Branch),
            StringComparer.Ordinal);
        return spec.Branches.Where(branch => !used.Contains(branch.ClassName))
            .Select(branch => new Problem(ProblemKind.BranchUnused, "", [branch.ClassName]) { Layer = branch.ClassName });
    }
}
