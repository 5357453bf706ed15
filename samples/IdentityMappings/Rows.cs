namespace ResNetGen.Samples.IdentityMappings;

/// <summary>A row of table 1 or 2.</summary>
/// <param name="Title">What the row is called there.</param>
/// <param name="Table">1 for what is on the shortcut, 2 for the order within the unit; 0 for the row that both begin with.</param>
/// <param name="Deep">The paper's network of 110 layers.</param>
/// <param name="Shallow">The same with 20 layers.</param>
/// <param name="Reported">The paper's test error of ResNet-110 on CIFAR-10, in percent (the median of five runs); null where it did not converge.</param>
internal sealed record Row(string Title, int Table, NetworkEntry<Cifar10> Deep, NetworkEntry<Cifar10> Shallow, double? Reported)
{
    /// <summary>Whether the row stands in a table.</summary>
    public bool IsIn(int table) => Table == table || Table == 0;

    /// <summary>Whether a run is of this row.</summary>
    public bool Has(Finished run) => run.Name == Deep.Name || run.Name == Shallow.Name;
}

/// <summary>The rows of both tables.</summary>
internal static class Rows
{
    /// <summary>All rows, the original unit with the identity first.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        Of<Identity110, Identity20>("original unit, identity", 0, "identity", 6.61),
        Of<ConstantScale110, ConstantScale20>("constant scaling, 0.5 and 0.5", 1, "constant-scale", 12.35),
        Of<ExclusiveGate110, ExclusiveGate20>("exclusive gating, bias -6", 1, "exclusive-gate", 8.70),
        Of<ShortcutOnlyGate110, ShortcutOnlyGate20>("shortcut-only gating, bias -6", 1, "shortcut-gate", 6.91),
        Of<Conv1x1Skip110, Conv1x1Skip20>("1x1 convolution shortcut", 1, "conv1x1", 12.22),
        Of<DropoutSkip110, DropoutSkip20>("dropout shortcut, 0.5", 1, "dropout", null),
        Of<BatchNormAfterAddition110, BatchNormAfterAddition20>("BatchNorm after addition", 2, "bn-after-add", 8.17),
        Of<ReLUBeforeAddition110, ReLUBeforeAddition20>("ReLU before addition", 2, "relu-before-add", 7.84),
        Of<ReLUOnlyPreActivation110, ReLUOnlyPreActivation20>("ReLU-only pre-activation", 2, "relu-only-preact", 6.71),
        Of<FullPreActivation110, FullPreActivation20>("full pre-activation", 2, "full-preact", 6.37),
    ];

    private static Row Of<TDeep, TShallow>(string title, int table, string name, double? reported)
        where TDeep : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TDeep>
        where TShallow : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, INetwork<TShallow> =>
        new(title, table, NetworkEntry<Cifar10>.Of<TDeep>(name + "-110"), NetworkEntry<Cifar10>.Of<TShallow>(name + "-20"), reported);
}
