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
}
