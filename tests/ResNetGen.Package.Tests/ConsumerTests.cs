namespace ResNetGen.Package.Tests;

/// <summary>A project of a stranger, with nothing but a reference to the package.</summary>
[Collection(nameof(Workspace))]
public sealed class ConsumerTests(Workspace workspace)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ResNetGen" Version="VERSION" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using ResNetGen;
        using static ResNetGen.Block;
        using static ResNetGen.Shortcut;
        using static TorchSharp.torch;

        using var network = new ResNet20();
        using Tensor scores = network.call(randn(2, 3, 32, 32));
        Console.WriteLine($"{ResNet152.ParameterCount} {string.Join(" ", scores.shape)} {ResNetGen.Native.MemoryFormat.IsAvailable}");

        [ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)]
        public partial class ResNet152;

        [CifarResNet(Depth = 20)]
        public partial class ResNet20;
        """;

    // {|id:text|}: the diagnostic that the build must give on that text.
    private const string Mistakes = """
        using ResNetGen;
        using ResNetGen.Data;
        using ResNetGen.Training;

        [CifarResNet(Depth = {|RNG0102:21|})]
        public partial class ResNet21;

        [ResNet(Depth = {|RNG0101:51|})]
        public partial class ResNet51;

        [CifarResNet(Depth = 32)]
        public class {|RNG0001:ResNet32|};

        [CifarResNet(Depth = 44, Classes = 100)]
        public partial class ResNet44;

        public static class Training
        {
            public static void Run(TrainerOptions options) => Trainer.Fit<ResNet44, {|RNG0307:Cifar10|}>(Recipes.Quick, options);
        }
        """;

    [Fact]
    public void The_package_alone_makes_networks_run_and_mistakes_errors()
    {
        workspace.Write("App/App.csproj", Project.Replace("VERSION", Packages.Version));
        workspace.Write("App/Program.cs", Program);
        string folder = Path.Combine(workspace.Folder, "App");
        Dotnet.Run(folder, "build", "--nologo", "-v", "quiet");
        Assert.Equal("60192808 2 10 True", Dotnet.Run(folder, "bin/Debug/net10.0/App.dll").Trim());
        // What makes opening libtorch quicker comes along.
        Assert.True(File.Exists(Path.Combine(folder, "bin/Debug/net10.0/libresnetgen_torch.first")));

        (string source, string[] expected) = Markup.Read("Mistakes.cs", Mistakes);
        workspace.Write("App/Mistakes.cs", source);
        (int status, string output) = Dotnet.Try(folder, "build", "--no-restore", "--nologo", "-v", "quiet", "-p:GenerateFullPaths=false");
        Assert.NotEqual(0, status);
        Assert.Equal(expected, Markup.Errors(output));
    }
}
