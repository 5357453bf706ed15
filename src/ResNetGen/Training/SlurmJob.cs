using System.ComponentModel;
using System.Diagnostics;

namespace ResNetGen.Training;

/// <summary>The SLURM job that this process runs in.</summary>
/// <param name="id">What scontrol calls it: a number, or number_task for one of an array.</param>
/// <param name="speaks">Whether this process is the one that speaks for all of the job's.</param>
internal sealed class SlurmJob(string id, bool speaks)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The job, or null outside of SLURM.</summary>
    /// <param name="environment">Reads environment variables.</param>
    public static SlurmJob? Current(Func<string, string?> environment)
    {
        // A task of an array is requeued by its own name: the plain job's would requeue all of them.
        string? id = environment("SLURM_ARRAY_JOB_ID") is { Length: > 0 } array && environment("SLURM_ARRAY_TASK_ID") is { Length: > 0 } task
            ? $"{array}_{task}"
            : environment("SLURM_JOB_ID");
        return string.IsNullOrEmpty(id) ? null : new SlurmJob(id, environment("SLURM_PROCID") is null or "" or "0");
    }

    /// <summary>Has the job queued again.</summary>
    /// <returns>What was done, or what to do by hand; null where another process of the job speaks.</returns>
    public string? Requeue()
    {
        if (!speaks)
        {
            return null;
        }

        try
        {
            using Process process = Process.Start(new ProcessStartInfo("scontrol", ["requeue", id])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                return ByHand($"scontrol gave no answer in {Patience.TotalSeconds:F0} seconds");
            }

            return process.ExitCode == 0
                ? $"SLURM queues job {id} again"
                : ByHand($"scontrol ended with {process.ExitCode}: {error.GetAwaiter().GetResult().Trim()}");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return ByHand($"scontrol could not be started: {e.Message}");
        }
    }

    private string ByHand(string why) => $"SLURM did not queue job {id} again: {why}. By hand: scontrol requeue {id}";
}
