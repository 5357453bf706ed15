using System.CommandLine;
using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Distributed.Scaling;

namespace ResNetGen.Tool;

/// <summary><c>resnetgen scaling</c>: how long a step takes on more GPUs and machines.</summary>
internal static class ScalingCommand
{
    private static readonly double[] Networks = [10, 25, 100, 200];
    private static readonly int[] MachineCounts = [1, 2, 4, 8, 16];

    private static readonly (string Name, Link Link)[] Inside =
        [("nvlink4", Link.NVLink4), ("nvlink3", Link.NVLink3), ("pcie5", Link.Pcie5), ("pcie4", Link.Pcie4)];

    public static Command Create(TextWriter output)
    {
        Option<int> depth = new("--depth") { Description = "ResNet's depth: 18, 34, 50, 101, 152 or 200", HelpName = "N", DefaultValueFactory = static _ => 50 };
        depth.AcceptOnlyFromAmong("18", "34", "50", "101", "152", "200");
        Option<double> step = new("--step-ms")
        {
            Description = "Milliseconds that one GPU by itself takes for a step with its share of the batch: measure yours",
            HelpName = "MS", Required = true,
        };
        Option<int> perMachine = WholeNumber.Option("--per-machine", 1, "GPUs of a machine", otherwise: 8);
        Option<string> link = new("--link") { Description = "What connects the GPUs of a machine: nvlink4 (H100, H200), nvlink3 (A100), pcie5, pcie4", HelpName = "NAME", DefaultValueFactory = static _ => Inside[0].Name };
        link.AcceptOnlyFromAmong([.. Inside.Select(static each => each.Name)]);
        Command command = new("scaling", "Predicts the time of a training step on more GPUs and machines (docs/scaling.md).") { depth, step, perMachine, link };
        command.Validators.Add(result =>
        {
            if (result.GetResult(step) is not null && !(result.GetValue(step) > 0))
            {
                result.AddError("--step-ms takes a time greater than 0.");
            }
        });
        command.SetAction(parsed =>
        {
            Write(parsed.GetValue(depth), parsed.GetValue(step) / 1000, parsed.GetValue(perMachine), Inside.First(each => each.Name == parsed.GetValue(link)).Link, output);
            return 0;
        });
        return command;
    }

    private static void Write(int depth, double seconds, int perMachine, Link inside, TextWriter output)
    {
        NetworkArchitecture network = new ResNetSpec { Name = "ResNet" + depth.ToString(CultureInfo.InvariantCulture), Depth = depth }.Build();
        IReadOnlyList<LayerWork> layers = LayerWork.Of(network);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{network.Name}: {network.ParameterCount:N0} parameters, {4e-6 * network.ParameterCount:F1} MB of gradients a step; {1000 * seconds:0.##} ms for one GPU; {inside.Name} within a machine."));
        output.WriteLine("Milliseconds of a step, and efficiency, by the network between machines:");
        output.WriteLine();
        output.WriteLine("| machines | GPUs | " + string.Join(" | ", Networks.Select(static gigabits => Link.Network(gigabits).Name)) + " |");
        output.WriteLine("|---:|---:|" + string.Concat(Enumerable.Repeat("---:|", Networks.Length)));
        foreach (int machines in MachineCounts)
        {
            IEnumerable<string> cells = Networks.Select(gigabits => Cell(layers, new ScalingSetup
            {
                PerMachine = perMachine, Machines = machines, Inside = inside, Between = Link.Network(gigabits), StepSeconds = seconds,
            }));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {machines} | {machines * perMachine} | {string.Join(" | ", cells)} |"));
        }
    }

    private static string Cell(IReadOnlyList<LayerWork> layers, ScalingSetup setup)
    {
        ScalingEstimate estimate = ScalingEstimate.Of(layers, setup);
        return string.Create(CultureInfo.InvariantCulture, $"{1000 * estimate.StepSeconds:F1} ({100 * estimate.Efficiency:F0} %)");
    }
}
