using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>Outputs, gradients and running statistics against torch's own norm, addition and ReLU in float64.</summary>
public class ValueTests
{
    // float32: a few roundings of 2^-24 each, 6e-8, in numbers of size one that are sums of others: 1e-5 is ample and an order
    // below any real mistake. bfloat16 keeps 8 bits and is rounded once at the end: 2^-8 of the value. float64 the same way.
    private static (double Map, double Vector) Tolerance(ScalarType type) => type switch
    {
        ScalarType.Float64 => (1e-12, 1e-12),
        ScalarType.BFloat16 => (1.0 / 256 + 1e-5, 2e-5),
        _ => (2e-5, 2e-5),
    };

    public static TheoryData<ScalarType, bool> TypesAndLayouts => new()
    {
        { ScalarType.Float64, true }, { ScalarType.Float64, false },
        { ScalarType.Float32, true }, { ScalarType.Float32, false },
        { ScalarType.BFloat16, true }, { ScalarType.BFloat16, false },
    };

    /// <summary>Channels that fill vectors, that do not, and that are more than a row is joined for; one picture; maps of one pixel.</summary>
    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void Every_size_in_every_type_and_layout(ScalarType type, bool channelsLast)
    {
        foreach ((long n, long c, long h, long w) in ((long, long, long, long)[])
            [(2, 1, 3, 5), (3, 3, 5, 7), (4, 16, 8, 8), (2, 17, 3, 3), (1, 64, 9, 9), (33, 16, 1, 1), (3, 2048, 1, 1), (2, 2048, 2, 3), (2, 1031, 2, 2), (1, 5, 1, 40)])
        foreach (bool relu in (bool[])[true, false])
        foreach (Addend addend in (Addend[])[Addend.None, Addend.Same])
            Check(new Case(type, n, c, h, w, channelsLast, ReLU: relu, Addend: addend));
    }

    /// <summary>More than one part, with an end that fills no row.</summary>
    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void Several_parts(ScalarType type, bool channelsLast)
    {
        Check(new Case(type, 9, 16, 31, 29, channelsLast, Addend: Addend.Same));
        Check(new Case(type, 5, 24, 31, 29, channelsLast));
        Check(new Case(type, 3, 256, 13, 13, channelsLast));
    }

    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void Evaluation_mode(ScalarType type, bool channelsLast)
    {
        foreach (bool relu in (bool[])[true, false])
        foreach (Addend addend in (Addend[])[Addend.None, Addend.Same])
            Check(new Case(type, 2, 20, 5, 5, channelsLast, Training: false, ReLU: relu, Addend: addend));
        Check(new Case(type, 1, 20, 1, 1, channelsLast, Training: false));
    }

    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void Without_parameters(ScalarType type, bool channelsLast)
    {
        Check(new Case(type, 2, 20, 5, 5, channelsLast, Affine: false));
        Check(new Case(type, 2, 20, 5, 5, channelsLast, Affine: false, Training: false, Addend: Addend.Same));
    }

    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void Option_A(ScalarType type, bool channelsLast)
    {
        foreach (bool relu in (bool[])[true, false])
        foreach ((int before, int after) in ((int, int)[])[(0, 16), (8, 8), (3, 2), (0, 0)])
        foreach (int stride in (int[])[1, 2, 3])
        foreach (long odd in (long[])[0, 1])
            Check(new Case(type, 3, 32, 6, 5, channelsLast, ReLU: relu, Addend: Addend.OptionA, Padding: new(stride, before, after)) { Odd = stride > 1 ? odd : 0 });
        Check(new Case(type, 9, 32, 31, 13, channelsLast, Addend: Addend.OptionA, Padding: new(2, 8, 8)) { Odd = 1 });
    }

    /// <summary>
    /// Sums of squares would have lost the deviation here: 300² has 17 bits, of which float32 has 24. What remains is the rounding of
    /// the mean itself and of scale · mean, 300 · 2^-24 each.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mean_far_from_zero(bool channelsLast)
    {
        var far = new Case(ScalarType.Float32, 8, 16, 17, 17, channelsLast, ReLU: false, Mean: 300);
        far.Fused().AreClose(far.Expected(), map: 2e-4, vector: 2e-4);
    }

    [Fact]
    public void Parameters_in_the_short_type_too()
    {
        var all = new Case(ScalarType.BFloat16, 4, 16, 8, 8);
        // Parameters of multiples of 1/16 are exact, but gradients and running statistics are then stored in bfloat16 as well.
        all.Fused(parameters: bfloat16).AreClose(all.Expected(), map: 1.0 / 128, vector: 1.0 / 128);
    }

    /// <summary>The gradient's memory is written over where nobody else reads it, and only there.</summary>
    [Theory]
    [MemberData(nameof(TypesAndLayouts))]
    public void A_gradient_that_is_held_stays_what_it_is(ScalarType type, bool channelsLast)
    {
        foreach (bool relu in (bool[])[true, false])
        foreach (Addend addend in (Addend[])[Addend.None, Addend.Same])
        {
            var some = new Case(type, 3, 16, 7, 7, channelsLast, ReLU: relu, Addend: addend);
            some.Fused(gradientIsHeld: true).AreSameBits(some.Fused());
        }
    }

    private static void Check(Case some)
    {
        using DisposeScope scope = NewDisposeScope();
        (double map, double vector) = Tolerance(some.Type);
        some.Fused().AreClose(some.Expected(), map, vector);
    }
}
