namespace ResNetGen.Tool.Tests;

public sealed class CommandTests : RunFolders
{
    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        return (Cli.Run(arguments, output, error), output.ToString(), error.ToString());
    }

    [Fact]
    public void One_run_gets_its_page_in_its_folder()
    {
        string run = Write("run");
        Assert.Equal((0, Path.Combine(run, "report.html") + "\n", ""), Run("report", run));
        Assert.Contains("8.75 %", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_get_one_page_where_it_is_wanted()
    {
        string page = Path.Combine(Root, "pages", "both.html");
        Assert.Equal((0, page + "\n", ""), Run("report", Write("a"), Write("b", 7), "-o", page));
        Assert.Contains("2 runs compared", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_given_as_the_page_gets_the_page_in_it_and_a_run_named_twice_is_one()
    {
        string run = Write("run");
        string pages = Directory.CreateDirectory(Path.Combine(Root, "pages")).FullName;
        Assert.Equal(Path.Combine(pages, "report.html") + "\n", Run("report", run, run + "/", Path.Combine(run, "metrics.jsonl"), "-o", pages).Output);
        Assert.DoesNotContain("runs compared", File.ReadAllText(Path.Combine(pages, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lines_are_noted_and_the_page_is_written()
    {
        string run = Write("run");
        File.AppendAllText(Path.Combine(run, "metrics.jsonl"), "{\"kind\":\"tr");
        (int code, _, string error) = Run("report", run);
        Assert.Equal(0, code);
        Assert.StartsWith($"note: {Path.Combine(run, "metrics.jsonl")}: line 141 is left out:", error, StringComparison.Ordinal);
        Assert.Contains("line 141 is left out", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_run_gets_a_message()
    {
        Write("runs/a");
        Write("runs/b");
        string file = Path.Combine(Root, "file");
        File.WriteAllText(file, "");
        Fails("There is no folder", Path.Combine(Root, "nowhere"));
        Fails("is a file; the folder of a run was expected", file);
        Fails("is not a run's folder: it has neither metrics.jsonl nor run.json. There are runs in it: a, b.", Path.Combine(Root, "runs"));
        Fails("cannot be written", Write("run"), "-o", Path.Combine(file, "page.html"));

        static void Fails(string message, params string[] arguments)
        {
            (int code, string output, string error) = Run(["report", .. arguments]);
            Assert.Equal(1, code);
            Assert.Empty(output);
            Assert.StartsWith("error: ", error, StringComparison.Ordinal);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData]
    [InlineData("report")]
    [InlineData("reprot", "x")]
    public void Wrong_usage_is_said(params string[] arguments)
    {
        (int code, _, string error) = Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_the_command()
    {
        Assert.Contains("report", Run("--help").Output, StringComparison.Ordinal);
        Assert.Contains("--output", Run("report", "--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("launch", "60")]
    [InlineData("scaling", "50")]
    public void Help_says_once_what_is_taken_where_nothing_is_said(string command, string value)
    {
        string help = Run(command, "--help").Output;
        Assert.Contains($"[default: {value}]", help, StringComparison.Ordinal);
        Assert.DoesNotContain($"({value})", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_needs_no_torch() =>
        Assert.DoesNotContain(
            typeof(Cli).Assembly.GetReferencedAssemblies().Select(static a => a.Name!),
            static name => name.Contains("Torch", StringComparison.Ordinal) || name.StartsWith("ResNetGen", StringComparison.Ordinal));
}
