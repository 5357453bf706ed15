using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Export;
using ResNetGen.Native;
using ResNetGen.Training;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>What training and inference share: a network with the weights, and a batch of the images, that all contestants have.</summary>
internal abstract class NetworkWork : Work
{
    /// <summary>Outputs that are compared, as bench/pytorch/works.py has it.</summary>
    protected const int CheckedOutputs = 64;

    private readonly NetworkCase _case;
    private readonly CaseFiles _files;

    /// <summary>The network's description.</summary>
    protected NetworkArchitecture Architecture => _case.Architecture;

    protected NetworkWork(NetworkCase network, string folder, Precision precision)
    {
        _case = network;
        _files = new CaseFiles(folder);
        Plan = ComputePlan.Decide(ComputeDevice.Cpu, precision);
        Network = network.Create();
    }

    protected ComputePlan Plan { get; }

    protected nn.Module<Tensor, Tensor> Network { get; }

    protected Tensor Images { get; private set; } = zeros(0).DetachFromDisposeScope();

    protected Tensor Labels { get; private set; } = zeros(0).DetachFromDisposeScope();

    /// <summary>Of several processes each has images of its own.</summary>
    protected virtual int Rank => 0;

    public override object Answer(string command, string[] arguments) => (command, arguments) switch
    {
        ("load", []) => Load(),
        ("open", [string count]) => Open(int.Parse(count, CultureInfo.InvariantCulture)),
        ("check", []) => Check(),
        ("export", []) => Export(),
        ("saved", []) => Saved(),
        _ => base.Answer(command, arguments),
    };

    /// <summary>Numbers that say whether the same is computed: losses of three steps, or logits.</summary>
    protected abstract object Check();

    /// <summary>The weights have come: what is made of them.</summary>
    protected abstract void Prepare();

    /// <summary>A batch has come.</summary>
    protected virtual object Opened(bool reset) => new { reset };

    private object Load()
    {
        _case.Load(Network, _files.Weights);
        MemoryFormat.ChannelsLast(Network);
        Prepare();
        return new
        {
            parameters = Network.parameters().Sum(static parameter => parameter.numel()),
            arithmetic = Plan.BFloat16 ? "bf16" : "fp32",
            multiply_adds = _case.Architecture.MultiplyAdds,
            saved_an_image = _case.Architecture.SavedActivationBytes(TrainingPrecision.Float32, 1),
        };
    }

    private object Open(int count)
    {
        Images.Dispose();
        Labels.Dispose();
        bool reset = PeakMemory.Reset();
        Images = _files.Images(Rank * count, count, _case.Architecture.Input);
        Labels = _files.Labels(Rank * count, count);
        return Opened(reset);
    }

    private object Export()
    {
        Network.ExportOnnx(_case.Architecture, _files.Onnx);
        return new { };
    }

    /// <summary>What autograd keeps of a forward pass, measured and as the cost model has it.</summary>
    private object Saved()
    {
        using MemoryMeter meter = MemoryMeter.Start();
        Tensor sum;
        using (var scope = NewDisposeScope())
        {
            // As it comes to the network: the images count where they are kept.
            Tensor images = MemoryFormat.ChannelsLast(Images.clone());
            using IDisposable? autocast = Plan.EnableAutocast();
            sum = Network.call(images).sum().MoveToOuterDisposeScope();
        }

        using (sum)
        {
            TrainingPrecision precision = Plan.BFloat16 ? TrainingPrecision.BFloat16 : TrainingPrecision.Float32;
            return new
            {
                saved = meter.HeldBytes - sum.element_size(),
                predicted = _case.Architecture.SavedActivationBytes(precision, (int)Images.size(0)),
            };
        }
    }
}
