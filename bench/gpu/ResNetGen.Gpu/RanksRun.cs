using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResNetGen.Distributed.Launching;
using TorchSharp;

namespace ResNetGen.Gpu;

/// <summary>
/// One process for each GPU of the machine, joined by NCCL, on one GPU too: what they exchange, and a run that they train together. A
/// rehearsal is two processes of the processor, joined by Gloo, whose gradients go through the memory that they share.
/// </summary>
internal static class RanksRun
{
    public static int Run(Options options)
    {
        bool rehearsal = options.Has("--rehearse");
        int ranks = rehearsal ? 2 : torch.cuda.device_count();
        if (ranks == 0)
        {
            throw new BadInputException("This libtorch finds no GPU to join: bring a PyTorch with CUDA, or give --rehearse.");
        }

        string folder = options.Required("--run");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        JsonObject result = new() { ["rehearsal"] = rehearsal, ["backend"] = RankSession.Backend(rehearsal), ["ranks"] = ranks };
        foreach (string part in RankSession.Parts)
        {
            string file = Path.Combine(folder, part + ".json");
            int code = Launch(ranks, rehearsal, ["rank", part, "--run", folder, "--output", file, .. rehearsal ? (string[])["--rehearse"] : []]);
            if (code != 0)
            {
                return code;
            }

            result[part] = JsonNode.Parse(File.ReadAllText(file));
        }

        string text = result.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        File.WriteAllText(options.Required("--output"), text + "\n");
        Console.WriteLine(text);
        return 0;
    }

    private static int Launch(int ranks, bool rehearsal, string[] arguments)
    {
        string program = Environment.ProcessPath ?? "dotnet";
        bool hosted = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase);
        return ProcessLauncher.Run(new LaunchOptions
        {
            Processes = ranks,
            Program = program,
            Arguments = [.. hosted ? (string[])[Assembly.GetEntryAssembly()!.Location] : [], .. arguments],
            Oversubscribe = rehearsal,
        });
    }
}
