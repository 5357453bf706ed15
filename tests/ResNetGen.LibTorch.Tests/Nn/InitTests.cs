namespace ResNetGen.LibTorch.Tests.Nn;

using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Initialisation draws what PyTorch draws from the same seed, and has the statistics it promises.</summary>
public sealed class InitTests
{
    private static readonly Dictionary<string, Action<Tensor>> Inits = new()
    {
        ["kaiming_normal"] = t => init.kaiming_normal_(t),
        ["kaiming_normal_out_relu"] = t => init.kaiming_normal_(t, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ["kaiming_uniform_a5"] = t => init.kaiming_uniform_(t, a: Math.Sqrt(5)),
        ["xavier_uniform"] = t => init.xavier_uniform_(t, 1.5),
        ["xavier_normal"] = t => init.xavier_normal_(t),
        ["normal"] = t => init.normal_(t, 2, 0.5),
        ["uniform"] = t => init.uniform_(t, -3, 1),
        ["trunc_normal"] = t => init.trunc_normal_(t, 0.5, 2, -1, 1.5),
        ["dirac"] = t => init.dirac_(t),
        ["eye"] = t => init.eye_(t),
        ["constant"] = t => init.constant_(t, 2.5),
        ["linear_weight"] = t => Copy(t, Linear(5, 6).weight),
        ["conv_bias"] = t => Copy(t, Conv2d(2, 8, 3).bias!),
    };

    public static TheoryData<string> Names => new(Inits.Keys);

    [Fact]
    public void Every_golden_init_is_tested()
        => Assert.Equal(Cases().Select(c => c.GetProperty("name").GetString()!).Order(), Inits.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_what_PyTorch_draws(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Cases().Single(c => c.GetProperty("name").GetString() == name);
        manual_seed(42);
        var t = empty(golden.GetProperty("shape").Longs());
        Inits[name](t);
        Golden.Close(golden.GetProperty("values").Doubles(), t, name);
    }

    [Fact]
    public void Works_on_parameters_outside_the_graph_and_gives_the_same_object_back()
    {
        using var scope = NewDisposeScope();
        var p = new Parameter(zeros(8, 8));
        foreach (var f in new Func<Tensor, Tensor>[] { t => init.ones_(t), t => init.uniform_(t), t => init.normal_(t), t => init.orthogonal_(t), t => init.sparse_(t, 0.5), t => init.eye_(t), t => init.zeros_(t), t => init.glorot_normal_(t), t => init.glorot_uniform_(t), t => init.trunc_normal_(t) })
            Assert.Same(p, f(p));
        Assert.True(p.is_leaf);
        Assert.True(p.requires_grad);
    }

    [Fact]
    public void Has_the_statistics_it_promises()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var t = empty(128, 64, 3, 3);
        double Deviation() => t.std().item<float>();
        double Largest() => t.abs().max().item<float>();

        init.kaiming_normal_(t, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        Assert.Equal(Math.Sqrt(2.0 / (128 * 9)), Deviation(), 3e-4);
        init.kaiming_normal_(t);
        Assert.Equal(Math.Sqrt(2.0 / (64 * 9)), Deviation(), 5e-4);
        init.kaiming_uniform_(t);
        Assert.Equal(Math.Sqrt(6.0 / (64 * 9)), Largest(), 1e-4);
        init.xavier_normal_(t);
        Assert.Equal(Math.Sqrt(2.0 / (192 * 9)), Deviation(), 3e-4);
        init.xavier_uniform_(t);
        Assert.Equal(Math.Sqrt(6.0 / (192 * 9)), Largest(), 1e-4);
        init.trunc_normal_(t, 0, 1, -0.5, 2);
        Assert.InRange(t.min().item<float>(), -0.5f, -0.49f);
        Assert.InRange(t.max().item<float>(), 1.9f, 2f);
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    public void Orthogonal_rows_or_columns_are_orthonormal_times_the_gain(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var t = init.orthogonal_(empty(rows, columns), gain: 3);
        var gram = rows < columns ? t.matmul(t.t()) : t.t().matmul(t);
        Golden.Close(Golden.Values(eye(Math.Min(rows, columns)).mul(9)), gram, "t·tᵀ");
    }

    [Fact]
    public void Sparse_zeroes_a_share_of_every_column()
    {
        using var scope = NewDisposeScope();
        var t = init.sparse_(empty(10, 5), 0.25, 2);
        Assert.All(Golden.Values(t.eq(0).sum(0L)), zeros => Assert.Equal(3, zeros));
    }

    [Fact]
    public void A_generator_of_ones_own_is_used()
    {
        using var scope = NewDisposeScope();
        var first = init.normal_(empty(20), generator: new Generator(7));
        var second = init.normal_(empty(20), generator: new Generator(7));
        Assert.Equal(Golden.Values(first), Golden.Values(second));
    }

    [Fact]
    public void Gains_and_fans()
    {
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Conv2D));
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU));
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2), 1e-12);

        using var scope = NewDisposeScope();
        Assert.Equal((27L, 45L), init.CalculateFanInAndFanOut(empty(5, 3, 3, 3)));
        Assert.Equal((4L, 7L), init.CalculateFanInAndFanOut(empty(7, 4)));
        Assert.Contains("fewer than 2 dimensions", Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(empty(3))).Message);
    }

    private static void Copy(Tensor target, Tensor source)
    {
        using var _ = no_grad();
        target.copy_(source);
    }

    private static IEnumerable<JsonElement> Cases() => Golden.Read("nn_init.json").EnumerateArray();
}
