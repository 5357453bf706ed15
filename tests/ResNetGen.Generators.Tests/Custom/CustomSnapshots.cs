using ResNetGen.Generators.Tests.Infrastructure;
using ResNetGen.Generators.Tests.Snapshots;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>The printed form of networks of one's own: one that runs straight on, and one with paths, taps and a used network.</summary>
public class CustomSnapshots
{
    [Fact]
    public void Residual() => Snapshot.Verify(this, GeneratorHost.Run(CustomSource.TinyNet).Clean());

    [Fact]
    public void Paths() => Snapshot.Verify(this, GeneratorHost.Run(CustomSource.Usings + """
        [Network(Height = 32, Width = 32)]
        public partial class Paths
        {
            [Use<TinyNet>(Until = "reduce"), Tap] public partial TrunkBackbone Trunk { get; }
            [ConvReLU(16, Kernel = 1)] public partial ConvReLU Near { get; }
            [ConvReLU(16, Dilation = 2, From = nameof(Trunk))] internal partial ConvReLU Far { get; }
            [Join(Merge.Add, From = [nameof(Near), nameof(Far)]), Tap] public partial Join Both { get; }
            [SiLU] public partial SiLU Act { get; }
            [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }
            [Linear(10)] public partial Linear Head { get; }
        }

        """ + CustomSource.TinyNet.Replace(CustomSource.Usings, "", StringComparison.Ordinal).Replace("(Shortcut = B)", "(Shortcut = B), Tap", StringComparison.Ordinal)).Clean());

    [Fact]
    public void A_stub() => Snapshot.Verify(this, GeneratorHost.Run(CustomSource.TinyNet.Replace("Linear(10)", "Linear(11)", StringComparison.Ordinal)));
}
