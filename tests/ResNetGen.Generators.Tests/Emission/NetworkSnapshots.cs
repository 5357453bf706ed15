using ResNetGen.Generators.Tests.Infrastructure;
using ResNetGen.Generators.Tests.Snapshots;

namespace ResNetGen.Generators.Tests.Emission;

/// <summary>The generated files as a reader sees them: one for each thing that changes how they are printed.</summary>
public class NetworkSnapshots
{
    [Fact]
    public void Cifar_basic_zero_padding() => Verify("[CifarResNet(Depth = 20)] public partial class ResNet20;");

    [Fact]
    public void Cifar_basic_projection_on_every_shortcut() =>
        Verify("[CifarResNet(Depth = 110, Shortcut = C, Classes = 100)] public partial class ResNet110;");

    [Fact]
    public void Cifar_bottleneck() =>
        Verify("[CifarResNet(Depth = 164, Block = Bottleneck, Shortcut = B)] public partial class ResNet164;");

    [Fact]
    public void Cifar_plain() => Verify("[CifarPlainNet(Depth = 56)] public partial class Plain56;");

    [Fact]
    public void Basic() => Verify("[ResNet(Depth = 18)] public partial class ResNet18;");

    [Fact]
    public void Bottleneck_stride_on_the_first_1x1() =>
        Verify("[ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)] public partial class ResNet152;");

    [Fact]
    public void Bottleneck_stride_on_the_3x3() =>
        Verify("[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3)] public partial class ResNet50;");

    [Fact]
    public void Groups() => Verify(
        "[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Groups = 32, WidthPerGroup = 4)] public partial class ResNeXt50;");

    [Fact]
    public void Dropout_on_shortcuts() => Verify("[CifarResNet(Depth = 110, Skip = Skip.Dropout)] public partial class Dropped110;");

    [Fact]
    public void Deep_stem_squeeze_and_excitation_and_drop_path() => Verify(
        "[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, Stem = Stem.Deep, AverageDown = true, ZeroInitResidual = true), " +
        "SqueezeExcitation(16), DropPath(0.1)] public partial class SeResNet50D;");

    [Fact]
    public void Dilation_without_a_head() =>
        Verify("[ResNet(Depth = 50, Stride = StridePlacement.Conv3x3, OutputStride = 8, Classes = 0)] public partial class Backbone;");

    [Fact]
    public void Zero_padding_on_both_sides() =>
        Verify("[ResNet(Depth = 50, Shortcut = A, ZeroPadding = ZeroPadding.Both)] public partial class ResNet50A;");

    [Fact]
    public void Free_stages_and_another_input() => Verify(
        "[ResNet(Stages = [2, 3], Block = Basic, Stem = Stem.Cifar, StemWidth = 32, Channels = 1, Height = 28, Width = 28, Classes = 10)] public partial class Small;");

    [Fact]
    public void Blocks_that_run_again() =>
        Verify("[CifarResNet(Depth = 20, Recompute = Recompute.Block)] public partial class Recomputed20;");

    [Fact]
    public void Normalisation_that_is_computed_again() => Verify(
        "[ResNet(Depth = 50, Unit = Unit.FullPreActivation, Stem = Stem.Deep, Recompute = Recompute.Normalisation)] public partial class Recomputed50;");

    [Fact]
    public void Plain_bottleneck() => Verify("[PlainNet(Depth = 50)] public partial class Plain50;");

    [Fact]
    public void One_stage_without_a_change_of_shape() =>
        Verify("[ResNet(Stages = [3], Block = Basic)] public partial class OneStage;");

    [Fact]
    public void Names_that_are_taken() => Verify("""
        public class Conv2d;
        public partial class Outer
        {
            [CifarResNet(Depth = 20)] private partial class @event { private class BasicBlock; private int Linear => 1; }
        }
        """);

    [Fact]
    public void Full_pre_activation() => Verify("""
        [SqueezeExcitation(16)]
        [DropPath(0.1)]
        [ResNet(Depth = 101, Unit = Unit.FullPreActivation, OutputStride = 16)]
        public partial class PreActResNet101;
        """);

    [Fact]
    public void Exclusive_gate() => Verify("""
        [CifarResNet(Depth = 110, Skip = Skip.ExclusiveGate, GateBias = -6)]
        public partial class GatedResNet110;
        """);

    [Fact]
    public void Vgg_with_normalisation() => Verify("""
        [Vgg(Depth = 11, BatchNorm = true)]
        public partial class Vgg11;
        """);

    private void Verify(string declaration, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(this, GeneratorHost.Run($"namespace Sample;\n{declaration}", new HostOptions { Papers = false }).Clean(), method: method);
}
