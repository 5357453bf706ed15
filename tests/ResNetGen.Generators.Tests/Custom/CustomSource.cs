namespace ResNetGen.Generators.Tests.Custom;

/// <summary>Networks of one's own that tests begin from.</summary>
internal static class CustomSource
{
    /// <summary>The names of the modules, as a file of the user's would import them.</summary>
    public const string Usings = "global using ResNetGen.Modules; global using TorchSharp.Modules;\n";

    /// <summary>A residual network with a downsampling branch and a repeated one.</summary>
    public const string TinyNet = Usings + """
        [Network(Height = 32, Width = 32, Classes = 10)]
        public partial class TinyNet
        {
            [ConvBatchNormReLU(16)] public partial ConvBatchNormReLU Stem { get; }
            [Residual<Down>(Shortcut = B)] public partial Residual<Down> Reduce { get; }
            [Residual<Body>(Repeat = 3)] public partial ModuleList<Residual<Body>> Trunk { get; }
            [GlobalAvgPool] public partial GlobalAvgPool Pool { get; }
            [Linear(10)] public partial Linear Head { get; }

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
        """;

    /// <summary>A network around members.</summary>
    public static string Net(string members, string arguments = "Height = 32, Width = 32") =>
        $"{Usings}[Network({arguments})] public partial class Net {{ {members} }}";
}
