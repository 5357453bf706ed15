using ResNetGen.Distributed;

namespace ResNetGen.DataParallel.Tests;

public sealed class RankEnvironmentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("RANK=0 WORLD_SIZE=1")]
    [InlineData("RANK=0 WORLD_SIZE=1 MASTER_PORT=1")]
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=4 SLURM_PROCID=0 SLURM_NODELIST=a")]
    [InlineData("SLURM_JOB_ID=7 SLURM_STEP_ID=0 SLURM_NTASKS=1 SLURM_PROCID=0 SLURM_NODELIST=a")]
    [InlineData("RANK= WORLD_SIZE=")]
    public void One_process_is_no_group(string variables) => Assert.Null(Read(variables));

    [Fact]
    public void Torchrun_is_read()
    {
        RankEnvironment found = Read("RANK=5 LOCAL_RANK=1 WORLD_SIZE=8 LOCAL_WORLD_SIZE=4 MASTER_ADDR=gpu-1 MASTER_PORT=29500 "
            + "TORCHELASTIC_RUN_ID=x TORCHELASTIC_RESTART_COUNT=2 TORCHELASTIC_USE_AGENT_STORE=True")!;
        Assert.Equal((5, 1, 8, 4), (found.Rank, found.LocalRank, found.WorldSize, found.LocalWorldSize));
        Assert.Equal(("gpu-1", 29500, "torchrun", 2, true), (found.MasterAddress, found.MasterPort, found.Source, found.Restarts, found.StoreIsHosted));
        Assert.Equal("rank 5 of 8 (torchrun)", found.ToString());
    }

    [Fact]
    public void One_process_that_is_told_where_to_meet_is_a_group_and_knows_that_it_was_restarted()
    {
        RankEnvironment found = Read("RANK=0 LOCAL_RANK=0 WORLD_SIZE=1 LOCAL_WORLD_SIZE=1 MASTER_ADDR=a MASTER_PORT=1 TORCHELASTIC_RESTART_COUNT=1")!;
        Assert.Equal((0, 1, 1, "torchrun"), (found.Rank, found.WorldSize, found.Restarts, found.Source));
    }

    /// <summary>16 processors of the machine, of which the process may use some.</summary>
    [Theory]
    [InlineData("", 16, 4)]
    [InlineData("SLURM_STEP_ID=0 SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_CPUS_PER_TASK=4", 4, 4)]
    [InlineData("SLURM_STEP_ID=0 SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_CPUS_PER_TASK=4", 16, 4)]
    [InlineData("SLURM_STEP_ID=0 SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_CPUS_ON_NODE=8", 2, 2)]
    [InlineData("SLURM_STEP_ID=0 SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_CPUS_ON_NODE=8", 8, 2)]
    [InlineData("SLURM_STEP_ID=0 SLURM_PROCID=0 SLURM_NTASKS=1 SLURM_CPUS_PER_TASK=16", 16, 4)]
    [InlineData("", 2, 1)]
    public void Processors_are_shared_once(string slurm, int usable, int share) => Assert.Equal(share, Read(
        "RANK=0 LOCAL_RANK=0 WORLD_SIZE=4 LOCAL_WORLD_SIZE=4 MASTER_ADDR=a MASTER_PORT=1 " + slurm)!.ShareOf(usable));

    [Fact]
    public void A_task_that_is_shown_one_gpu_takes_it()
    {
        RankEnvironment third = Read("RANK=2 LOCAL_RANK=2 WORLD_SIZE=4 LOCAL_WORLD_SIZE=4 MASTER_ADDR=a MASTER_PORT=1")!;
        Assert.Equal((2, 0), (third.GpuOf(4, null), third.GpuOf(1, "2")));
        Assert.Contains("number 2 on its machine, which has 1 GPU:", Assert.Throws<BadInputException>(() => third.GpuOf(1, null)).Message, StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => third.GpuOf(2, "0,1"));
    }

    [Fact]
    public void Kubeflow_has_one_process_a_pod()
    {
        RankEnvironment found = Read("RANK=3 WORLD_SIZE=4 MASTER_ADDR=job-master-0 MASTER_PORT=23456")!;
        Assert.Equal((3, 0, 4, 1, "Kubeflow"), (found.Rank, found.LocalRank, found.WorldSize, found.LocalWorldSize, found.Source));
    }

    [Fact]
    public void The_launcher_names_itself() =>
        Assert.Equal("resnetgen launch", Read("RANK=0 LOCAL_RANK=0 WORLD_SIZE=2 LOCAL_WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=4 RESNETGEN_LAUNCHER=1")!.Source);

    [Fact]
    public void A_step_of_slurm_is_read()
    {
        const string Step = "SLURM_JOB_ID=123456 SLURM_STEP_ID=0 SLURM_NTASKS=6 SLURM_PROCID=5 SLURM_LOCALID=1 SLURM_NODEID=2 "
            + "SLURM_STEP_TASKS_PER_NODE=2(x3) SLURM_NODELIST=gpu[007-009,020],login1";
        RankEnvironment found = Read(Step)!;
        Assert.Equal((5, 1, 6, 2, "gpu007", "SLURM"), (found.Rank, found.LocalRank, found.WorldSize, found.LocalWorldSize, found.MasterAddress, found.Source));
        Assert.InRange(found.MasterPort, 15000, 30999);
        Assert.Equal(found.MasterPort, Read(Step.Replace("PROCID=5", "PROCID=0", StringComparison.Ordinal))!.MasterPort);
        Assert.NotEqual(found.MasterPort, Read(Step.Replace("123456", "123457", StringComparison.Ordinal))!.MasterPort);
        Assert.Equal(("elsewhere", 9), (Read(Step + " MASTER_ADDR=elsewhere MASTER_PORT=9")!.MasterAddress, Read(Step + " MASTER_PORT=9")!.MasterPort));
    }

    [Fact]
    public void A_step_smaller_than_its_job_has_its_own_size() =>
        Assert.Equal(2, Read("SLURM_JOB_ID=1 SLURM_STEP_ID=3 SLURM_NTASKS=8 SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1 SLURM_LOCALID=1 SLURM_NODELIST=a")!.WorldSize);

    [Fact]
    public void Torchrun_within_slurm_is_torchrun() =>
        Assert.Equal("torchrun", Read("RANK=1 LOCAL_RANK=1 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1 TORCHELASTIC_RUN_ID=x SLURM_STEP_ID=0 SLURM_NTASKS=4 SLURM_PROCID=0 SLURM_NODELIST=b")!.Source);

    [Theory]
    [InlineData("node", "node")]
    [InlineData("a,b", "a")]
    [InlineData("n[1-4]", "n1")]
    [InlineData("n[08,10-12].cluster,m", "n08.cluster")]
    [InlineData("r[3-4]n[01-99]", "r3n01")]
    public void The_first_machine_is_found(string nodes, string first) => Assert.Equal(first, SlurmVariables.FirstHost(nodes));

    [Theory]
    [InlineData("RANK=1", "RANK is set, but WORLD_SIZE is not")]
    [InlineData("WORLD_SIZE=4", "WORLD_SIZE is set, but RANK is not")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_PORT=1", "MASTER_ADDR is not: the machine of rank 0")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a", "MASTER_PORT is not")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=http", "MASTER_PORT is \"http\"; expected a whole number")]
    [InlineData("RANK=0 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=65536", "MASTER_PORT is 65536; expected a port, 1 to 65535")]
    [InlineData("RANK=2 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK is 2, with a WORLD_SIZE of 2; expected 0 to 1")]
    [InlineData("RANK=-1 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK is -1")]
    [InlineData("RANK=1 WORLD_SIZE=1 MASTER_ADDR=a MASTER_PORT=1", "RANK is 1, with a WORLD_SIZE of 1")]
    [InlineData("RANK=0 WORLD_SIZE=0 MASTER_ADDR=a MASTER_PORT=1", "WORLD_SIZE is 0")]
    [InlineData("RANK=0 WORLD_SIZE=two", "WORLD_SIZE is \"two\"")]
    [InlineData("RANK=0 LOCAL_RANK=2 WORLD_SIZE=4 LOCAL_WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "LOCAL_RANK is 2, with a LOCAL_WORLD_SIZE of 2")]
    [InlineData("RANK=0 LOCAL_RANK=0 WORLD_SIZE=2 LOCAL_WORLD_SIZE=3 MASTER_ADDR=a MASTER_PORT=1", "LOCAL_WORLD_SIZE is 3, with a WORLD_SIZE of 2")]
    [InlineData("SLURM_STEP_ID=0 SLURM_NTASKS=2 SLURM_PROCID=0", "SLURM_NODELIST is not")]
    [InlineData("SLURM_STEP_ID=0 SLURM_NTASKS=2 SLURM_PROCID=0 SLURM_NODELIST=a[1", "a bracket is not closed")]
    [InlineData("SLURM_STEP_ID=0 SLURM_NTASKS=2 SLURM_PROCID=2 SLURM_NODELIST=a", "SLURM: RANK is 2")]
    public void Contradictions_are_refused(string variables, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Read(variables)).Message, StringComparison.Ordinal);

    private static RankEnvironment? Read(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static one => one.Split('=', 2)).ToDictionary(static one => one[0], static one => one[1], StringComparer.Ordinal);
        return RankEnvironment.Read(values.GetValueOrDefault);
    }
}
