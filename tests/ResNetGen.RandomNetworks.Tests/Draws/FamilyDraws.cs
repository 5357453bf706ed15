namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>Networks of the families. Sides and widths are small, so that a thousand of them run in minutes.</summary>
internal static class FamilyDraws
{
    /// <summary>A network by construction.</summary>
    public static Draw Right(Choices choices, string name) => Declare(name, Expectation.Network, choices.Below(10) switch
    {
        0 => Cifar(choices, "CifarPlainNet", []),
        1 or 2 or 3 => Unit(choices) + Cifar(choices, "CifarResNet", ResidualOptions.Draw(choices, shortcuts: ["A", "B", "C"])),
        4 => Staged(choices, "PlainNet", []),
        // Its classifier alone has 120 million parameters.
        5 => $"[Vgg(Depth = {choices.Of(11, 13, 16, 19)}, BatchNorm = {choices.Of("true", "false")}, Height = 32, Width = {32 + choices.Below(9)}, Classes = 0)]",
        _ => Unit(choices) + Staged(choices, "ResNet", ResidualOptions.Draw(choices, shortcuts: ["B", "C"])),
    });

    /// <summary>Options put together without regard to whether they go together.</summary>
    public static Draw Wild(Choices choices, string name)
    {
        List<string> options = [];
        void Maybe(string option, params string[] values)
        {
            if (choices.OneIn(3))
                options.Add($"{option} = {choices.Of(values)}");
        }

        Maybe("Depth", "18", "34", "20", "50", "29", "8", "11", "-1", "2147483647");
        Maybe("Stages", "[1, 1]", "[2, 1, 1]", "[1]", "[]", "[0, 1]", "[1, 1, 1, 1]", "null!");
        Maybe("Block", "Block.Basic", "Block.Bottleneck", "Block.Auto", "(Block)9");
        Maybe("Shortcut", "Shortcut.A", "Shortcut.B", "Shortcut.C");
        Maybe("Stem", "Stem.Cifar", "Stem.ImageNet");
        Maybe("StemWidth", "8", "64", "0", "128");
        Maybe("Groups", "2", "0", "3");
        Maybe("WidthPerGroup", "4", "63", "-4");
        Maybe("ZeroPadding", "ZeroPadding.Both", "ZeroPadding.End");
        Maybe("Stride", "StridePlacement.Conv3x3", "StridePlacement.First1x1");
        Maybe("Classes", "0", "3", "-3");
        Maybe("Unit", "Unit.FullPreActivation", "Unit.ReLUOnlyPreActivation", "Unit.ReLUBeforeAddition", "Unit.BatchNormAfterAddition");
        Maybe("Skip", "Skip.ExclusiveGate", "Skip.Conv1x1", "Skip.Dropout", "Skip.ConstantScale");
        Maybe("Widths", "[8, 16]", "[8]", "[16, 8, 24]", "[0, 8]", "[]");
        Maybe("OutputStride", "8", "16", "32", "7");
        Maybe("AverageDown", "true", "false");
        Maybe("ZeroInitResidual", "true");
        Maybe("ProjectionBatchNorm", "false");
        Maybe("Recompute", "Recompute.Normalisation", "Recompute.Block", "Recompute.None", "(Recompute)7");
        options.AddRange([$"Height = {choices.Of("32", "33", "8", "1", "40")}", $"Width = {choices.Of("32", "48", "9", "0")}"]);
        return Declare(name, Expectation.Either, $"[ResNet({string.Join(", ", options)})]");
    }

    /// <summary>A family with one mistake in it.</summary>
    public static Draw Wrong(Choices choices, string name) => Declare(name, Expectation.Mistake, choices.Of(
        $"[CifarResNet(Depth = {21 + choices.Below(5)})]",
        $"[CifarResNet(Depth = {choices.Of(10, 12, 21)}, Block = Block.Bottleneck)]",
        $"[ResNet(Depth = {choices.Of(19, 51, 151, 100000)})]",
        $"[ResNet(Depth = 18, Stages = [2, 2, {1 + (2 * choices.Below(4))}, 2])]",
        $"[ResNet(Depth = 34, Groups = {2 + choices.Below(30)})]",
        $"[ResNet(Depth = 18, Height = {1 + choices.Below(3)})]",
        $"[PlainNet(Depth = 18, Shortcut = Shortcut.{choices.Of("A", "B", "C")})]",
        $"[ResNet(Stages = [1, 1])]",
        $"[Vgg(Depth = {choices.Of(12, 15, 18)})]",
        $"[Vgg(Depth = 16, Height = {1 + choices.Below(31)})]",
        "[PlainNet(Depth = 18, ZeroInitResidual = true)]",
        "[CifarResNet(Depth = 20, Unit = Unit.FullPreActivation, Skip = Skip.ExclusiveGate)]",
        "[CifarResNet(Depth = 20, Block = Block.SingleLayer, Recompute = Recompute.Normalisation)]",
        $"[Vgg(Depth = 11, BatchNorm = {choices.Of("true", "false")}, Recompute = Recompute.Block)]",
        $"[CifarResNet(Depth = 20, GateBias = {-choices.Below(9)})]",
        $"[SqueezeExcitation({600 + choices.Below(400)})]\n[ResNet(Depth = 18)]",
        $"[DropPath(1.{choices.Below(10)})]\n[ResNet(Depth = 18)]",
        $"[CifarResNet(Depth = 20, Channels = {-choices.Below(4)})]",
        $"[ResNet(Depth = 18, Shortcut = Shortcut.A, StemWidth = {65 + choices.Below(400)})]",
        "[ResNet]"));

    private static string Cifar(Choices choices, string family, string[] options)
    {
        bool bottleneck = choices.OneIn(3);
        int blocks = 1 + choices.Below(2);
        string depth = bottleneck ? $"Depth = {(9 * blocks) + 2}, Block = Block.Bottleneck" : $"Depth = {(6 * blocks) + 2}";
        return $"[{family}({string.Join(", ", [depth, .. Input(choices, 8), .. options, .. Recomputed(choices)])})]";
    }

    // Modifiers stand on the class beside the family.
    private static string Unit(Choices choices) => choices.Below(5) switch
    {
        0 => $"[SqueezeExcitation({choices.Of(2, 4, 8)})]\n",
        1 => $"[DropPath(0.{choices.Below(6)})]\n",
        2 => "[SqueezeExcitation(4)]\n[DropPath(0.2)]\n",
        _ => "",
    };

    private static string Staged(Choices choices, string family, string[] options)
    {
        int stages = 1 + choices.Below(3);
        string blocks = string.Join(", ", Enumerable.Range(0, stages).Select(_ => 1 + choices.Below(2)));
        bool bottleneck = choices.OneIn(2);
        List<string> all = [$"Stages = [{blocks}]", $"Block = Block.{(bottleneck ? "Bottleneck" : "Basic")}"];
        if (choices.OneIn(3))
            all.Add("Stem = Stem.Cifar");
        if (choices.OneIn(3))
            all.Add($"StemWidth = {choices.Of(16, 24, 48)}");
        if (bottleneck && choices.OneIn(2))
            all.AddRange([$"Groups = {choices.Of(2, 4, 8)}", $"WidthPerGroup = {choices.Of(8, 16, 64)}"]);
        if (bottleneck && choices.OneIn(2))
            all.Add("Stride = StridePlacement.Conv3x3");
        if (choices.OneIn(3))
            all.Add($"Widths = [{string.Join(", ", Enumerable.Range(0, stages).Select(_ => 8 * (1 + choices.Below(5))))}]");

        return $"[{family}({string.Join(", ", [.. all, .. Input(choices, 16), .. options, .. Recomputed(choices)])})]";
    }

    private static IEnumerable<string> Input(Choices choices, int least)
    {
        yield return $"Height = {least + choices.Below(20)}";
        yield return $"Width = {least + choices.Below(20)}";
        yield return $"Classes = {choices.Below(12)}";
        if (choices.OneIn(4))
            yield return $"Channels = {1 + choices.Below(5)}";
    }

    private static IEnumerable<string> Recomputed(Choices choices) => choices.Below(4) switch
    {
        1 => ["Recompute = Recompute.Normalisation"],
        2 => ["Recompute = Recompute.Block"],
        _ => [],
    };

    private static Draw Declare(string name, Expectation expected, string attribute) =>
        new(name, $"{attribute}\npublic partial class {name};", expected);
}
