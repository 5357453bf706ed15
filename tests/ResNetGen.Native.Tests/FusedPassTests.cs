using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>LAMB, the moving average, and what is asked of all gradients.</summary>
public class FusedPassTests
{
    /// <summary>The reference is plain operations in float64 from the same float32 values, as the paper writes them.</summary>
    [Fact]
    public void Steps_of_LAMB_are_those_of_plain_operations()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new();
        using FusedLamb fused = new(set.Parameters, set.Decay, 0.9, 0.99, 1e-6);
        Tensor[] weights = [.. set.Parameters.Select(static p => p.Parameter.detach().to(ScalarType.Float64).clone())];
        Tensor[] means = [.. weights.Select(static w => zeros_like(w))];
        Tensor[] squares = [.. weights.Select(static w => zeros_like(w))];
        using IDisposable guard = no_grad();
        for (int step = 1; step <= 5; step++)
        {
            set.SetGradients(step);
            fused.Step(0.01, step);
            for (int i = 0; i < weights.Length; i++)
            {
                if (set.Parameters[i].Parameter.grad is not { } gradient) continue;
                using Tensor g = gradient.to(ScalarType.Float64);
                means[i].mul_(0.9).add_(g, alpha: 0.1);
                squares[i].mul_(0.99).add_(g * g, alpha: 0.01);
                Tensor update = (means[i] / (1 - Math.Pow(0.9, step))) / ((squares[i] / (1 - Math.Pow(0.99, step))).sqrt() + 1e-6);
                if (set.Decay[i] != 0)
                {
                    update = update + (set.Decay[i] * weights[i]);
                    update = update * (weights[i].norm() / update.norm());
                }
                weights[i].add_(update, alpha: -0.01);
            }
        }

        // Float32 rounds each of some ten operations a step to 6e-8 of its result; five steps.
        for (int i = 0; i < weights.Length; i++)
            Assert.True(allclose(weights[i], set.Parameters[i].Parameter.to(ScalarType.Float64), rtol: 1e-5, atol: 1e-6), set.Parameters[i].Name);
    }

    [Fact]
    public void LAMBs_sums_do_not_depend_on_the_number_of_threads()
    {
        using DisposeScope scope = NewDisposeScope();
        int before = get_num_threads();
        try
        {
            ParameterSet[] sets = [.. new[] { 1, 2 }.Select(static threads =>
            {
                set_num_threads(threads);
                ParameterSet set = new();
                using FusedLamb fused = new(set.Parameters, set.Decay, 0.9, 0.999, 1e-6);
                set.SetGradients(0);
                fused.Step(0.1, 1);
                return set;
            })];
            ParameterSet.AssertSame(sets[0], sets[1]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void The_average_is_torchs(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        ParameterSet set = new(type);
        using FusedAverage average = new(set.Parameters);
        Tensor[] expected = [.. set.Parameters.Select(static p => p.Parameter.detach().clone())];
        using Tensor found = ones(1);
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                set.Parameters[i].Parameter.add_(randn_like(set.Parameters[i].Parameter));
                expected[i].mul_(0.99).add_(set.Parameters[i].Parameter, alpha: 1 - 0.99);
            }
            average.Update(0.99);
            average.Update(0.5, new StepCondition { NotFinite = found });
            for (int i = 0; i < expected.Length; i++)
                Assert.True(IsSame(expected[i], average.Averages[i]), set.Parameters[i].Name);
        }
    }

    /// <summary>
    /// To the bit; in bfloat16 but for two roundings, of a product and a sum, each by half of 2⁻⁷: libtorch 2 takes a number
    /// as it is or in bfloat16, by where in a product it stands.
    /// </summary>
    private static bool IsSame(Tensor expected, Tensor actual) => expected.dtype == ScalarType.BFloat16
        ? expected.to(ScalarType.Float32).allclose(actual.to(ScalarType.Float32), rtol: 1.0 / 128, atol: 1.0 / 128)
        : ParameterSet.Bits(expected).SequenceEqual(ParameterSet.Bits(actual));

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void The_norm_is_that_of_all_values_in_double(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new(type);
        set.SetGradients(1);
        using FusedGradients gradients = new(set.Parameters);
        gradients.Measure();
        double expected = Math.Sqrt(set.Parameters.Where(static p => p.Parameter.grad is not null)
            .Sum(static p => p.Parameter.grad!.to(ScalarType.Float64).square().sum().item<double>()));

        // bfloat16 has no loop: the norms of its tensors come in bfloat16, of 8 bits.
        Assert.Equal(1, gradients.Norm().item<double>() / expected, type == ScalarType.BFloat16 ? 1e-2 : 1e-12);
        Assert.Equal(0, gradients.NotFinite.item<float>());
        Assert.Equal(-1, gradients.FirstNotFinite());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void A_gradient_that_is_not_finite_is_found_and_the_first_one_named(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new(type);
        set.SetGradients(0);
        using FusedGradients gradients = new(set.Parameters);
        set.Parameters[5].Parameter.grad![70_000] = torch.tensor(float.NegativeInfinity).to(type);
        Assert.Equal(5, gradients.FirstNotFinite());
        set.Parameters[3].Parameter.grad![0, 0, 0, 0] = torch.tensor(float.NaN).to(type);
        Assert.Equal(3, gradients.FirstNotFinite());
        gradients.Measure();
        Assert.Equal(1, gradients.NotFinite.item<float>());

        // Parameters without a gradient keep their places in the list.
        set.Parameters[0].Parameter.grad = null;
        Assert.Equal(3, gradients.FirstNotFinite());
    }

    [Fact]
    public void Large_finite_gradients_are_finite_though_their_squares_are_not()
    {
        using DisposeScope scope = NewDisposeScope();
        using Parameter single = new(zeros(100)), wide = new(zeros(100, dtype: ScalarType.Float64)), narrow = new(zeros(100, dtype: ScalarType.BFloat16));
        single.grad = full(100, float.MaxValue);
        wide.grad = full(100, double.MaxValue, dtype: ScalarType.Float64);
        narrow.grad = full(100, 3e38, dtype: ScalarType.BFloat16);
        foreach (Parameter parameter in new[] { single, wide, narrow })
        {
            using FusedGradients gradients = new([("p", parameter)]);
            gradients.Measure();
            Assert.Equal(0, gradients.NotFinite.item<float>());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Gradients_are_scaled_in_place(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new(type);
        set.SetGradients(1);
        Tensor[] before = [.. set.Parameters.Where(static p => p.Parameter.grad is not null).Select(static p => p.Parameter.grad!.clone())];
        using FusedGradients gradients = new(set.Parameters);
        using Tensor factor = torch.tensor(0.25f);
        gradients.Scale(factor);
        Tensor[] after = [.. set.Parameters.Where(static p => p.Parameter.grad is not null).Select(static p => p.Parameter.grad!)];
        for (int i = 0; i < before.Length; i++) Assert.True(before[i].mul_(0.25).Equals(after[i]));
        gradients.Clear();
        Assert.All(set.Parameters, static p => Assert.Null(p.Parameter.grad));
    }
}
