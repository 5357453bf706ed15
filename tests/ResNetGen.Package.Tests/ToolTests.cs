namespace ResNetGen.Package.Tests;

/// <summary>The command <c>resnetgen</c>, installed from its package.</summary>
[Collection(nameof(Workspace))]
public sealed class ToolTests(Workspace workspace)
{
    [Fact]
    public void The_package_holds_the_command_and_no_torch()
    {
        string[] files = Packages.Files("ResNetGen.Tool");
        Assert.Contains("tools/net10.0/any/ResNetGen.Tool.dll", files);
        Assert.Contains("tools/net10.0/any/System.CommandLine.dll", files);
        Assert.DoesNotContain(files, static file => file.Contains("Torch", StringComparison.Ordinal));
    }

    [Fact]
    public void The_installed_command_makes_a_report()
    {
        string tools = Path.Combine(workspace.Folder, "tools");
        Dotnet.Run(workspace.Folder, "tool", "install", "ResNetGen.Tool", "--version", Packages.Version, "--tool-path", tools,
            "--configfile", Path.Combine(workspace.Folder, "nuget.config"));
        workspace.Write("runs/a/metrics.jsonl", """{"kind":"eval","iteration":390,"epoch":1,"val.top1":42.5}""" + "\n");

        // The command itself, as a shell finds it.
        string command = Path.Combine(tools, OperatingSystem.IsWindows() ? "resnetgen.exe" : "resnetgen");
        Assert.True(File.Exists(command));
        System.Diagnostics.ProcessStartInfo start = new(command, ["report", Path.Combine(workspace.Folder, "runs/a")]) { RedirectStandardOutput = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        string path = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("57.50 %", File.ReadAllText(path), StringComparison.Ordinal);
    }
}
