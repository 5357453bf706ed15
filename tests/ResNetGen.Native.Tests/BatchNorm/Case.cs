using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>
/// One call of the fused operation, and the same in torch's own operations, in float64 on the very same (rounded) values: what
/// is left of the difference is the rounding of the fused operation alone.
/// </summary>
internal sealed record Case(
    ScalarType Type, long N, long C, long H, long W, bool ChannelsLast = true, bool Training = true, bool ReLU = true, bool Affine = true,
    Addend Addend = Addend.None, ChannelPadding Padding = default, double Mean = 0)
{
    internal Results Fused(bool gradientIsHeld = false, ScalarType? parameters = null)
    {
        using BatchNorm2d norm = Norm(parameters ?? Parameters);
        using Tensor x = Input(7, N, C, H, W, Mean), g = Gradient();
        using Tensor? a = AddendMap();
        x.requires_grad_();
        a?.requires_grad_();
        using Tensor y = a is null ? FusedBatchNorm.Forward(norm, x, ReLU)
            : Addend == Addend.Same ? FusedBatchNorm.Forward(norm, x, a, ReLU)
            : FusedBatchNorm.Forward(norm, x, a, Padding, ReLU);
        if (gradientIsHeld)
        {
            y.backward([g]);
        }
        else
        {
            using Tensor loss = (y * g).sum();
            loss.backward();
        }

        return new Results(norm, y, x, a);
    }

    internal Results Expected()
    {
        using BatchNorm2d norm = Norm(float64);
        using Tensor x = Input(7, N, C, H, W, Mean).to(float64), g = Gradient().to(float64);
        using Tensor? a = AddendMap()?.to(float64);
        x.requires_grad_();
        a?.requires_grad_();
        using Tensor y = Plain(norm, x, a);
        y.backward([g]);
        return new Results(norm, y, x, a);
    }

    private Tensor Plain(BatchNorm2d norm, Tensor x, Tensor? a)
    {
        Tensor y = norm.call(x);
        if (a is not null)
        {
            if (Addend == Addend.OptionA)
            {
                a = a.slice(2, 0, a.size(2), Padding.Stride).slice(3, 0, a.size(3), Padding.Stride);
                a = nn.functional.pad(a, new long[] { 0, 0, 0, 0, Padding.Before, Padding.After });
            }

            y = y + a;
        }

        return ReLU ? y.relu() : y;
    }

    /// <summary>
    /// Where rounding may decide the sign before the ReLU nothing flows back: which side wins there is nobody's error. bfloat16 is
    /// computed in float32, so one margin serves.
    /// </summary>
    private Tensor Gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using BatchNorm2d norm = Norm(float64);
        Tensor g = Input(9, N, C, H, W, 0);
        if (!ReLU) return g.MoveToOuterDisposeScope();
        Tensor before = (this with { ReLU = false }).Plain(norm, Input(7, N, C, H, W, Mean).to(float64), AddendMap()?.to(float64));
        return Lay(g * (before.abs() > 1e-3 * (1 + Math.Abs(Mean))).to(Type)).MoveToOuterDisposeScope();
    }

    private ScalarType Parameters => Type == float64 ? float64 : float32;

    private Tensor? AddendMap() => Addend switch
    {
        Addend.None => null,
        Addend.Same => Input(8, N, C, H, W, 0),
        _ => Input(8, N, C - Padding.Before - Padding.After, H * Padding.Stride - Odd, W * Padding.Stride - Odd, 0),
    };

    /// <summary>Subsampling rounds up: an odd map ends in a pixel that counts.</summary>
    internal long Odd { get; init; }

    private Tensor Input(long seed, long n, long c, long h, long w, double mean)
    {
        using var generator = new Generator((ulong)(seed * 1000 + n + c + h));
        using Tensor values = randn(new[] { n, c, h, w }, float64, generator: generator) + mean;
        return Lay(values.to(Type));
    }

    private Tensor Lay(Tensor map)
    {
        if (!ChannelsLast) return map.contiguous();
        Tensor laid = MemoryFormat.ChannelsLast(map);
        return laid;
    }

    private BatchNorm2d Norm(ScalarType type)
    {
        BatchNorm2d norm = nn.BatchNorm2d(C, affine: Affine, dtype: type);
        using IDisposable guard = no_grad();
        // Whole multiples of 1/16 are the same number in every type.
        Tensor steps = arange(C, float64) % 16 / 16;
        if (Affine)
        {
            norm.weight.copy_(steps - 0.25);
            norm.bias!.copy_(0.5 - steps);
        }

        norm.running_mean!.copy_(steps + Mean);
        norm.running_var!.copy_(steps + 0.5);
        norm.train(Training);
        return norm;
    }
}

internal enum Addend { None, Same, OptionA }
