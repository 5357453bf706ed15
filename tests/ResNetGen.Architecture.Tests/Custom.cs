namespace ResNetGen.Architecture.Tests;

/// <summary>Declared layers in a few words.</summary>
internal static class Custom
{
    public static CustomNetworkSpec Net(params MemberSpec[] members) => Net(16, members);

    public static CustomNetworkSpec Net(int side, params MemberSpec[] members) =>
        new() { Name = "Net", Height = side, Width = side, Members = members.ToEquatableArray() };

    public static BranchSpec Branch(string name, params MemberSpec[] members) => new(name, members.ToEquatableArray());

    public static MemberSpec Conv(string name, int channels, int kernel = 3, int stride = 1, int? padding = null) =>
        new(name, new ConvSpec(ConvForm.Conv, channels) { Kernel = kernel, Stride = stride, Padding = padding });

    public static MemberSpec ConvNorm(string name, int channels, int stride = 1) =>
        new(name, new ConvSpec(ConvForm.ConvBatchNorm, channels) { Stride = stride });

    public static MemberSpec Plain(string name, PlainLayer kind) => new(name, new PlainLayerSpec(kind));

    public static MemberSpec Linear(string name, int features) => new(name, new LinearSpec(features));

    public static MemberSpec Residual(string name, string branch, Shortcut? shortcut = null, int? repeat = null) =>
        new(name, new ResidualSpec(branch) { Shortcut = shortcut, Repeat = repeat });

    public static MemberSpec Join(string name, Merge merge, params string[] from) =>
        new(name, new JoinSpec(merge)) { From = from.ToEquatableArray() };

    public static Problem Problem(this NetworkSpec spec) => Assert.Single(spec.Validate());
}
