using System.Text.Json;
using ResNetGen.Data;

namespace ResNetGen.Package.Tests;

/// <summary><c>dotnet new resnetgen</c>, from the template package.</summary>
[Collection(nameof(Workspace))]
public sealed class TemplateTests(Workspace workspace)
{
    /// <summary>The networks to choose from: the default one every day, all of them before packages are handed out.</summary>
    public static TheoryData<string> Networks()
    {
        using JsonDocument template = JsonDocument.Parse(
            Packages.Read("ResNetGen.Templates", "content/resnetgen/.template.config/template.json"));
        JsonElement network = template.RootElement.GetProperty("symbols").GetProperty("network");
        return Packages.AreForRelease
            ? [.. network.GetProperty("choices").EnumerateArray().Select(static choice => choice.GetProperty("choice").GetString()!)]
            : [network.GetProperty("defaultValue").GetString()!];
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_program_made_from_the_template_runs(string network)
    {
        string[] hive = ["--debug:custom-hive", Path.Combine(workspace.Folder, "hive")];
        string package = Path.Combine(Packages.Folder, $"ResNetGen.Templates.{Packages.Version}.nupkg");
        if (!Directory.Exists(hive[1]))
            Dotnet.Run(workspace.Folder, ["new", "install", package, .. hive]);
        string name = "My" + network;
        Dotnet.Run(workspace.Folder, ["new", "resnetgen", "-o", name, "--network", network, "--no-update-check", .. hive]);

        string folder = Path.Combine(workspace.Folder, name);
        Dotnet.Run(folder, "build", "--no-restore", "--nologo", "-v", "quiet", "-warnaserror");
        string output = Dotnet.Run(folder, $"bin/Debug/net10.0/{name}.dll", Pictures());
        Assert.StartsWith(network, output.TrimStart());
        string last = output.TrimEnd().Split('\n')[^1];
        Assert.Matches(network is "ResNet50" or "ResNet152" ? @"scores of shape \[1, 1000\]$" : "^4 iterations in", last);
    }

    /// <summary>5 × 26 pictures to train on: one batch of 128 an epoch.</summary>
    private string Pictures()
    {
        string folder = Path.Combine(workspace.Folder, "pictures");
        Directory.CreateDirectory(folder);
        return ProceduralPictures.Write(folder, picturesPerFile: 26);
    }
}
