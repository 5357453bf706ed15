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

        return HeadProblem(root.Output(spec.Input)) is { } problem
            ? Failure([problem])
            : new Resolution(CustomDescription.Describe(spec, root), []);
    }

    /// <summary>Whether the images are too small, whatever else may be wrong.</summary>
    public bool Vanishes()
    {
        var builder = new CustomBuilder(spec);
        return builder.Root() is null && builder.Problem!.Kind == ProblemKind.FeatureMapVanished;
    }

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
