using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNetGen.Tool.Tests;

/// <summary>The launcher over shell scripts that die, hang, shout and leave children behind.</summary>
public sealed class LaunchTests : LaunchFixture
{
    [Fact]
    public void Ranks_are_told_apart_as_torchrun_does()
    {
        Ended ended = Launch(["-n", "3", "--oversubscribe", "--all-output"], "echo $RANK $LOCAL_RANK $WORLD_SIZE $LOCAL_WORLD_SIZE $MASTER_ADDR $RESNETGEN_LAUNCHER $MASTER_PORT");
        Assert.Equal(0, ended.Code);
        string first = Regex.Match(ended.Output, @"^0 0 3 3 127\.0\.0\.1 1 (\d+)\n$").Groups[1].Value;
        Assert.InRange(int.Parse(first, CultureInfo.InvariantCulture), 1024, 65535);
        Assert.Equal([$"[rank 1] 1 1 3 3 127.0.0.1 1 {first}", $"[rank 2] 2 2 3 3 127.0.0.1 1 {first}"], ended.Messages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cores_are_shared_out_unless_the_user_has()
    {
        string share = Math.Max(1, Environment.ProcessorCount / 2).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(share + "\n", Launch(["-n", "2", "--oversubscribe"], "echo $OMP_NUM_THREADS", ("OMP_NUM_THREADS", "")).Output);
        Assert.Equal("7\n", Launch(["-n", "2", "--oversubscribe"], "echo $OMP_NUM_THREADS", ("OMP_NUM_THREADS", "7")).Output);
    }

    [Fact]
    public void Of_others_than_rank_0_only_complaints_are_shown()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe"], "echo step; echo Warning: hot; [ $RANK = 0 ] || echo bad >&2");
        Assert.Equal("step\nWarning: hot\n", ended.Output);
        Assert.Equal(["[rank 1] Warning: hot", "[rank 1] bad"], ended.Messages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_program_s_own_options_are_its_own() =>
        Assert.Equal("-n 5 --grace -- x\n", Run("launch", "--processes", "1", "echo", "-n 5", "--grace", "--", "x").Output);

    [Fact]
    public void Who_was_killed_is_named_and_who_lost_it_is_not()
    {
        Ended ended = Launch(["-n", "3", "--oversubscribe"], "if [ $RANK = 2 ]; then kill -9 $$; fi; sleep 0.3; exit 75");
        Assert.Equal(137, ended.Code);
        Assert.Matches(@"^rank 2 \(process \d+\) was killed by signal 9 \(SIGKILL\) after [\d.]+ s; the others were ended$", Assert.Single(ended.Messages));
    }

    [Fact]
    public void Who_failed_is_found_behind_those_that_noticed_first()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe"], "[ $RANK = 0 ] && exit 75; sleep 0.3; exit 3");
        Assert.Equal(3, ended.Code);
        Assert.Matches(@"^rank 1 \(process \d+\) ended with exit code 3 after ", Assert.Single(ended.Messages));
    }

    [Fact]
    public void Where_all_lost_the_others_nobody_is_blamed()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe"], "exit 75");
        Assert.Equal(75, ended.Code);
        Assert.EndsWith("lost the connection to the others (exit code 75), and none failed by itself", Assert.Single(ended.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_hangs_is_named_by_those_that_do_not()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe", "--grace", "1"], "[ $RANK = 1 ] && kill -STOP $$; exit 75");
        Assert.Equal(137, ended.Code);
        Assert.Matches(@"^rank 1 \(process \d+\) hung: rank 0 \(process \d+\) waited in vain and ended; .* did not end within 1 s and was killed$", ended.Messages[^1]);
    }

    [Fact]
    public void Others_that_do_not_notice_are_ended_and_not_blamed()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe", "--grace", "1"], "[ $RANK = 1 ] && exit 4; exec sleep 60");
        Assert.Equal(4, ended.Code);
        Assert.EndsWith("; the others were ended", ended.Messages[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("USR1", 138)]
    public void Signals_reach_every_rank_once(string signal, int code)
    {
        using Launched launched = Start(["-n", "2", "--oversubscribe"],
            $"trap 'echo {signal} >>{Root}/$RANK; exit {code}' {signal}; touch {Root}/ready$RANK; while :; do sleep 0.02; done");
        WaitFor("ready0", "ready1");
        launched.Send(signal);
        Ended ended = launched.Wait();
        Assert.Equal(code, ended.Code);
        Assert.Empty(ended.Messages);
        Assert.Equal([signal], File.ReadAllLines(Path.Combine(Root, "0")));
        Assert.Equal([signal], File.ReadAllLines(Path.Combine(Root, "1")));
    }

    [Fact]
    public void Who_does_not_end_when_asked_is_killed_after_the_grace_time()
    {
        using Launched launched = Start(["-n", "2", "--oversubscribe", "--grace", "1"],
            $"[ $RANK = 1 ] && trap '' TERM; touch {Root}/ready$RANK; sleep 60");
        WaitFor("ready0", "ready1");
        launched.Send("TERM");
        Ended ended = launched.Wait();
        Assert.Equal(143, ended.Code);
        Assert.Matches(@"^rank 1 \(process \d+\) did not end within 1 s and was killed$", Assert.Single(ended.Messages));
    }

    [Fact]
    public void Nothing_is_left_when_the_launcher_is_killed()
    {
        using Launched launched = Start(["-n", "2", "--oversubscribe"], $"echo $$ >{Root}/$RANK.new; mv {Root}/$RANK.new {Root}/pid$RANK; exec sleep 60");
        WaitFor("pid0", "pid1");
        int[] ranks = [Number("pid0"), Number("pid1")];
        Assert.All(ranks, static rank => Assert.True(IsRunning(rank)));
        launched.Send("KILL");
        launched.Wait();
        Until(() => !ranks.Any(IsRunning), "the ranks end");
    }

    [Fact]
    public void Nothing_that_a_rank_started_is_left()
    {
        Ended ended = Launch(["-n", "2", "--oversubscribe"], $"[ $RANK = 0 ] && exit 75; sleep 60 & echo $! >{Root}/child; exit 5");
        Assert.Equal(5, ended.Code);
        int child = Number("child");
        Until(() => !IsRunning(child), "the rank's own child ends");
    }

    // script (bsdutils) makes a terminal; Ctrl-C typed there goes to whoever is in its foreground.
    [Fact]
    public void Ctrl_C_at_a_terminal_comes_once_and_rank_0_has_the_terminal()
    {
        using Launched launched = StartOnTerminal(["-n", "2", "--oversubscribe"],
            $"trap 'echo INT >>{Root}/$RANK; exit 130' INT; [ -t 1 ] && echo >{Root}/terminal$RANK; touch {Root}/ready$RANK; while :; do sleep 0.02; done");
        WaitFor("ready0", "ready1");
        launched.Type("\u0003");
        Assert.Equal(130, launched.Wait().Code);
        Assert.Equal(["INT"], File.ReadAllLines(Path.Combine(Root, "0")));
        Assert.Equal(["INT"], File.ReadAllLines(Path.Combine(Root, "1")));
        Assert.True(File.Exists(Path.Combine(Root, "terminal0")));
        Assert.False(File.Exists(Path.Combine(Root, "terminal1")));
    }

    [Fact]
    public void What_cannot_be_started_gets_a_message()
    {
        string file = Path.Combine(Root, "train.dll");
        File.WriteAllText(file, "");
        string many = (Environment.ProcessorCount + 1).ToString(CultureInfo.InvariantCulture);
        Refused(2, "--processes takes a whole number, 1 or more; got \"0\".", "-n", "0", "true");
        Refused(2, "--processes takes a whole number, 1 or more; got \"two\".", "-n", "two", "true");
        Refused(2, "'--processes' is required", "true");
        Refused(2, "'PROGRAM' missing", "-n", "1");
        Refused(1, $"--processes {many}: this machine has", "-n", many, "true");
        Refused(1, "The program \"no-such-program\" was not found on PATH.", "-n", "1", "no-such-program");
        Refused(1, $"{Root} is a folder", "-n", "1", Root);
        Refused(1, $"The program {Root}/none was not found.", "-n", "1", Root + "/none");
        Refused(1, $"{file} is not executable. Write: dotnet {file}", "-n", "1", file);

        static void Refused(int code, string message, params string[] arguments)
        {
            StringWriter error = new();
            Assert.Equal(code, Cli.Run(["launch", .. arguments], TextWriter.Null, error));
            Assert.StartsWith("error: ", error.ToString(), StringComparison.Ordinal);
            Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_rank_starts_no_ranks()
    {
        Ended ended = Run([("RANK", "0")], "launch", "-n", "1", "true");
        Assert.Equal(1, ended.Code);
        Assert.Contains("RANK=0 says that this process is one already (torchrun or a cluster set it). Leave --processes out, or unset RANK.", ended.Messages[0], StringComparison.Ordinal);
    }
}
