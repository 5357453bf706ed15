using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>
/// Turns declared layers into a tree: first what can be said of each layer alone and of who takes whose output, then the
/// shapes along the layers, up to the first that does not fit. What comes after a misfit has no shape to be judged by.
/// </summary>
internal sealed class CustomResolver(CustomNetworkSpec spec)
{
    public Resolution Resolve()
    {
        List<Problem> problems = [.. new SpecChecker(spec).Failure.Problems, .. MissingSize(), .. LayerRules.Check(spec), .. EdgeRules.Check(spec)];
        if (problems.Count > 0)
            return Failure(problems);

        var builder = new CustomBuilder(spec);
        if (builder.Root() is not { } root)
            return Failure([Vanishing.Measured(spec, builder.Problem!)]);

        if (HeadProblem(root.Output(spec.Input)) is { } problem)
            return Failure([problem]);

        NetworkPlan plan = CustomDescription.Describe(spec, root);
        if (spec.Recompute is { } recompute && !Recomputation.IsIn(root, spec.Input, recompute))
            return Failure([new Problem(ProblemKind.OptionWithoutMeaning, nameof(spec.Recompute),
                [nameof(spec.Recompute), recompute.ToString(), Recomputation.Lack(recompute), Recomputation.Need(recompute)])]);

        return IsCountable(plan) ? new Resolution(plan, []) : Failure([Uncountable()]);
    }

    /// <summary>Whether the images are too small, whatever else may be wrong.</summary>
    public bool Vanishes()
    {
        var builder = new CustomBuilder(spec);
        return builder.Root() is null && builder.Problem!.Kind == ProblemKind.FeatureMapVanished;
    }

    // Each layer alone is within its limits; all together may still be more than a count can hold, twice the multiply-adds included.
    private bool IsCountable(NetworkPlan plan)
    {
        try
        {
            var network = new NetworkArchitecture(spec, plan);
            return network.MultiplyAdds <= long.MaxValue / 2 && network.ParameterCount <= long.MaxValue / 16;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static Problem Uncountable() => new(ProblemKind.ValueOutOfRange, nameof(NetworkSpec.Height),
        ["multiply-adds, parameters and bytes of the network", "more", "0", (long.MaxValue / 2).ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    private static Resolution Failure(List<Problem> problems) => new(null, problems.ToEquatableArray());

    private IEnumerable<Problem> MissingSize()
    {
        if (spec.Height is null)
            yield return new Problem(ProblemKind.InputSizeMissing, nameof(spec.Height), [nameof(spec.Height)]);
        if (spec.Width is null)
            yield return new Problem(ProblemKind.InputSizeMissing, nameof(spec.Width), [nameof(spec.Width)]);
    }

    private Problem? HeadProblem(Shape output)
    {
        // Not written is whatever the last layer gives.
        if (spec.Classes is not { } classes || (output.IsVector ? output.Channels : 0) == classes)
            return null;

        MemberSpec head = spec.Members[spec.Members.Count - 1];
        bool linear = head.Layer is LinearSpec;
        return new Problem(ProblemKind.HeadContradictsClasses, linear ? "Features" : "",
            [head.Name, output.ToString(), LayerPlace.Text(classes), linear ? "Features" : ""])
        {
            Layer = head.Name,
        };
    }
}
