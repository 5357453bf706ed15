using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>Residuals of declared branches: builds the branch, and the shortcut that brings the input to the branch's shape.</summary>
internal static class Residuals
{
    public static Layer? Make(CustomBuilder builder, LayerPlace place, ResidualSpec spec, Source source)
    {
        if (builder.Branch(spec.Branch, source.Shape, place, source.Id) is not { } branch)
            return null;

        Shape input = source.Shape, output = branch.Output(input);
        int stride = TotalStride.Of(branch);
        int repeat = spec.Repeat ?? 1;
        if (repeat > 1 && input != output)
            return builder.Fail(
                place.Problem(ProblemKind.RepeatChangesShape, "Repeat", LayerPlace.Text(repeat), input.ToString(), output.ToString()));

        if (Misfit(place, spec, input, output, stride) is { } problem)
            return builder.Fail(problem, builder.LastOf(spec.Branch));

        string key = place.Member.Key;
        var residual = new Residual(new Instance("branch", spec.Branch, branch), Make(spec.Shortcut, input, output, stride))
        {
            Name = repeat > 1 ? "" : key,
            IsModule = true,
            After = spec.ReLU ?? true ? new Activation("relu", Function.ReLU) : null,
        };
        return repeat > 1 ? new Blocks(key, [new Repeat(0, repeat, residual)]) : residual;
    }

    private static Problem? Misfit(LayerPlace place, ResidualSpec spec, Shape input, Shape output, int stride)
    {
        if (spec.Shortcut == Shortcut.A && output.Channels < input.Channels)
            return place.Problem(ProblemKind.ZeroPaddingReducesChannels, "Shortcut", LayerPlace.Text(input.Channels), LayerPlace.Text(output.Channels));

        Shape shortcut = Make(spec.Shortcut, input, output, stride)?.Output(input) ?? input;
        if (shortcut == output)
            return null;

        bool repairable = spec.Shortcut is null && Make(Shortcut.B, input, output, stride)?.Output(input) == output;
        if (repairable && input.Channels != output.Channels)
            return place.Problem(ProblemKind.IdentityChangesChannels, "Shortcut",
                LayerPlace.Text(input.Channels), LayerPlace.Text(output.Channels), input.Channels < output.Channels ? "A, B, C" : "B, C");

        return place.Problem(ProblemKind.BranchContradictsShortcut, "Shortcut", output.ToString(), shortcut.ToString(),
            spec.Shortcut is { } written ? $"shortcut {written}" : "the identity", repairable ? "B" : "");
    }

    /// <summary>The layers of a shortcut, or null for an identity; a vector has no projection.</summary>
    private static Layer? Make(Shortcut? shortcut, Shape input, Shape output, int stride) => shortcut switch
    {
        null => null,
        _ when input.IsVector || output.IsVector => null,
        Shortcut.A when input == output => null,
        Shortcut.B when input == output => null,
        Shortcut.A => new ZeroPadShortcut("downsample", output.Channels, stride, ZeroPadding.End),
        _ => new Sequence("downsample", [new Conv2d("0", output.Channels, 1, stride), new BatchNorm2d("1")]),
    };
}
