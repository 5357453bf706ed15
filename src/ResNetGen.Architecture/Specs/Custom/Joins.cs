using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Joins: a sum wants equal shapes, since nothing is broadcast; a stack wants equal heights and widths.</summary>
internal static class Joins
{
    public static Layer? Make(CustomBuilder builder, LayerPlace place, JoinSpec spec, Source[] sources)
    {
        Source first = sources[0];
        for (int i = 1; i < sources.Length; i++)
        {
            Source other = sources[i];
            if (Fit(spec.Merge, first.Shape, other.Shape))
                continue;

            ProblemKind kind = spec.Merge == Merge.Add ? ProblemKind.SummandsDiffer : ProblemKind.StackedMapsDiffer;
            return builder.Fail(
                place.Problem(kind, "From", place.Member.From[0], first.Shape.ToString(), place.Member.From[i], other.Shape.ToString()),
                first.Id, other.Id);
        }

        return new Join(place.Member.Key, spec.Merge);
    }

    private static bool Fit(Merge merge, Shape first, Shape other) =>
        first == (merge == Merge.Add ? other : other with { Channels = first.Channels });
}
