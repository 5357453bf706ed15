namespace ResNetGen.LibTorch.Tests.Optim;

using System.Text.Json;
using ResNetGen.LibTorch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

/// <summary>The rate curve of every scheduler, on two groups, against PyTorch.</summary>
public sealed class SchedulerTests
{
    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> Schedulers = new()
    {
        ["step"] = o => StepLR(o, 4, 0.3),
        ["multistep"] = o => MultiStepLR(o, [3, 7, 15], 0.2),
        ["exponential"] = o => ExponentialLR(o, 0.8),
        ["constant"] = o => ConstantLR(o, 0.25, 6),
        ["linear"] = o => LinearLR(o, 0.2, 0.9, 8),
        ["polynomial"] = o => PolynomialLR(o, 10, 2),
        ["lambda"] = o => LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["multiplicative"] = o => MultiplicativeLR(o, _ => 0.95),
        ["cosine"] = o => CosineAnnealingLR(o, 8, 0.001),
        ["onecycle"] = o => OneCycleLR(o, 0.4, total_steps: 20),
        ["onecycle_epochs"] = o => OneCycleLR(o, 0.4, epochs: 4, steps_per_epoch: 5, pct_start: 0.25, div_factor: 10, final_div_factor: 100),
        ["onecycle_linear"] = o => OneCycleLR(o, [0.4, 0.2], total_steps: 20, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, base_momentum: [0.8, 0.8], max_momentum: [0.9, 0.9]),
        ["onecycle_three"] = o => OneCycleLR(o, 0.4, total_steps: 20, three_phase: true),
        ["onecycle_fixed_momentum"] = o => OneCycleLR(o, 0.4, total_steps: 20, cycle_momentum: false),
        ["onecycle_adam"] = o => OneCycleLR(o, 0.4, total_steps: 20),
        ["sequential"] = o => SequentialLR(o, [ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], [4]),
        ["chained"] = o => ChainedLR([ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)]),
    };

    private static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> Plateaus = new()
    {
        ["min_rel"] = o => ReduceLROnPlateau(o, patience: 2, factor: 0.5),
        ["min_abs_cooldown"] = o => ReduceLROnPlateau(o, patience: 1, factor: 0.5, threshold: 0.05, threshold_mode: "abs", cooldown: 2),
        ["max_rel"] = o => ReduceLROnPlateau(o, mode: "max", patience: 3, factor: 0.1),
        ["max_abs_minimum"] = o => ReduceLROnPlateau(o, mode: "max", patience: 0, factor: 0.5, threshold: 0.01, threshold_mode: "abs", min_lr: [0.02, 0.01]),
        ["eps"] = o => ReduceLROnPlateau(o, patience: 0, factor: 0.5, eps: 0.03),
    };

    public static TheoryData<string> Names => new(Schedulers.Keys);

    public static TheoryData<string> PlateauNames => new(Plateaus.Keys);

    private static JsonElement Read(string part, string name)
        => Golden.Read("nn_optim.json").GetProperty(part).EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    private static OptimizerHelper TwoGroups(string kind = "SGD")
    {
        Parameter[] First() => [new Parameter(zeros(1))];
        return kind == "SGD"
            ? optim.SGD([new SGD.ParamGroup(First(), lr: 0.1, momentum: 0.9), new SGD.ParamGroup(First(), lr: 0.05, momentum: 0.9)], 1, 0.9)
            : optim.Adam([new Adam.ParamGroup(First(), lr: 0.1), new Adam.ParamGroup(First(), lr: 0.05)]);
    }

    private static double[] Rates(optim.Optimizer optimizer) => optimizer.ParamGroups.Select(g => g.LearningRate).ToArray();

    private static double[] Momenta(optim.Optimizer optimizer)
        => optimizer.ParamGroups.Select(g => g is optim.IBetas b ? b.Betas.Item1 : ((optim.IMomentum)g).Momentum).ToArray();

    [Fact]
    public void Every_golden_scheduler_is_tested()
    {
        var golden = Golden.Read("nn_optim.json");
        Assert.Equal(golden.GetProperty("schedulers").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).Order(), Schedulers.Keys.Order());
        Assert.Equal(golden.GetProperty("plateaus").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).Order(), Plateaus.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Follows_PyTorchs_curve(string name)
    {
        var golden = Read("schedulers", name);
        string kind = golden.GetProperty("kind").GetString()!;
        using var optimizer = TwoGroups(kind);
        var scheduler = Schedulers[name](optimizer);
        var rates = golden.GetProperty("rates").EnumerateArray().Select(r => r.Doubles()).ToArray();
        var momenta = golden.GetProperty("momenta").EnumerateArray().Select(r => r.Doubles()).ToArray();

        for (int step = 0; step < rates.Length; step++)
        {
            if (step > 0)
                scheduler.step();
            Golden.Close(rates[step], Rates(optimizer), $"{name}, step {step}", 1e-9);
            Golden.Close(momenta[step], Momenta(optimizer), $"{name}, momentum at step {step}", 1e-9);
            Golden.Close(rates[step], scheduler.get_last_lr().ToArray(), $"{name}, last rate at step {step}", 1e-9);
        }

        foreach (var closed in golden.GetProperty("closed").EnumerateArray())
        {
            using var other = TwoGroups(kind);
            Schedulers[name](other).step(closed.GetProperty("epoch").GetInt32());
            Golden.Close(closed.GetProperty("rates").Doubles(), Rates(other), $"{name}, straight to {closed.GetProperty("epoch")}", 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(PlateauNames))]
    public void Lowers_the_rate_where_PyTorch_does(string name)
    {
        var metrics = Golden.Read("nn_optim.json").GetProperty("metrics").Doubles();
        var rates = Read("plateaus", name).GetProperty("rates").EnumerateArray().Select(r => r.Doubles()).ToArray();
        using var optimizer = TwoGroups();
        var scheduler = Plateaus[name](optimizer);
        for (int i = 0; i < metrics.Length; i++)
        {
            scheduler.step(metrics[i]);
            Golden.Close(rates[i], Rates(optimizer), $"{name}, metric {i}", 1e-12);
        }
    }

    [Fact]
    public void A_plateau_needs_a_metric()
    {
        using var optimizer = TwoGroups();
        var scheduler = ReduceLROnPlateau(optimizer);
        Assert.Contains("Use step(double, int?)", Assert.Throws<InvalidOperationException>(() => scheduler.step()).Message);
        Assert.Throws<InvalidOperationException>(() => scheduler.step(5)); // an int is an epoch
        scheduler.step(5.0);
    }

    [Fact]
    public void A_metric_means_nothing_to_other_schedulers()
    {
        using var optimizer = TwoGroups();
        var scheduler = StepLR(optimizer, 1);
        scheduler.step(123.0);
        Golden.Close([0.01, 0.005], Rates(optimizer), "rates", 1e-12);
    }

    [Fact]
    public void Each_group_may_have_its_own_function()
    {
        using var optimizer = TwoGroups();
        var scheduler = new impl.LambdaLR(optimizer, [e => e + 1, e => 10]);
        scheduler.step();
        Golden.Close([0.2, 0.5], Rates(optimizer), "rates", 1e-12);
        Assert.Throws<ArgumentException>(() => new impl.LambdaLR(optimizer, [e => 1]));
    }

    [Fact]
    public void Bad_settings_are_refused()
    {
        using var optimizer = TwoGroups();
        Assert.Equal("Factor should be < 1.0", Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, factor: 1)).Message);
        Assert.Equal("mode best is unknown!", Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, mode: "best")).Message);
        Assert.Equal("You must define either total_steps OR (epochs AND steps_per_epoch)", Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 1)).Message);
        Assert.Equal("Expected positive integer total_steps, but got 0", Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 1, total_steps: 0)).Message);
        Assert.Equal("Expected float between 0 and 1 for pct_start, but got 2", Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 1, total_steps: 5, pct_start: 2)).Message);
        Assert.Throws<ArgumentNullException>(() => StepLR(null!, 1));
    }

    [Fact]
    public void One_cycle_ends()
    {
        using var optimizer = TwoGroups();
        var scheduler = OneCycleLR(optimizer, 1, total_steps: 2);
        scheduler.step();
        scheduler.step();
        Assert.Equal("Tried to step 4 times. The specified number of total steps is 2", Assert.Throws<InvalidOperationException>(() => scheduler.step()).Message);
    }
}
