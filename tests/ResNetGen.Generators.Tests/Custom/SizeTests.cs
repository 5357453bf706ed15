using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>Networks whose layers are each within their limits and whose counts no number holds.</summary>
public class SizeTests
{
    [Theory]
    [InlineData("Repeat = 1000", "Kernel = 63")]
    [InlineData("Repeat = 1000", "Kernel = 31")]
    public void Counts_beyond_63_bits_are_refused(string repeat, string kernel)
    {
        GeneratorRun run = GeneratorHost.Run($$"""
            using ResNetGen.Modules;
            using TorchSharp.Modules;

            [Network(Height = 4096, Width = 4096)]
            public partial class Huge
            {
                [Conv(16384, Kernel = 1)] public partial Conv2d Stem { get; }
                [Residual<Body>({{repeat}})] public partial ModuleList<Residual<Body>> Trunk { get; }

                [Branch]
                public partial class Body
                {
                    [Conv(16384, {{kernel}})] public partial Conv2d A { get; }
                }
            }
            """);
        Assert.Equal("RNG0107", Assert.Single(run.Diagnostics).Id);
        Assert.Contains("multiply-adds", GeneratorRun.Message(run.Diagnostics[0]), StringComparison.Ordinal);
    }
}
