using TorchSharp;

namespace ResNetGen.Tests.Cli;

/// <summary>What can be given wrongly, and what is said to it. Never a stack trace, never exit code 0.</summary>
public sealed class BadInputTests : CliRuns
{
    [Theory]
    [InlineData("--network: there is no \"resnet21\". Did you mean resnet20?", "--network", "resnet21")]
    [InlineData("--network: there is no \"ResNet-50\". Did you mean resnet20?", "--network", "ResNet-50")]
    [InlineData("--network: there is no \"transformer\". Known: resnet20, resnet32,", "--network", "transformer")]
    [InlineData("--recipe: there is no \"he205\". Did you mean he2015? Known: quick, he2015, he2016.", "--recipe", "he205")]
    [InlineData("--precision: there is no \"fp16\". Did you mean fp32? Known: auto, fp32, bf16.", "--precision", "fp16")]
    [InlineData("--device: there is no \"gpu\". Did you mean cpu? Known: auto, cpu, cuda.", "--device", "gpu")]
    [InlineData("--scale-rate needs --batch-size: it fits the rate to that batch.", "--scale-rate")]
    [InlineData("--batch-size takes a whole number, from 1 to 1,000,000; got \"0\".", "--batch-size", "0")]
    [InlineData("--batch-size takes a whole number, from 1 to 1,000,000; got \"-128\".", "--batch-size", "-128")]
    [InlineData("--batch-size takes a whole number, from 1 to 1,000,000; got \"128.5\".", "--batch-size", "128.5")]
    [InlineData("--batch-size takes a whole number, from 1 to 1,000,000; got \"99999999999999999999\".", "--batch-size", "99999999999999999999")]
    [InlineData("--epochs takes a whole number, from 1 to 100,000; got \"-3\".", "--epochs", "-3")]
    [InlineData("--epochs takes a whole number, from 1 to 100,000; got \"0\".", "--epochs", "0")]
    [InlineData("--seed takes a whole number, 0 or more; got \"lucky\".", "--seed", "lucky")]
    [InlineData("--limit-batches takes a whole number, 1 or more; got \"0\".", "--limit-batches", "0")]
    [InlineData("Unrecognized command or argument '--netwrok'", "--netwrok", "resnet20")]
    [InlineData("Required argument missing for option: '--epochs'", "--epochs")]
    public void Usage_errors_name_the_option_and_end_with_2(string message, params string[] arguments)
    {
        Ended ended = Run(arguments);
        Assert.Contains("error: " + message, ended.Error, StringComparison.Ordinal);
        Assert.Equal(2, ended.Code);
        Assert.Equal("", ended.Output);
        RequireNoTrace(ended);
    }

    [Fact]
    public void A_missing_data_folder() =>
        Fails("The data folder /nowhere/cifar does not exist", Run("--data", "/nowhere/cifar", "--output", Output));

    [Fact]
    public void A_data_folder_without_data()
    {
        string empty = Directory.CreateDirectory(Path.Combine(Root, "empty")).FullName;
        Fails("holds no folder cifar-10-batches-bin", Run("--data", empty, "--output", Output));
    }

    [Fact]
    public void A_truncated_batch_file()
    {
        string file = Path.Combine(Copy(), "data_batch_3.bin");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        Fails("data_batch_3.bin is 122,820 bytes; expected 122,920", Run("--data", Copied, "--output", Output));
    }

    [Fact]
    public void An_empty_batch_file()
    {
        File.WriteAllBytes(Path.Combine(Copy(), "data_batch_3.bin"), []);
        Fails("data_batch_3.bin is empty", Run("--data", Copied, "--output", Output));
    }

    [Fact]
    public void A_wrong_label_byte()
    {
        string file = Path.Combine(Copy(), "data_batch_2.bin");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[7 * 3_073] = 10;
        File.WriteAllBytes(file, bytes);
        Fails("data_batch_2.bin: record 7 (byte 21,511) has label 10; expected 0 to 9", Run("--data", Copied, "--output", Output));
    }

    [Fact]
    public void A_missing_batch_file()
    {
        File.Delete(Path.Combine(Copy(), "test_batch.bin"));
        Fails("test_batch.bin is missing", Run("--data", Copied, "--output", Output));
    }

    [Fact]
    public void Names_of_other_classes()
    {
        string meta = Path.Combine(Copy(), "batches.meta.txt");
        string[] lines = File.ReadAllLines(meta);
        lines[3] = "zebra";
        File.WriteAllLines(meta, lines);
        Fails("batches.meta.txt calls class 3 \"zebra\"; expected", Run("--data", Copied, "--output", Output));
    }

    [Fact]
    public void A_batch_larger_than_the_set() =>
        Fails("Batch size 300 is more than the 200 pictures of the train split",
            Run("--data", Data, "--output", Output, "--batch-size", "300"));

    [Fact]
    public void An_output_that_is_a_file()
    {
        File.WriteAllText(Output, "mine");
        Fails($"The output {Output} is a file; a folder was expected", Train());
        Assert.Equal("mine", File.ReadAllText(Output));
    }

    [Fact]
    public void An_output_that_cannot_be_written() =>
        Fails("The output folder /proc/resnetgen cannot be written", Run([.. Arguments("/proc/resnetgen")]));

    [Fact]
    public void An_output_with_another_runs_checkpoints()
    {
        Train("--epochs", "1");
        string checkpoint = NewestCheckpoint(Output);
        byte[] before = File.ReadAllBytes(checkpoint);
        Fails("Give --resume to go on with it, or give another --output.", Train("--epochs", "1"));
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
    }

    [Fact]
    public void Resume_without_a_checkpoint() =>
        Fails("Leave --resume out to start a run there, or give another --output.", Train("--resume"));

    [Theory]
    [InlineData("Use the CPU (--device cpu), or bring", "Use the CPU (TrainerOptions.Device = ComputeDevice.Cpu), or bring")]
    [InlineData("a longer warm-up, or --precision fp32.", "a longer warm-up, or TrainerOptions.Precision = Precision.Fp32.")]
    [InlineData("name its unpacked folder with --data.", "name its unpacked folder with DataSourceOptions.Data.")]
    [InlineData("Give --batch-size 128, or another output folder.", "Give Recipe.BatchSize = 128, or another output folder.")]
    [InlineData("--limit-batches is 0", "TrainerOptions.LimitBatches is 0")]
    public void The_librarys_properties_are_named_as_options(string printed, string message) =>
        Assert.Equal(printed, Samples.ErrorText.Of(new BadInputException(message)));

    [Fact]
    public void A_corrupted_checkpoint()
    {
        Train("--epochs", "1");
        string only = NewestCheckpoint(Output);
        byte[] bytes = File.ReadAllBytes(only);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(only, bytes);
        Fails("it is damaged: its checksum is", Train("--epochs", "1", "--resume"));
    }

    [Fact]
    public void A_truncated_checkpoint()
    {
        Train("--epochs", "1");
        string only = NewestCheckpoint(Output);
        File.WriteAllBytes(only, File.ReadAllBytes(only)[..1_000]);
        Fails("Nothing to resume: no checkpoint in", Train("--epochs", "1", "--resume"));
    }

    [Fact]
    public void A_checkpoint_of_another_network()
    {
        Train("--epochs", "1", "--network", "resnet20");
        Ended ended = Train("--epochs", "1", "--network", "resnet32", "--resume");
        Fails("it holds ResNet20 (20 weighted layers), but ResNet32 (32 weighted layers) was asked for", ended);
    }

    [Fact]
    public void A_checkpoint_of_a_run_of_another_length()
    {
        Train("--epochs", "1");
        Fails("length was 1 epoch, now 2 epochs", Train("--epochs", "2", "--resume"));
    }

    [Fact]
    public void A_checkpoint_of_another_seed()
    {
        Train("--epochs", "1");
        Fails("it was trained with seed 0, but 5 was asked for. Give --seed 0, or another output folder.", Train("--epochs", "1", "--seed", "5", "--resume"));
    }

    [Fact]
    public void Cuda_where_there_is_none()
    {
        Ended ended = Run("--data", Data, "--output", Output, "--device", "cuda", "--epochs", "1", "--batch-size", "32", "--limit-batches", "1");
        if (torch.cuda.is_available())
        {
            Assert.Equal(0, ended.Code);
            return;
        }

        Fails("CUDA was asked for, but this libtorch finds no CUDA device", ended);
        Assert.False(Directory.Exists(Output));
    }

    private static void Fails(string message, Ended ended)
    {
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, ended.Code);
        Assert.DoesNotContain("test accuracy", ended.Output, StringComparison.Ordinal);
        RequireNoTrace(ended);
    }

    private static void RequireNoTrace(Ended ended)
    {
        Assert.DoesNotContain("   at ", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Options.", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Recipe.", ended.Error + ended.Output, StringComparison.Ordinal);
    }

    private string Copied => Path.Combine(Root, "data");

    /// <summary>A picture folder that may be damaged.</summary>
    private string Copy()
    {
        string target = Directory.CreateDirectory(Path.Combine(Copied, "cifar-10-batches-bin")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Data, "cifar-10-batches-bin")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }
}
