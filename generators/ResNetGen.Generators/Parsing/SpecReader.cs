using ResNetGen.Architecture;

namespace ResNetGen.Generators.Parsing;

/// <summary>Makes the specifications of the families of what their attributes say, and of nothing else.</summary>
internal static class SpecReader
{
    public static NetworkSpec ResNet(string name, AttributeValues written) => Ends(name, written, Staged(written, new ResNetSpec
    {
        Shortcut = written.Enum<Shortcut>("Shortcut"),
        ZeroPadding = written.Enum<ZeroPadding>("ZeroPadding"),
        Unit = written.Enum<Unit>("Unit"),
        Skip = written.Enum<Skip>("Skip"),
        SkipScale = written.Double("SkipScale"),
        BranchScale = written.Double("BranchScale"),
        GateBias = written.Double("GateBias"),
        ProjectionBatchNorm = written.Bool("ProjectionBatchNorm"),
        AverageDown = written.Bool("AverageDown"),
        ZeroInitResidual = written.Bool("ZeroInitResidual"),
    }));

    public static NetworkSpec PlainNet(string name, AttributeValues written) => Ends(name, written, Staged(written, new PlainNetSpec()));

    public static NetworkSpec CifarResNet(string name, AttributeValues written) => Ends(name, written, Cifar(written, new CifarResNetSpec
    {
        Shortcut = written.Enum<Shortcut>("Shortcut"),
        Unit = written.Enum<Unit>("Unit"),
        Skip = written.Enum<Skip>("Skip"),
        SkipScale = written.Double("SkipScale"),
        BranchScale = written.Double("BranchScale"),
        GateBias = written.Double("GateBias"),
        ZeroInitResidual = written.Bool("ZeroInitResidual"),
    }));

    public static NetworkSpec CifarPlainNet(string name, AttributeValues written) => Ends(name, written, Cifar(written, new CifarPlainNetSpec()));

    public static NetworkSpec Vgg(string name, AttributeValues written) => Ends(name, written, new VggSpec
    {
        Depth = written.Int("Depth"),
        BatchNorm = written.Bool("BatchNorm"),
    });

    /// <summary>What the attribute itself says; what the members say is read by <see cref="CustomReader"/>.</summary>
    public static NetworkSpec Network(string name, AttributeValues written) => Ends(name, written, new CustomNetworkSpec());

    private static NetworkSpec Ends(string name, AttributeValues written, NetworkSpec spec) => spec with
    {
        Name = name,
        Channels = written.Int("Channels"),
        Height = written.Int("Height"),
        Width = written.Int("Width"),
        Classes = written.Int("Classes"),
        Recompute = written.Enum<Recompute>("Recompute"),
    };

    private static StagedSpec Staged(AttributeValues written, StagedSpec spec) => spec with
    {
        Depth = written.Int("Depth"),
        Stages = written.Ints("Stages"),
        Block = written.Enum<Block>("Block"),
        Stride = written.Enum<StridePlacement>("Stride"),
        Stem = written.Enum<Stem>("Stem"),
        StemWidth = written.Int("StemWidth"),
        Groups = written.Int("Groups"),
        WidthPerGroup = written.Int("WidthPerGroup"),
        Widths = written.Ints("Widths"),
        OutputStride = written.Int("OutputStride"),
    };

    private static CifarSpec Cifar(AttributeValues written, CifarSpec spec) => spec with
    {
        Depth = written.Int("Depth"),
        Block = written.Enum<Block>("Block"),
    };
}
