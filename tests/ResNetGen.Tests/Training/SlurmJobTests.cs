using ResNetGen.Training;

namespace ResNetGen.Tests.Training;

public sealed class SlurmJobTests
{
    [Fact]
    public void Outside_of_SLURM_there_is_no_job() => Assert.Null(SlurmJob.Current(static _ => null));

    [Fact]
    public void One_process_speaks_for_all_of_the_job()
    {
        Dictionary<string, string> environment = new() { ["SLURM_JOB_ID"] = "19", ["SLURM_PROCID"] = "1" };
        Assert.Null(SlurmJob.Current(environment.GetValueOrDefault)!.Requeue());
    }

    /// <summary>This machine has no scontrol; a job's machine without one must not lose the job's name.</summary>
    [Fact]
    public void Where_scontrol_fails_the_command_is_said()
    {
        Assert.DoesNotContain(Environment.GetEnvironmentVariable("PATH")!.Split(':'), static folder => File.Exists(Path.Combine(folder, "scontrol")));
        string said = SlurmJob.Current(static name => name == "SLURM_JOB_ID" ? "19" : null)!.Requeue()!;
        Assert.StartsWith("SLURM did not queue job 19 again: scontrol could not be started: ", said, StringComparison.Ordinal);
        Assert.EndsWith("By hand: scontrol requeue 19", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_signal_nothing_is_asked_for()
    {
        using TrainingSignals signals = new(static name => name == "SLURM_JOB_ID" ? "19" : null);
        Assert.Null(signals.Requeue());
        Assert.Equal(0, signals.ExitCode);
        Assert.False(signals.Token.IsCancellationRequested);
    }
}
