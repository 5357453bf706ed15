namespace ResNetGen.Architecture.Tests;

/// <summary>One network of each kind, for what must work on any tree.</summary>
internal static class SampleNetworks
{
    public static IEnumerable<NetworkArchitecture> All =>
    [
        .. new NetworkSpec[]
        {
            new ResNetSpec { Name = "ResNet152", Depth = 152 },
            new ResNetSpec { Name = "ResNet34A", Depth = 34, Shortcut = Shortcut.A },
            new PlainNetSpec { Name = "Plain34", Depth = 34 },
            new CifarResNetSpec { Name = "ResNet1202", Depth = 1202, Shortcut = Shortcut.C },
            new CifarResNetSpec { Name = "PreAct164", Depth = 164, Block = Block.Bottleneck, Unit = Unit.FullPreActivation, Shortcut = Shortcut.B },
            new CifarResNetSpec { Name = "Gated110", Depth = 110, Skip = Skip.ExclusiveGate },
            new CifarResNetSpec { Name = "Scaled110", Depth = 110, Skip = Skip.ConstantScale },
            new ResNetSpec { Name = "SeResNet50", Depth = 50, SqueezeExcitation = 16, DropPath = 0.1 },
            new VggSpec { Name = "Vgg16", Depth = 16, BatchNorm = true },
        }.Select(spec => spec.Build()),
        Mixed,
    ];

    /// <summary>A graph of branches that split and meet, with residuals in residuals.</summary>
    public static NetworkArchitecture Mixed { get; } = new CustomNetworkSpec
    {
        Name = "Mixed<\"&\">",
        Channels = 3,
        Height = 64,
        Width = 64,
        Members =
        [
            Member("Stem", Conv(32, 3, 2)),
            Member("Pool", new PoolSpec(Mean: false, 3) { Stride = 2 }),
            Member("Left", Conv(64, 1)),
            Member("LeftDeep", Conv(64)),
            Member("Middle", Conv(32, 1), "Pool"),
            Member("MiddleDeep", Conv(48, 5)),
            Member("Right", new PoolSpec(Mean: true, 3) { Stride = 1, Padding = 1 }, "Pool"),
            Member("RightConv", Conv(16, 1)),
            Member("Cells", new JoinSpec(Merge.Concat), "LeftDeep", "MiddleDeep", "RightConv", "Pool"),
            Member("Down", new ResidualSpec("Down") { Shortcut = Shortcut.B }),
            Member("Deep", new ResidualSpec("Keep") { Repeat = 22 }),
            Member("Context", Conv(256)),
            Member("Sum", new JoinSpec(Merge.Add), "Context", "Deep"),
            Member("Mean", new PlainLayerSpec(PlainLayer.GlobalAvgPool)),
            Member("Drop", new DropoutSpec(0.2)),
            Member("Classifier", new LinearSpec(10)),
        ],
        Branches =
        [
            new BranchSpec("Down", [Member("Reduce", Conv(64, 1)), Member("Spread", Conv(64, 3, 2)), Member("Inner", new ResidualSpec("Down.Inner")), Member("Expand", Last(256, 1))]),
            new BranchSpec("Down.Inner", [Member("A", Conv(64)), Member("B", Last(64, 3))]),
            new BranchSpec("Keep", [Member("A", Conv(64, 1)), Member("B", Conv(64)), Member("Both", new JoinSpec(Merge.Add), "A", "B"), Member("C", Last(256, 1))]),
        ],
    }.Build();

    private static MemberSpec Member(string name, LayerSpec layer, params string[] from) => new(name, layer) { From = from.ToEquatableArray() };

    private static ConvSpec Conv(int channels, int kernel = 3, int stride = 1) =>
        new(ConvForm.ConvBatchNormReLU, channels) { Kernel = kernel, Stride = stride };

    private static ConvSpec Last(int channels, int kernel) => new(ConvForm.ConvBatchNorm, channels) { Kernel = kernel };
}
