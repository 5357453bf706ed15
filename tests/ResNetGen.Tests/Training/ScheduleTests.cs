using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class ScheduleTests
{
    [Theory]
    [MemberData(nameof(ScheduleGoldens.OneCycle), MemberType = typeof(ScheduleGoldens))]
    public void One_cycle_is_PyTorchs(double peak, double rise, long total, long iteration, double expected) =>
        Assert.Equal(expected, new OneCycle(peak, rise).RateAt(new RunPoint(iteration, total, 390)), tolerance: 1e-15);

    [Theory]
    [MemberData(nameof(ScheduleGoldens.MultiStep), MemberType = typeof(ScheduleGoldens))]
    public void The_staircase_is_PyTorchs_to_the_bit(double first, double factor, long total, long iteration, double expected) =>
        Assert.Equal(expected, new StepDecay(first, factor, 32_000, 48_000).RateAt(new RunPoint(iteration, total, 390)));

    [Fact]
    public void One_cycle_of_a_single_step_is_made_at_the_peak() => Assert.Equal(0.4, new OneCycle(0.4).RateAt(new RunPoint(0, 1, 390)));

    [Fact]
    public void Milestones_must_rise() =>
        Assert.Contains("must rise, got 5 after 5", Assert.Throws<ArgumentException>(() => new StepDecay(0.1, 0.1, 5, 5)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_plateau_is_PyTorchs() => Assert.All(RecipeGolden.Of("plateau").EnumerateArray(), static golden =>
    {
        Plateau plateau = new(0.4, 0.1, golden.GetProperty("patience").GetInt32(), golden.GetProperty("threshold").GetDouble(), golden.GetProperty("least").GetDouble());
        PlateauState state = PlateauState.Start;
        foreach ((double error, double expected) in golden.GetProperty("errors").Numbers().Zip(golden.GetProperty("rates").Numbers()))
        {
            // PyTorch leaves a rate alone that would change by less than 1e-8.
            Assert.Equal(expected, plateau.RateAt(new RunPoint(0, 100, 10, state.Drops)), 1e-8);
            state = plateau.After(state, error);
        }

        Assert.True(state.Drops >= 2);
    });

    [Fact]
    public void A_cosine_is_PyTorchs() => Assert.All(RecipeGolden.Of("cosine").EnumerateArray(), static golden =>
    {
        long total = golden.GetProperty("total").GetInt64();
        Cosine cosine = new(0.4, golden.GetProperty("final").GetDouble());
        Assert.All(golden.GetProperty("rates").Numbers().Index(), rate =>
        {
            Assert.Equal(rate.Item, cosine.RateAt(new RunPoint(rate.Index, total, 3)), 1e-15);

            // By epoch, every iteration of an epoch has the rate that the epoch has in a run of so many.
            Assert.Equal(rate.Item, (cosine with { ByEpoch = true }).RateAt(new RunPoint((rate.Index * 5) + 3, total * 5, 5)), 1e-15);
        });
    });

    [Fact]
    public void A_linear_warm_up_is_PyTorchs() => Assert.All(RecipeGolden.Of("linear").EnumerateArray(), static golden =>
    {
        long total = golden.GetProperty("total").GetInt64();
        WarmUpLinear iterations = new(golden.GetProperty("from").GetDouble(), TrainingLength.Iterations(total));
        WarmUpLinear epochs = new(golden.GetProperty("from").GetDouble(), TrainingLength.Epochs(total), ByEpoch: true);
        Assert.All(golden.GetProperty("rates").Numbers().Index(), rate =>
        {
            RunPoint point = new(rate.Index, 100, 10);
            Assert.Equal(rate.Index >= total, iterations.IsOver(point));
            Assert.Equal(rate.Item, iterations.IsOver(point) ? 0.4 : iterations.RateAt(point, baseRate: 0.4), 1e-15);
            RunPoint within = new((rate.Index * 10) + 9, 1000, 10);
            Assert.Equal(rate.Item, epochs.IsOver(within) ? 0.4 : epochs.RateAt(within, baseRate: 0.4), 1e-15);
        });
    });

    [Fact]
    public void Steps_by_epoch_are_PyTorchs_to_the_bit() => Assert.All(RecipeGolden.Of("steps").Numbers().Index(), static rate =>
    {
        Assert.Equal(rate.Item, new EpochDecay(0.4, 0.1, 3).RateAt(new RunPoint(rate.Index * 7, 100, 7)));
        Assert.Equal(rate.Item, new EpochDecay(0.4, 0.1, 3).RateAt(new RunPoint((rate.Index * 7) + 6, 100, 7)));
    });
}
