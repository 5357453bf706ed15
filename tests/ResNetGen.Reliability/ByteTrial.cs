using ResNetGen.Checkpoints;
using TorchSharp;

namespace ResNetGen.Reliability;

/// <summary>Every byte of a checkpoint in every other value it could have: each must be noticed.</summary>
internal static class ByteTrial
{
    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("resnetgen-bytes-").FullName;
        string path = Path.Combine(folder, "checkpoint.safetensors");
        try
        {
            Write(path);
            byte[] good = File.ReadAllBytes(path);
            long noticed = 0;
            using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
            {
                for (int at = 0; at < good.Length; at++)
                {
                    for (int change = 1; change < 256; change++)
                    {
                        file.Position = at;
                        file.WriteByte((byte)(good[at] ^ change));
                        if (!IsRefused(path))
                        {
                            Console.Error.WriteLine($"FAILED: byte {at} changed from {good[at]:x2} to {good[at] ^ change:x2} went unseen");
                            return 1;
                        }

                        noticed++;
                    }

                    file.Position = at;
                    file.WriteByte(good[at]);
                }
            }

            CheckpointFile.Verify(path);
            Console.WriteLine($"changed bytes: {good.Length:N0} positions, each in all 255 other values: {noticed:N0} of {noticed:N0} were noticed.");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsRefused(string path)
    {
        try
        {
            CheckpointFile.Verify(path);
            return false;
        }
        catch (BadInputException e)
        {
            return e.Message.Contains(path, StringComparison.Ordinal);
        }
    }

    private static void Write(string path)
    {
        using TrainingState state = new()
        {
            Identity = new RunIdentity
            {
                Network = "N", Architecture = "n", WeightedLayers = 8, Dataset = "D", DatasetFingerprint = "01", TestFingerprint = "02",
                Seed = 1, BatchSize = 16, Recipe = "r",
            },
            Position = new TrainingPosition(7, 0, 7, 112),
            Model = new Dictionary<string, torch.Tensor> { ["fc.weight"] = torch.full(2, 2, 1.5f) },
            Optimizer = new Dictionary<string, torch.Tensor> { ["fc.weight.momentum_buffer"] = torch.ones(2, 2) },
            RandomStates = new Dictionary<string, torch.Tensor> { ["cpu"] = torch.zeros(4) },
        };
        CheckpointFile.Save(path, state);
    }
}
