using ResNetGen.Architecture;
using ResNetGen.Export;
using ResNetGen.Tests.Networks;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Export;

public sealed class OnnxErrorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resnetgen-onnx-").FullName;

    [Fact]
    public void Names_must_be_one_a_class()
    {
        using CifarB network = CifarB.Create();
        Assert.Equal("CifarB tells 10 classes apart; 2 names of classes were given. Give one a class.",
            Assert.Throws<BadInputException>(() => network.ExportOnnx(Target, new OnnxExportOptions { ClassNames = ["cat", "dog"] })).Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_module_that_is_not_what_its_architecture_says()
    {
        using CifarB network = CifarB.Create();
        Assert.Equal("CifarC is not what its architecture says: layer1.0.downsample.0.weight: expected [16, 16, 1, 1], found nothing.",
            Assert.Throws<InvalidOperationException>(() => network.ExportOnnx(CifarC.Architecture, Target)).Message);
        NetworkArchitecture wider = new CifarResNetSpec { Name = "Wider", Depth = 8, Shortcut = Shortcut.B, Classes = 100 }.Build();
        Assert.Equal("Wider is not what its architecture says: fc.weight: expected [100, 64], found [10, 64].",
            Assert.Throws<InvalidOperationException>(() => network.ExportOnnx(wider, Target)).Message);
    }

    [Fact]
    public void A_network_that_no_protobuf_message_holds()
    {
        NetworkArchitecture huge = new ResNetSpec { Name = "Huge", Depth = 152, WidthPerGroup = 512 }.Build();
        Assert.True(4 * huge.ParameterCount > int.MaxValue);
        string message = Assert.Throws<BadInputException>(() => OnnxExport.RequireFits(huge)).Message;
        Assert.Matches(@"^Huge cannot be exported to ONNX: its weights take [\d,]+ bytes, and the format's one message holds 2,147,483,647\.", message);
    }

    [Fact]
    public void A_place_that_cannot_be_written_keeps_what_is_there()
    {
        using CifarB network = CifarB.Create();
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "mine");
        Assert.Contains("cannot be written", Assert.Throws<BadInputException>(() => network.ExportOnnx(Path.Combine(file, "net.onnx"))).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    private string Target => Path.Combine(_folder, "net.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
