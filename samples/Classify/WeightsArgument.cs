using ResNetGen.Architecture;
using ResNetGen.Checkpoints;
using ResNetGen.Weights;

namespace ResNetGen.Samples.Classify;

/// <summary>What was given as weights: the file that they are in, and the network that they are of.</summary>
internal static class WeightsArgument
{
    private const string Checkpoints = "checkpoints";

    /// <summary>The file itself, or a run's newest whole checkpoint.</summary>
    /// <exception cref="BadInputException">There is nothing under the name, or no whole checkpoint.</exception>
    public static string File(string given)
    {
        if (!Directory.Exists(given))
        {
            return System.IO.File.Exists(given)
                ? given
                : throw new BadInputException($"The weights {given} do not exist. Give a run's folder (runs/resnet20-quick), a checkpoint, or a file of weights (.safetensors, .pth, .pt).");
        }

        string folder = Directory.Exists(Path.Combine(given, Checkpoints)) ? Path.Combine(given, Checkpoints) : given;
        LatestCheckpoint latest = new CheckpointFolder(folder).FindLatestValid();
        return latest.Found?.Path ?? throw new BadInputException(latest.PassedOver.Count == 0
            ? $"The folder {given} holds no checkpoint. Give the folder of a run that has come to its first one, or a file of weights."
            : $"No checkpoint in {folder} is whole. {latest.PassedOver[0].Reason}");
    }

    /// <summary>The network that was asked for; else the one that the file says it is of, or that its name begins with.</summary>
    /// <exception cref="BadInputException">It says nothing, or names a network that this program does not have.</exception>
    public static KnownNetwork Network(string file, KnownNetwork? asked)
    {
        if (asked is not null)
            return asked;

        if (Recorded(file) is var (name, fingerprint))
        {
            return KnownNetwork.All.FirstOrDefault(known => known.Architecture().Fingerprint == fingerprint) ?? throw new BadInputException(
                $"{file} holds weights of {name} (\"{fingerprint}\"), which is none of the networks that this program has. Declare it in samples/Classify/Networks.cs, and name it in KnownNetwork.cs.");
        }

        // torchvision's files are called resnet50-11ad3fa6.pth; the longest name is meant, since resnet50-paper is another network.
        string fileName = Path.GetFileName(file);
        return KnownNetwork.All.Where(known => BeginsWith(fileName, known.Name)).MaxBy(static known => known.Name.Length) ?? throw new BadInputException(
            $"{file} does not say which network it is of. Give --network with one of {string.Join(", ", KnownNetwork.All.Select(static known => known.Name))}.");
    }

    private static bool BeginsWith(string file, string network) =>
        file.StartsWith(network, StringComparison.Ordinal) && (file.Length == network.Length || file[network.Length] is '-' or '.');

    // Checkpoints and weights that were saved here say it in their header; files of other formats cannot.
    private static (string Name, string Fingerprint)? Recorded(string file)
    {
        using FileStream stream = Open(file);
        Span<byte> start = stackalloc byte[9];
        bool isSafetensors = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[8] == '{' && start[6] == 0 && start[7] == 0;
        if (!isSafetensors)
            return null;

        using SafetensorsReader reader = SafetensorsReader.Open(file);
        return reader.Metadata.TryGetValue("architecture", out string? fingerprint)
            ? (reader.Metadata.GetValueOrDefault("network", "a network"), fingerprint)
            : null;
    }

    private static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The weights {file} cannot be opened: {e.Message} Check the path and its permissions.", e);
        }
    }
}
