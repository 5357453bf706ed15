using System.Globalization;

namespace ResNetGen.Distributed;

/// <summary>
/// The variables of a SLURM step. A job of several tasks is not enough: the batch script itself sees its variables too, and is one
/// process. Only what srun started has a step.
/// </summary>
internal static class SlurmVariables
{
    public const string Source = "SLURM";

    // Below the ports that Linux gives out by itself (32768 and up), above those that services have.
    private const int FirstPort = 15000;
    private const int Ports = 16000;

    /// <exception cref="BadInputException">A variable is missing or is no number.</exception>
    public static RankEnvironment? Read(RankVariables variables)
    {
        if (variables.Text("SLURM_STEP_ID") is null || variables.Text("SLURM_PROCID") is null)
        {
            return null;
        }

        if ((variables.Number("SLURM_STEP_NUM_TASKS") ?? variables.Number("SLURM_NTASKS")) is not { } tasks || tasks <= 1)
        {
            return null;
        }

        int localRank = variables.Number("SLURM_LOCALID") ?? 0;
        string nodes = variables.First("SLURM_STEP_NODELIST", "SLURM_NODELIST", "SLURM_JOB_NODELIST")
            ?? throw new BadInputException("SLURM_NTASKS is set, but SLURM_NODELIST is not: the machines of the job. Start the processes with srun, or set MASTER_ADDR.");
        return new RankEnvironment
        {
            Rank = variables.Needed("SLURM_PROCID", "the number of this process, from 0", "SLURM_NTASKS"),
            WorldSize = tasks,
            LocalRank = localRank,
            LocalWorldSize = Math.Max(TasksHere(variables) ?? 1, localRank + 1),
            MasterAddress = variables.Text("MASTER_ADDR") ?? FirstHost(nodes),
            MasterPort = variables.Number("MASTER_PORT") ?? Port(variables),
            Source = Source,
        };
    }

    /// <summary>
    /// Processors of one task: SLURM may have tied each to its own, or all of a machine to all of the job's, and then they are to be shared.
    /// Null where the ranks are not the tasks of a step, such as torchrun's within one.
    /// </summary>
    public static int? ProcessorsOfTask(RankVariables variables, RankEnvironment ranks)
    {
        if (variables.Text("SLURM_STEP_ID") is null || variables.Text("SLURM_PROCID") is null
            || (variables.Number("SLURM_STEP_NUM_TASKS") ?? variables.Number("SLURM_NTASKS")) != ranks.WorldSize)
        {
            return null;
        }

        return variables.Number("SLURM_CPUS_PER_TASK")
            ?? (variables.Number("SLURM_CPUS_ON_NODE") is { } here ? Math.Max(1, here / (TasksHere(variables) ?? ranks.LocalWorldSize)) : null);
    }

    /// <summary>The first machine of a list as SLURM writes it, such as <c>gpu[007-012,020],login</c>.</summary>
    public static string FirstHost(string nodes)
    {
        string host = "";
        for (int i = 0; i < nodes.Length && nodes[i] != ','; i++)
        {
            if (nodes[i] != '[')
            {
                host += nodes[i];
                continue;
            }

            int end = nodes.IndexOf(']', i);
            if (end < 0)
            {
                throw new BadInputException($"SLURM_NODELIST is \"{nodes}\": a bracket is not closed. Set MASTER_ADDR to the machine of rank 0.");
            }

            host += nodes[(i + 1)..end].Split(',', '-')[0];
            i = end;
        }

        return host.Length > 0 ? host : throw new BadInputException($"SLURM_NODELIST is \"{nodes}\": expected the machines of the job. Set MASTER_ADDR to that of rank 0.");
    }

    /// <summary>The same in all processes of a step, and another one for most other steps.</summary>
    private static int Port(RankVariables variables)
    {
        long job = Id(variables, "SLURM_JOB_ID");
        long step = Id(variables, "SLURM_STEP_ID");
        return FirstPort + (int)(((job * 31) + step) % Ports);
    }

    private static long Id(RankVariables variables, string name) =>
        long.TryParse(variables.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : 0;

    /// <summary>"2(x3),1" is two tasks on each of three machines and one on the fourth.</summary>
    private static int? TasksHere(RankVariables variables)
    {
        if (variables.First("SLURM_STEP_TASKS_PER_NODE", "SLURM_TASKS_PER_NODE") is not { } text || variables.Number("SLURM_NODEID") is not { } node)
        {
            return null;
        }

        foreach (string part in text.Split(','))
        {
            string[] pieces = part.Split('(', 'x', ')');
            if (!int.TryParse(pieces[0], NumberStyles.None, CultureInfo.InvariantCulture, out int tasks))
            {
                return null;
            }

            int repeat = pieces.Length > 2 && int.TryParse(pieces[2], NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;
            if (node < repeat)
            {
                return tasks;
            }

            node -= repeat;
        }

        return null;
    }
}
