using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using NetworkArchitecture = ResNetGen.Architecture.NetworkArchitecture;

namespace ResNetGen.Tests.Training;

/// <summary>What a layer in the middle of a network does from one call on.</summary>
public enum Poison
{
    None,

    /// <summary>Its output overflows.</summary>
    Forward,

    /// <summary>Its output is right, its gradient is not a number: the slope of a square root at zero.</summary>
    Backward,
}

/// <summary>A network whose layer <c>middle</c> goes wrong when it is told to; what its weights were when it was given up is kept.</summary>
internal sealed class PoisonedNet : Module<Tensor, Tensor>, INetwork<PoisonedNet>
{
    private readonly Module<Tensor, Tensor> _conv1 = Conv2d(3, 8, 3, padding: 1);
    private readonly BatchNorm2d _bn1 = BatchNorm2d(8);
    private readonly Middle _middle = new();
    private readonly Module<Tensor, Tensor> _conv2 = Conv2d(8, 8, 3, padding: 1);
    private readonly Linear _fc = Linear(8, 4);

    public PoisonedNet() : base(nameof(PoisonedNet))
    {
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("middle", _middle);
        register_module("conv2", _conv2);
        register_module("fc", _fc);
        Weights = [];
        Calls = 0;
    }

    public static Poison Poison { get; set; }

    /// <summary>The forward pass in training from which on it works.</summary>
    public static int From { get; set; }

    /// <summary>Its parameters and buffers when the network was disposed.</summary>
    public static List<string> Weights { get; private set; } = [];

    private static int Calls { get; set; }

    public static NetworkArchitecture Architecture { get; } =
        new ResNetGen.Architecture.CifarResNetSpec { Name = "PoisonedNet", Depth = 8, Height = 8, Width = 8, Classes = 4 }.Build();

    public static PoisonedNet Create() => new();

    public override Tensor forward(Tensor input)
    {
        Tensor x = _conv2.call(_middle.call(_bn1.call(_conv1.call(input))));
        return _fc.call(x.mean([2, 3]));
    }

    protected override void RegisterComponents()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Keep();
        }

        base.Dispose(disposing);
    }

    private void Keep() => Weights.Add(string.Concat(state_dict().Values.Select(static t => Convert.ToHexString(t.cpu().contiguous().bytes))));

    private sealed class Middle() : Module<Tensor, Tensor>("Middle")
    {
        public override Tensor forward(Tensor input)
        {
            bool poisoned = training && ++Calls >= From;
            return !poisoned ? input.alias()
                : Poison == Poison.Forward ? input.mul(1e30).mul(1e30)
                : input.add(input.mul(0).sqrt());
        }
    }
}
