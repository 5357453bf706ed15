namespace ResNetGen.Architecture;

/// <summary>The options that <c>[ResNet]</c> and <c>[CifarResNet]</c> share: what a residual unit is made of.</summary>
internal interface IResidualOptions
{
    Shortcut? Shortcut { get; }

    Unit? Unit { get; }

    Skip? Skip { get; }

    double? SkipScale { get; }

    double? BranchScale { get; }

    double? GateBias { get; }

    bool? ZeroInitResidual { get; }

    int? SqueezeExcitation { get; }

    double? DropPath { get; }
}
