using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>One case of BatchNorm + addition + ReLU, and what torch's own operations make of it in double precision.</summary>
internal sealed class FusedMaps
{
    public const double Eps = 1e-5;

    public FusedMaps(ScalarType type, long[] shape, int addend, bool relu)
    {
        Relu = relu;
        Type = type;
        Padding = addend == 2 ? (2, 3, shape[1] - 3 - (shape[1] / 2)) : (1, 0, 0);
        manual_seed(7);

        // A mean far from zero: a variance made of plain squares would lose its digits.
        Input = Laid(randn(shape).mul(0.5).add(4));
        Addend = addend switch
        {
            1 => Laid(randn(shape)),
            2 => Laid(randn(shape[0], shape[1] / 2, (shape[2] * 2) - 1, shape[3] * 2)),
            _ => null,
        };
        Weight = rand(shape[1]).add(0.5);
        Bias = randn(shape[1]);
        Gradient = Laid(randn(shape));
        Leaves = [Wide(Input), Wide(Weight), Wide(Bias), .. Addend is null ? Array.Empty<Tensor>() : [Wide(Addend)]];
    }

    public bool Relu { get; }

    public ScalarType Type { get; }

    public (long Stride, long Before, long After) Padding { get; }

    public Tensor Input { get; }

    public Tensor? Addend { get; }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public Tensor Gradient { get; }

    /// <summary>Input, weight, bias and addend in double, with gradients after <see cref="Expect"/>.</summary>
    public Tensor[] Leaves { get; }

    /// <summary>torch's output, its gradients left in <see cref="Leaves"/>.</summary>
    public Tensor Expect(Tensor runningMean, Tensor runningVariance, bool training, double momentum)
    {
        Tensor output = nn.functional.batch_norm(Leaves[0], runningMean, runningVariance, Leaves[1], Leaves[2], training, momentum, Eps);
        if (Addend is not null)
        {
            Tensor added = Leaves[3];
            if (Padding.Stride > 1)
            {
                added = added.slice(2, 0, added.size(2), Padding.Stride).slice(3, 0, added.size(3), Padding.Stride);
                added = nn.functional.pad(added, [0, 0, 0, 0, Padding.Before, Padding.After]);
            }

            output = output.add(added);
        }

        if (Relu)
        {
            output = output.relu();
        }

        output.backward([Gradient.to(ScalarType.Float64)]);
        return output;
    }

    private Tensor Laid(Tensor maps) => MemoryFormat.ChannelsLast(maps.to(Type));

    private static Tensor Wide(Tensor tensor) => tensor.to(ScalarType.Float64).detach().requires_grad_();
}
