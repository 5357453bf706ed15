using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class FiniteTests
{
    public static TheoryData<ScalarType> Types => [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    /// <summary>One bad value at every place where a block of the native loop begins, ends or is cut.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void One_bad_value_is_found_wherever_it_stands(ScalarType type)
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        foreach (long at in (long[])[0, 1, 1_023, 1_024, 2_047, 2_048, 2_499])
        {
            using Tensor good = full(2_500, 1.5, dtype: type);
            using Tensor values = good.clone();
            values[at] = torch.tensor(bad, type);
            Assert.Equal(-1, Both([good, good]));
            Assert.Equal(1, Both([good, values]));
            Assert.Equal(0, Both([values, values]));
        }
    }

    [Fact]
    public void The_largest_and_smallest_finite_values_are_finite()
    {
        using Tensor edges = torch.tensor([float.MaxValue, float.MinValue, float.Epsilon, -0f, 0f]);
        using Tensor doubles = torch.tensor([double.MaxValue, double.MinValue, double.Epsilon]);
        using Tensor none = empty(0);
        using Tensor whole = torch.tensor([long.MaxValue, -1L]);
        Assert.Equal(-1, Both([edges, doubles, none, whole]));
        Assert.Equal(-1, Both([]));
    }

    [Fact]
    public void Any_layout_is_looked_at_and_left_as_it_is()
    {
        using Tensor x = randn(2, 3, 5, 7);
        using Tensor laid = MemoryFormat.ChannelsLast(x);
        using Tensor every = x.slice(3, 0, 7, 2);
        Assert.Equal(-1, Both([laid, every]));
        x[1, 2, 4, 6] = torch.tensor(float.NaN);
        Assert.Equal(0, Both([every]));
        Assert.Equal(-1, Both([laid]));
        laid[1, 2, 4, 6] = torch.tensor(float.PositiveInfinity);
        Assert.Equal(1, Both([torch.ones(1), laid]));
        Assert.Equal(float.PositiveInfinity, laid[1, 2, 4, 6].item<float>());
    }

    [Fact]
    public void Many_values_on_several_threads()
    {
        using Tensor large = ones(3_000_000);
        Assert.Equal(-1, Both([large]));
        large[2_999_999] = torch.tensor(float.NaN);
        Assert.Equal(0, Both([large]));
    }

    /// <summary>The native answer and the portable one, which must be the same.</summary>
    private static int Both(IReadOnlyList<Tensor> tensors)
    {
        int native = Finite.FirstNotFinite(tensors);
        Assert.Equal(Finite.Portable(tensors), native);
        return native;
    }
}
