using ResNetGen.Checkpoints;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Checkpoints;

public class CheckpointFileTests
{
    [Fact]
    public void What_is_saved_comes_back()
    {
        using var folder = new TestFolder();
        using TrainingState saved = SmallRun.State(4711);
        CheckpointFile.Save(folder["a.safetensors"], saved);
        using TrainingState loaded = CheckpointFile.Load(folder["a.safetensors"], SmallRun.Identity);
        Assert.Equal(saved.Identity, loaded.Identity);
        Assert.Equal(saved.Position, loaded.Position);
        Assert.Equal(saved.Extra, loaded.Extra);
        Same(saved.Model, loaded.Model);
        Same(saved.Optimizer, loaded.Optimizer);
        Same(saved.Averages, loaded.Averages);
        Same(saved.RandomStates, loaded.RandomStates);
        Assert.Equal(saved.Position, CheckpointFile.ReadInfo(folder["a.safetensors"]).Position);
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes_and_any_reader_reads_them()
    {
        using var folder = new TestFolder();
        using TrainingState state = SmallRun.State(1);
        CheckpointFile.Save(folder["a"], state);
        CheckpointFile.Save(folder["b"], state);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
        using SafetensorsReader reader = SafetensorsReader.Open(folder["a"]);
        Assert.Equal(["bn1.num_batches_tracked", "conv1.weight"],
            reader.Entries.Select(entry => entry.Name).Where(name => name.StartsWith("model.", StringComparison.Ordinal)).Select(name => name["model.".Length..]).Order(StringComparer.Ordinal));
    }

    /// <summary>The checksum is SHA-256 of the file with its own digits as zeros: anyone can compute it.</summary>
    [Fact]
    public void The_checksum_is_what_it_is_said_to_be()
    {
        using var folder = new TestFolder();
        using TrainingState state = SmallRun.State(1);
        CheckpointFile.Save(folder["a"], state);
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder["a"]));
        System.Text.RegularExpressions.Match match = System.Text.RegularExpressions.Regex.Match(text, "\"checksum\":\"([0-9a-f]{64})\"");
        byte[] zeroed = System.Text.Encoding.Latin1.GetBytes(text.Replace(match.Groups[1].Value, new string('0', 64), StringComparison.Ordinal));
        Assert.Equal(match.Groups[1].Value, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zeroed)));
    }

    [Fact]
    public void Every_single_changed_byte_is_noticed()
    {
        using var folder = new TestFolder();
        using (TrainingState state = SmallRun.State(1)) CheckpointFile.Save(folder["good"], state);
        byte[] good = File.ReadAllBytes(folder["good"]);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = (byte[])good.Clone();
            // One bit, another one for each byte, and a letter's case among them.
            bad[i] ^= i % 2 == 0 ? (byte)0x20 : (byte)(1 << (i % 8));
            File.WriteAllBytes(folder["bad"], bad);
            var e = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["bad"]));
            Assert.StartsWith($"Checkpoint {folder["bad"]}: ", e.Message, StringComparison.Ordinal);
        }
        CheckpointFile.Verify(folder["good"]);
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        using var folder = new TestFolder();
        using (TrainingState state = SmallRun.State(1)) CheckpointFile.Save(folder["good"], state);
        byte[] good = File.ReadAllBytes(folder["good"]);
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(folder["bad"], good[..length]);
            Assert.Throws<CheckpointException>(() => CheckpointFile.Verify(folder["bad"]));
        }
    }

    [Fact]
    public void Weights_without_a_run_are_no_checkpoint()
    {
        using var folder = new TestFolder();
        using Tensor weight = ones(2);
        Safetensors.Save(folder["weights"], new Dictionary<string, Tensor> { ["fc.weight"] = weight });
        Assert.Contains("no checksum", Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["weights"])).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => CheckpointFile.Load(folder["gone"])).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Others => new()
    {
        { "network", "it holds ResNet20 (20 weighted layers), but ResNet110 (110 weighted layers) was asked for", "Ask for ResNet20" },
        { "structure", "built as \"cifar:20:A\", but \"cifar:20:B\" was asked for", "another output folder" },
        { "dataset", "trained on CIFAR-10, but procedural pictures was given", "Give the data" },
        { "pictures", "training split 0123456789ab) than were given (ffff)", "Give the data" },
        { "test pictures", "test split fedcba987654) than were given (ffff)", "Give the data" },
        { "seed", "with seed -7, but 8 was asked for", "Give TrainerOptions.Seed = -7" },
        { "batch", "with batch size 128, but 64 was asked for", "Give Recipe.BatchSize = 128" },
        { "recipe", "but \"he2015\" was asked for", "the same options" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_checkpoint_of_another_run_is_refused(string what, string difference, string fix)
    {
        using var folder = new TestFolder();
        using (TrainingState state = SmallRun.State(1)) CheckpointFile.Save(folder["a"], state);
        RunIdentity asked = what switch
        {
            "network" => SmallRun.Identity with { Network = "ResNet110", WeightedLayers = 110, Architecture = "cifar:110:A" },
            "structure" => SmallRun.Identity with { Architecture = "cifar:20:B" },
            "dataset" => SmallRun.Identity with { Dataset = "procedural pictures" },
            "pictures" => SmallRun.Identity with { DatasetFingerprint = "ffff" },
            "test pictures" => SmallRun.Identity with { TestFingerprint = "ffff" },
            "seed" => SmallRun.Identity with { Seed = 8 },
            "batch" => SmallRun.Identity with { BatchSize = 64 },
            _ => SmallRun.Identity with { Recipe = "he2015" },
        };
        var e = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"], asked));
        Assert.Contains(difference, e.Message, StringComparison.Ordinal);
        Assert.Contains(fix, e.Message, StringComparison.Ordinal);
    }

    private static void Same(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, Tensor tensor) in expected)
        {
            Assert.Equal(tensor.dtype, actual[name].dtype);
            Assert.Equal(tensor.shape, actual[name].shape);
            Assert.Equal(tensor.bytes.ToArray(), actual[name].bytes.ToArray());
        }
    }
}
