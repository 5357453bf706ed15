using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Fixes;
using ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Diagnostics;

/// <summary>Turns what is wrong with a network of one's own into one of our messages.</summary>
internal static class CustomWording
{
    /// <summary>The message for a problem, or null where it is none of these networks' own.</summary>
    public static Finding? Word(NetworkSpec spec, Problem problem)
    {
        EquatableArray<string> found = problem.Details;
        return problem.Kind switch
        {
            ProblemKind.InputSizeMissing => Finding(Descriptors.InputSizeMissing, found[0]),
            ProblemKind.NoLayers => Finding(Descriptors.NoLayers, found[0]) with { Place = Name(problem) },
            ProblemKind.KeyTaken => Finding(Descriptors.KeyTaken, found[0], found[1], found[2]) with { Place = Name(problem) },

            ProblemKind.SourceUnknown => Edge(found[0], $"the input of the layer to be {Known(found[2])}", $"From = \"{found[1]}\", which no layer of its class is called", "write From = nameof(...) of one of them") with
            {
                Fixes = Sources((CustomNetworkSpec)spec, problem.Layer, found[1], found[2]),
            },
            ProblemKind.SourceNotEarlier => Edge(found[0], $"the input of the layer to be {Known(found[2])}", $"'{found[1]}', which does not come before it, so that the layers go in a circle", "declare it after what it takes"),
            ProblemKind.JoinNeedsTwo => Edge(found[0], "two inputs or more", found[1], $"write From = [nameof(...), nameof(...)] of {Known(found[2])}"),
            ProblemKind.LayerUnused => Edge(found[0], $"a layer after it to take its output", "none", $"leave From out of '{found[2]}', write From = nameof({found[1]}) on a later layer, or remove it") with { Place = Name(problem) },
            ProblemKind.BranchUnused => Edge(found[0], $"a layer [Residual<{found[0]}>]", "none", "declare one, or remove the branch") with { Place = Name(problem) },
            ProblemKind.BranchInItself => Edge(found[0], $"a branch that does not contain '{found[1]}'", "one that does, so that the network has no end", "take another branch") with { Place = Place.LayerTypeArgument(problem.Layer) },

            ProblemKind.GroupsDoNotDivide => Finding(Descriptors.GroupsDoNotDivide, [.. found]) with { Fixes = [Fix.Of(Edit.Set("Groups", found[4]))] },
            ProblemKind.BranchContradictsShortcut => Finding(Descriptors.BranchContradictsShortcut,
                found[0], found[1], found[2], found[3],
                found[4].Length > 0 ? $"write Shortcut = {found[4]}" : "change strides or padding of the branch, so that it shrinks the map as a shortcut of its stride does") with
            {
                Fixes = found[4].Length > 0 ? [Shortcuts(found[4])] : [],
            },
            ProblemKind.IdentityChangesChannels => Finding(Descriptors.IdentityChangesChannels,
                found[0], found[1], found[2], ProblemWording.AnyOf(found[3])) with
            {
                // B is the papers' own choice for their deep networks.
                Fixes = found[3].Split([", "], StringSplitOptions.None).OrderBy(static each => each == "B" ? 0 : 1).Select(Shortcuts).ToEquatableArray(),
            },
            ProblemKind.SummandsDiffer => Finding(Descriptors.SummandsDiffer, [.. found]),
            ProblemKind.StackedMapsDiffer => Finding(Descriptors.StackedMapsDiffer, [.. found]),
            ProblemKind.LinearTakesVectors => Finding(Descriptors.LinearTakesVectors, found[0], found[1], found[2]) with
            {
                Place = Place.MemberName(problem.Layer),
                Fixes = [Insert("GlobalAvgPool", "global::ResNetGen.Modules.GlobalAvgPool", found[3]), Insert("Flatten", "global::TorchSharp.Modules.Flatten", found[3])],
            },
            ProblemKind.LayerTakesMaps => Finding(Descriptors.LayerTakesMaps, [.. found]),
            ProblemKind.RepeatChangesShape => Finding(Descriptors.RepeatChangesShape, [.. found]),
            ProblemKind.TapInBranch => Finding(Descriptors.TapInBranch, found[0]) with
            {
                Place = Place.Layer(problem.Layer, "Tap"),
                Fixes = [Fix.Of(new Edit(EditKind.RemoveAttribute, "Tap"))],
            },
            ProblemKind.HeadContradictsClasses => Finding(Descriptors.HeadContradictsClasses, found[0], found[1], found[2], Head(found)) with
            {
                Further = [Place.WholeAttribute],
                Fixes = HeadFixes(found),
            },
            ProblemKind.TapUnknown => Finding(Descriptors.BackboneUnusable,
                $"{found[0]}: expected a feature map of '{found[1]}', which has {(found[3].Length > 0 ? ProblemWording.AnyOf(found[3]) : "none")}, found '{found[2]}'",
                found[3].Length > 0 ? "write Until = one of these" : "leave Until out") with
            {
                Fixes = found[3].Length > 0 ? [.. found[3].Split([", "], StringSplitOptions.None).Select(static tap => Fix.Of(Edit.Set("Until", $"\"{tap}\"")))] : [],
            },
            ProblemKind.BackboneRefusesInput => Finding(Descriptors.BackboneUnusable,
                $"{found[0]}: expected an input that '{found[1]}' can take, found {found[2]} ({found[3]})", "change the layers before it"),
            _ => null,
        };

        Finding Edge(params string[] details) => Finding(Descriptors.WrongEdge, details);

        // Every message begins with the network's name.
        Finding Finding(DiagnosticDescriptor descriptor, params string[] details) =>
            new(descriptor, ProblemWording.PlaceOf(problem), details.Prepend(spec.Name).ToEquatableArray())
            {
                Further = problem.Related.Select(static member => Place.Layer(member)).ToEquatableArray(),
            };
    }

    private static Place Name(Problem problem) => problem.Layer.Length == 0 ? Place.Identifier : Place.MemberName(problem.Layer);

    private static string Known(string names) =>
        names.Length == 0 ? "the input of its class, \"input\"" : $"{ProblemWording.AnyOf(names)}, or \"input\"";

    // A join has a list of sources; which of them was misspelt, the user sees better.
    private static EquatableArray<Fix> Sources(CustomNetworkSpec spec, string layer, string written, string known)
    {
        string[] names = known.Split([", "], StringSplitOptions.RemoveEmptyEntries);
        int dot = layer.LastIndexOf('.');
        EquatableArray<MemberSpec> members = dot < 0
            ? spec.Members
            : spec.Branches.First(branch => branch.ClassName == layer.Substring(0, dot)).Members;
        return names.Length == 0 || members.First(member => member.Name == layer.Substring(dot + 1)).Layer is JoinSpec
            ? []
            : [Fix.Of(Edit.Set("From", $"nameof({Nearest.Of(written, names)})"))];
    }

    private static Fix Shortcuts(string name) => Fix.Of(Edit.Set("Shortcut", ProblemFixes.Value<Shortcut>(name)));

    private static Fix Insert(string attribute, string type, string before)
    {
        string name = before + (attribute == "Flatten" ? "Input" : "Pool");
        return Fix.Of(new Edit(EditKind.InsertMember, $"[{attribute}]", $"[global::ResNetGen.{attribute}Attribute] public partial {type} {name} {{ get; }}"));
    }

    private static string Head(EquatableArray<string> found) => found[3].Length > 0
        ? $"write [Linear({found[2]})], or Classes = {found[1]}"
        : $"end with [Linear({found[2]})], or leave Classes out";

    private static EquatableArray<Fix> HeadFixes(EquatableArray<string> found) => found[3].Length > 0
        ? [Fix.Of(Edit.SetFirst(found[2], "Linear")), Fix.Of(Edit.Set("Classes", found[1], at: 0))]
        : [Fix.Of(Edit.LeaveOut("Classes", at: 0))];
}
