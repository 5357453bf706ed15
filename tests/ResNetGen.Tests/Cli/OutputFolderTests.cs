using ResNetGen.Samples;

namespace ResNetGen.Tests.Cli;

public sealed class OutputFolderTests : CliRuns
{
    [Fact]
    public void A_run_is_named_after_network_and_recipe_and_numbered_where_that_is_taken()
    {
        string first = OutputFolder.Fresh(Root, "resnet20", "quick");
        Assert.Equal(Path.Combine(Root, "resnet20-quick"), first);
        Occupy(first);
        string second = OutputFolder.Fresh(Root, "resnet20", "quick");
        Assert.Equal(Path.Combine(Root, "resnet20-quick-2"), second);
        Occupy(second);
        Assert.Equal(Path.Combine(Root, "resnet20-quick-3"), OutputFolder.Fresh(Root, "resnet20", "quick"));
        Assert.Equal(second, OutputFolder.Newest(Root, "resnet20", "quick"));
        Assert.Equal(Path.Combine(Root, "plain20-quick"), OutputFolder.Fresh(Root, "plain20", "quick"));
    }

    [Fact]
    public void An_empty_folder_is_free() =>
        Assert.Equal(
            Directory.CreateDirectory(Path.Combine(Root, "resnet20-quick")).FullName,
            OutputFolder.Fresh(Root, "resnet20", "quick"));

    [Fact]
    public void Nothing_to_resume_says_where_it_looked() =>
        Assert.Contains($"there is no run of resnet20 with the recipe quick in {Root}",
            Assert.Throws<BadInputException>(() => OutputFolder.Newest(Root, "resnet20", "quick")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_resume_command_repeats_the_arguments()
    {
        string command = ResumeCommand.For(["--epochs", "4", "--data", "/my data"], "runs/resnet20-quick");
        Assert.EndsWith(" --epochs 4 --data '/my data' --output runs/resnet20-quick --resume", command, StringComparison.Ordinal);
    }

    [Fact]
    public void The_resume_command_adds_nothing_twice()
    {
        string command = ResumeCommand.For(["--output=here", "--resume"], "here");
        Assert.EndsWith(" --output=here --resume", command, StringComparison.Ordinal);
        Assert.Equal(1, command.Split("--resume").Length - 1);
        Assert.Equal(1, command.Split("--output").Length - 1);
    }

    private static void Occupy(string path)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "run.json"), "{}");
    }
}
