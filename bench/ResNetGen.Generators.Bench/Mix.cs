namespace ResNetGen.Generators.Bench;

/// <summary>The networks of a measured project: all families in turn, so that no figure is that of the cheapest one.</summary>
internal static class Mix
{
    /// <summary>
    /// Declarations with the network's number for NAME and the number of its classes for CLASSES. Add a family here and it is
    /// measured everywhere, and in a row of its own.
    /// </summary>
    public static IReadOnlyList<(string Family, string Declaration)> Declarations { get; } =
    [
        ("CifarResNet", "[CifarResNet(Depth = 20, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("ResNet", "[ResNet(Depth = 18, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("CifarPlainNet", "[CifarPlainNet(Depth = 56, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("ResNet", "[ResNet(Depth = 152, Stride = StridePlacement.Conv3x3, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("CifarResNet", "[CifarResNet(Depth = 164, Block = Block.Bottleneck, Shortcut = Shortcut.B, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("PlainNet", "[PlainNet(Depth = 34, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("ResNet", "[ResNet(Stages = [3, 4, 6, 3], Block = Block.Bottleneck, Groups = 32, WidthPerGroup = 4, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("CifarResNet", "[CifarResNet(Depth = 1202, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("Vgg", "[Vgg(Depth = 16, BatchNorm = true, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("CifarResNet", "[CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("ResNet", "[SqueezeExcitation(16), DropPath(0.1), ResNet(Depth = 50, Unit = Unit.FullPreActivation, Classes = CLASSES)] public partial class NAME { BODY }"),
        ("Network", """
            [Network(Height = 32, Width = 32)]
            public partial class NAME
            {
                [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }
                [Residual<Down>(Shortcut = Shortcut.B)] public partial Residual<Down> Reduce { get; }
                [Residual<Body>(Repeat = 3)] public partial ModuleList<Residual<Body>> Trunk { get; }
                [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }
                [Linear(CLASSES)] public partial Linear Head { get; }
                BODY

                [Branch]
                public partial class Down
                {
                    [ConvBatchNormReLU(32, Stride = 2)] public partial ConvBatchNormReLU A { get; }
                    [ConvBatchNorm(32)] public partial ConvBatchNorm B { get; }
                }

                [Branch]
                public partial class Body
                {
                    [ConvBatchNormReLU(32)] public partial ConvBatchNormReLU A { get; }
                    [ConvBatchNorm(32)] public partial ConvBatchNorm B { get; }
                }
            }
            """),
    ];

    /// <summary>The families in the mix.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. Declarations.Select(static each => each.Family).Distinct()];

    /// <summary>The file of the network of a number.</summary>
    /// <param name="number">Its number, which chooses its declaration.</param>
    /// <param name="classes">How many classes it tells apart.</param>
    /// <param name="body">A member of the user's.</param>
    /// <param name="family">The family to take declarations from; all where null.</param>
    public static string File(int number, int classes = 10, string body = "int Answer() => 41;", string? family = null)
    {
        (string, string Declaration)[] candidates = [.. Declarations.Where(each => family is null || each.Family == family)];
        return Wrap(candidates[number % candidates.Length].Declaration, "Net" + number, classes, body);
    }

    /// <summary>A file with one declaration.</summary>
    public static string Wrap(string declaration, string name, int classes = 10, string body = "") =>
        "using ResNetGen;\nusing ResNetGen.Modules;\nusing TorchSharp.Modules;\n\nnamespace Sample;\n\n" + declaration
            .Replace("NAME", name, StringComparison.Ordinal)
            .Replace("CLASSES", classes.ToString(), StringComparison.Ordinal)
            .Replace("BODY", body, StringComparison.Ordinal) + "\n";
}
