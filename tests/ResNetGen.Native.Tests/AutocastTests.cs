using ResNetGen.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class AutocastTests
{
    [Fact]
    public void ProductsRunInTheShortTypeInsideTheRegionOnly()
    {
        using Tensor a = randn(8, 8), b = randn(8, 8);
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16))
        {
            using Tensor inside = a.matmul(b);
            Assert.Equal(ScalarType.BFloat16, inside.dtype);
        }

        using Tensor outside = a.matmul(b);
        Assert.Equal(ScalarType.Float32, outside.dtype);
    }

    [Fact]
    public void ValuesAgreeWithFloat32WithinTheShortMantissa()
    {
        using Tensor a = randn(32, 64), b = randn(64, 16);
        using Tensor exact = a.matmul(b);
        using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
        using Tensor rounded = a.matmul(b).to(ScalarType.Float32);
        // bfloat16 keeps 8 bits: sums of 64 products of size one are about 8, and rounding each partial sum by 2^-9 of itself
        // (as processors without bfloat16 products do) adds up to about sqrt(64) * 8 * 2^-9 = 0.125.
        using Tensor mean = (exact - rounded).abs().mean();
        Assert.InRange(mean.item<float>(), 1e-4f, 0.25f);
    }

    /// <summary>A cast that was kept is seen by what it hides: the weight that changed after it.</summary>
    [Fact]
    public void WeightsAreCastOnceWhereCastsAreKept()
    {
        using var linear = nn.Linear(4, 4, hasBias: false);
        using Tensor x = ones(1, 4);
        float Sum()
        {
            using IDisposable region = Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16);
            return linear.call(x).to(ScalarType.Float32).sum().item<float>();
        }

        float first;
        using (Autocast.KeepCasts())
        {
            first = Sum();
            using (no_grad()) linear.weight.mul_(2);
            Assert.Equal(first, Sum());
        }
        Assert.Equal(2 * first, Sum(), 1e-2f);
    }

    [Fact]
    public void GradientsOfSeveralPassesWithOneCastAreThoseOfSeveralCasts()
    {
        using DisposeScope scope = NewDisposeScope();
        using var linear = nn.Linear(64, 8);
        Tensor[] parts = [randn(4, 64), randn(4, 64)];
        Tensor Gradient()
        {
            linear.zero_grad();
            foreach (Tensor part in parts)
            {
                Tensor output;
                using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) output = linear.call(part);
                output.to(ScalarType.Float32).square().sum().backward();
            }
            return linear.weight.grad!;
        }

        Tensor apart = Gradient();
        using IDisposable kept = Autocast.KeepCasts();
        Assert.True(apart.Equals(Gradient()));
    }

    [Fact]
    public void WeightsThatChangeBetweenRegionsAreCastAnew()
    {
        using var linear = nn.Linear(4, 4, hasBias: false);
        using Tensor x = ones(1, 4);
        float first, second;
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) first = linear.call(x).to(ScalarType.Float32).sum().item<float>();
        using (no_grad()) linear.weight.mul_(2);
        using (Autocast.Enable(DeviceType.CPU, ScalarType.BFloat16)) second = linear.call(x).to(ScalarType.Float32).sum().item<float>();
        Assert.Equal(2 * first, second, 1e-2f);
    }
}
