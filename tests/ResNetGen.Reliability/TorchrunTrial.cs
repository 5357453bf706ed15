using System.Diagnostics;
using System.Globalization;
using ResNetGen.Checkpoints;
using ResNetGen.Distributed.Launching;

namespace ResNetGen.Reliability;

/// <summary>
/// Two processes under PyTorch's own launcher; one is killed, and after torchrun has started both again the other one: the run
/// goes on from its newest checkpoint each time, without a word from anybody, and ends as one that was never disturbed.
/// </summary>
internal static class TorchrunTrial
{
    private const int Ranks = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Who writes the checkpoints dies last, so that the first restart finds one.
    private static readonly int[] Victims = [1, 0];

    /// <param name="seed">The run's seed.</param>
    /// <param name="version">What PyTorch it is of, for the table.</param>
    public static int Run(int seed, string version)
    {
        string root = Directory.CreateTempSubdirectory("resnetgen-torchrun-").FullName;
        string undisturbed = Path.Combine(root, "undisturbed"), killed = Path.Combine(root, "killed");
        using (Torchrun whole = new(undisturbed, seed))
        {
            if (!whole.Ends())
            {
                return PeerTrial.Fail($"two processes do not train under torchrun: {whole.Errors}");
            }
        }

        List<string> resumed = [];
        using (Torchrun torchrun = new(killed, seed))
        {
            for (int kill = 0; kill < Victims.Length; kill++)
            {
                if (torchrun.WaitForStart(kill) is not { } from || torchrun.WaitForSteps(killed, from) is not { } stood)
                {
                    return PeerTrial.Fail($"the run did not go on after kill {kill}; its folder: {killed}; torchrun says: {torchrun.Errors}");
                }

                if (from < 0 || (kill == 0) != (from == 0))
                {
                    return PeerTrial.Fail($"start {kill} was from iteration {from}; its folder: {killed}");
                }

                torchrun.Kill(Victims[kill]);
                resumed.Add(string.Create(CultureInfo.InvariantCulture, $"rank {Victims[kill]} after iteration {stood}"));
            }

            if (torchrun.WaitForStart(Victims.Length) is not > 0 || !torchrun.Ends())
            {
                return PeerTrial.Fail($"the run did not end; its folder: {killed}; torchrun says: {torchrun.Errors}");
            }
        }

        if (RunState.Difference(undisturbed, killed) is { } difference)
        {
            return PeerTrial.Fail($"the run under torchrun differs from the undisturbed one in {difference}; its folder: {killed}");
        }

        Directory.Delete(root, recursive: true);
        Report.Row($"kill -9 of one of two processes under torchrun (PyTorch {version}), which starts both again", $"{Victims.Length} times in one run: {string.Join(", ", resumed)}",
            "torchrun ended with code 0; each start went on from the newest checkpoint, and the run ended bit-equal to an undisturbed one");
        return 0;
    }

    /// <summary>torchrun and its ranks.</summary>
    private sealed class Torchrun : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _errors;
        private readonly List<(int Restarts, long From)> _starts = [];

        public Torchrun(string output, int seed)
        {
            // Redirection as a map: without it Debian 12's torchrun (1.13 on Python 3.11) fails before it starts anything.
            ProcessStartInfo start = new("torchrun",
            [
                "-r", "0:1", "-t", "0:1", "--nproc_per_node", Text(Ranks), "--max_restarts", Text(Victims.Length), "--master_addr", "127.0.0.1", "--master_port", Text(FreePort.Find()),
                "--no_python", Environment.ProcessPath!, .. KillTrial.Host(), "train", output, Text(seed),
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            _process = Process.Start(start)!;
            _errors = _process.StandardError.ReadToEndAsync();
            _process.OutputDataReceived += (_, line) => Read(line.Data ?? "");
            _process.BeginOutputReadLine();
        }

        /// <summary>What it wrote to standard error, when it has ended.</summary>
        public string Errors => _errors.Wait(TimeSpan.FromSeconds(5)) ? _errors.Result.Trim() : "";

        public bool Ends() => _process.WaitForExit(Patience) && _process.ExitCode == 0;

        /// <summary>The iteration that the ranks' n-th start went on from; null where it did not come.</summary>
        public long? WaitForStart(int restarts)
        {
            long? found = null;
            return Until(() =>
            {
                lock (_starts)
                {
                    found = _starts.Where(start => start.Restarts == restarts).Select(static start => (long?)start.From).FirstOrDefault();
                }

                return found is not null;
            }) ? found : null;
        }

        /// <summary>Waits for some checkpoints beyond an iteration; the newest one's, null where they did not come.</summary>
        public long? WaitForSteps(string output, long from)
        {
            long at = 0;
            return Until(() => (at = Newest(output)) >= from + 10) ? at : null;
        }

        public void Kill(int rank)
        {
            int process = Directory.EnumerateDirectories("/proc").Select(static folder => Path.GetFileName(folder))
                .Where(static name => name.All(char.IsAsciiDigit)).Select(static name => int.Parse(name, CultureInfo.InvariantCulture))
                .Single(id => ParentOf(id) == _process.Id && VariablesOf(id).Contains("RANK=" + Text(rank)));
            using Process victim = Process.GetProcessById(process);
            victim.Kill();
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        private static long Newest(string output) => new CheckpointFolder(Training.Checkpoints(output)).Files
            .Select(static file => long.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], CultureInfo.InvariantCulture)).FirstOrDefault();

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private static int ParentOf(int process) => Of(process, "stat") is { Length: > 0 } stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

        private static string[] VariablesOf(int process) => Of(process, "environ").Split('\0');

        private static string Of(int process, string file)
        {
            try
            {
                return File.ReadAllText($"/proc/{process}/{file}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is somebody else's.
                return "";
            }
        }

        // "[default0]:start 1 from iteration 34"
        private void Read(string line)
        {
            if (line.Split(Training.Start) is [_, var numbers] && numbers.Split(" from iteration ") is [var restarts, var from])
            {
                lock (_starts)
                {
                    _starts.Add((int.Parse(restarts, CultureInfo.InvariantCulture), long.Parse(from, CultureInfo.InvariantCulture)));
                }
            }
        }

        private bool Until(Func<bool> condition)
        {
            Stopwatch watch = Stopwatch.StartNew();
            while (!condition())
            {
                if (_process.HasExited || watch.Elapsed > Patience)
                {
                    return false;
                }

                Thread.Sleep(20);
            }

            return true;
        }
    }
}
