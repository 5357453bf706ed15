using ResNetGen.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using NetworkArchitecture = ResNetGen.Architecture.NetworkArchitecture;

namespace ResNetGen.Tests.Training;

/// <summary>
/// A hand-written network: what the trainer needs of one, and no more. A residual net of one block with option A, and
/// dropout, so that a resumed run must also bring back the random numbers.
/// </summary>
internal class TinyNet : Module<Tensor, Tensor>, INetwork<TinyNet>
{
    private readonly Module<Tensor, Tensor> _conv1 = Conv2d(3, 8, 3, padding: 1, bias: false);
    private readonly BatchNorm2d _bn1 = BatchNorm2d(8);
    private readonly Module<Tensor, Tensor> _conv2 = Conv2d(8, 16, 3, stride: 2, padding: 1, bias: false);
    private readonly BatchNorm2d _bn2 = BatchNorm2d(16);
    private readonly ZeroPadShortcut _shortcut = new(2, 8, 16);
    private readonly Dropout _dropout = Dropout(0.1);
    private readonly Linear _fc = Linear(16, 4);

    public TinyNet() : base(nameof(TinyNet))
    {
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("conv2", _conv2);
        register_module("bn2", _bn2);
        register_module("shortcut", _shortcut);
        register_module("dropout", _dropout);
        register_module("fc", _fc);
    }

    // Registered by name above, not by its fields' names.
    protected override void RegisterComponents()
    {
    }

    public static NetworkArchitecture Architecture { get; } =
        new ResNetGen.Architecture.CifarResNetSpec { Name = "TinyNet", Depth = 8, Height = 8, Width = 8, Classes = 4 }.Build();

    public static TinyNet Create() => new();

    public override Tensor forward(Tensor input)
    {
        Tensor x = _bn1.Consume(_conv1.call(input)).relu_();
        Tensor y = _bn2.Consume(_conv2.call(x));
        Tensor sum = y.add_(_shortcut.Consume(x)).relu_();
        Tensor features = _dropout.call(sum.mean([2, 3]));
        sum.Dispose();
        return _fc.Consume(features);
    }
}

/// <summary>The same under another name.</summary>
internal sealed class OtherNet : TinyNet, INetwork<OtherNet>
{
    public static new NetworkArchitecture Architecture { get; } =
        new ResNetGen.Architecture.CifarResNetSpec { Name = "OtherNet", Depth = 14, Height = 8, Width = 8, Classes = 4 }.Build();

    static OtherNet INetwork<OtherNet>.Create() => new();
}

/// <summary>Declared for CIFAR-10's pictures.</summary>
internal sealed class WrongNet : TinyNet, INetwork<WrongNet>
{
    public static new NetworkArchitecture Architecture { get; } =
        new ResNetGen.Architecture.CifarResNetSpec { Name = "WrongNet", Depth = 8, Height = 32, Width = 32, Classes = 10 }.Build();

    static WrongNet INetwork<WrongNet>.Create() => new();
}
