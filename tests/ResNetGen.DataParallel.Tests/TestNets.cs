using ResNetGen.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using NetworkArchitecture = ResNetGen.Architecture.NetworkArchitecture;

namespace ResNetGen.DataParallel.Tests;

/// <summary>
/// A small network whose first weights are a formula, since ranks that are threads share torch's generator; when it goes it leaves its
/// last ones with the thread's rank.
/// </summary>
internal abstract class TestNet(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>What the ranks of the last run had in the end, by rank: parameters one after another.</summary>
    public static float[][] Last { get; } = new float[8][];

    /// <summary>Which rank this thread is.</summary>
    [field: ThreadStatic]
    public static int Rank { get; set; }

    protected void Begin()
    {
        using IDisposable guard = no_grad();
        int seed = 1;
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            Random random = new(seed++);
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                _ = parameter.fill_(0);
            }
            else if (parameter.dim() > 1)
            {
                double scale = Math.Sqrt(6.0 / (parameter.numel() / parameter.size(0)));
                using Tensor values = tensor([.. Enumerable.Range(0, (int)parameter.numel()).Select(_ => (float)(((2 * random.NextDouble()) - 1) * scale))]);
                _ = parameter.copy_(values.reshape(parameter.shape));
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Last[Rank] = [.. parameters().SelectMany(static p => p.cpu().contiguous().data<float>().ToArray())];
        }

        base.Dispose(disposing);
    }

    protected override void RegisterComponents()
    {
    }

    protected static NetworkArchitecture Like(string name) =>
        new ResNetGen.Architecture.CifarResNetSpec { Name = name, Depth = 8, Height = 8, Width = 8, Classes = 4 }.Build();
}

/// <summary>Without BatchNorm.</summary>
internal sealed class PlainNet : TestNet, INetwork<PlainNet>
{
    private readonly Module<Tensor, Tensor> _conv1 = Conv2d(3, 8, 3, padding: 1);
    private readonly Module<Tensor, Tensor> _conv2 = Conv2d(8, 16, 3, stride: 2, padding: 1);
    private readonly Linear _fc = Linear(16, 4);

    public PlainNet() : base(nameof(PlainNet))
    {
        register_module("conv1", _conv1);
        register_module("conv2", _conv2);
        register_module("fc", _fc);
        Begin();
    }

    public static NetworkArchitecture Architecture { get; } = Like(nameof(PlainNet));

    /// <summary>The forward passes in training of this thread after which outputs overflow; 0 for never.</summary>
    [field: ThreadStatic]
    public static int OverflowsAfter { get; set; }

    [field: ThreadStatic]
    private static int Passes { get; set; }

    public static PlainNet Create()
    {
        Passes = 0;
        return new PlainNet();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor features = _conv2.call(_conv1.call(input).relu_()).relu_().mean([2, 3]);
        return _fc.call(training && ++Passes > OverflowsAfter && OverflowsAfter > 0 ? features.mul(1e30).mul(1e30) : features);
    }
}

/// <summary>With BatchNorm.</summary>
internal sealed class NormNet : TestNet, INetwork<NormNet>
{
    private readonly ConvBatchNormReLU _first = new(3, 8, 3, padding: 1);
    private readonly ConvBatchNormReLU _second = new(8, 16, 3, stride: 2, padding: 1);
    private readonly Linear _fc = Linear(16, 4);

    public NormNet() : base(nameof(NormNet))
    {
        register_module("first", _first);
        register_module("second", _second);
        register_module("fc", _fc);
        Begin();
    }

    public static NetworkArchitecture Architecture { get; } = Like(nameof(NormNet));

    public static NormNet Create() => new();

    public override Tensor forward(Tensor input) => _fc.call(_second.call(_first.call(input)).mean([2, 3]));
}
