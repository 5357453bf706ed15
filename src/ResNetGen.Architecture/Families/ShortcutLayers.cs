using ResNetGen.Architecture.Layers;

namespace ResNetGen.Architecture;

/// <summary>What brings a unit's input to the shape of its branch; null where nothing has to.</summary>
internal static class ShortcutLayers
{
    public static Layer? Of(ResidualPlan plan, Shortcut shortcut, BlockPlace place)
    {
        Layer? change = plan.Skip == Skip.Conv1x1
            ? new Sequence("downsample", [new Conv2d("0", place.Channels, 1, place.Stride)])
            : ChangeOfShape(plan, shortcut, place);
        if (plan.Skip != Skip.Dropout)
            return change;

        Layer dropout = new Dropout("dropout", 0.5);
        return new Sequence("", change is null ? [dropout] : [change, dropout]);
    }

    private static Layer? ChangeOfShape(ResidualPlan plan, Shortcut shortcut, BlockPlace place) => shortcut switch
    {
        Shortcut.C => Projection(plan, place),
        _ when !place.ChangesShape => null,
        Shortcut.A => new ZeroPadShortcut("downsample", place.Channels, place.Stride, plan.Padding),
        _ => Projection(plan, place),
    };

    // torchvision's numbers; timm's where the pooling comes first, which counts even where there is nothing to pool.
    private static Sequence Projection(ResidualPlan plan, BlockPlace place)
    {
        List<Layer> layers = [];
        bool pools = plan.AverageDown && place.Stride != 1;
        int number = plan.AverageDown ? 1 : 0;
        if (pools)
            layers.Add(new AvgPool2d("0", 2, place.Stride) { CeilMode = true });

        layers.Add(new Conv2d(Text(number), place.Channels, 1, pools ? 1 : place.Stride));
        if (plan.ProjectionBatchNorm && UnitNormalisesProjections(plan.Unit))
            layers.Add(new BatchNorm2d(Text(number + 1)));

        return new Sequence("downsample", layers.ToEquatableArray());
    }

    /// <summary>Whether units of a kind have a norm after each convolution that meets the addition.</summary>
    public static bool UnitNormalisesProjections(Unit unit) => unit is not (Unit.FullPreActivation or Unit.BatchNormAfterAddition);

    private static string Text(int number) => FormattableString.Invariant($"{number}");
}
