using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ResNetGen.Export;
using ResNetGen.Tests.Export;
using ResNetGen.Tests.Export.Large;
using static TorchSharp.torch;
using Samples = ResNetGen.Samples;

// Exports networks whose weights come from a formula, and runs our own forward on them: what check.mjs compares ONNX Runtime with.
if (args is not [string folder])
{
    Console.Error.WriteLine("usage: OnnxCheck FOLDER");
    return 2;
}

OnnxCase[] large =
[
    OnnxCase.Of<ResNet18>(), OnnxCase.Of<ResNet50>(), OnnxCase.Of<ResNet50V15>(), OnnxCase.Of<PreActResNet101>(), OnnxCase.Of<SeResNeXt50>(),
    OnnxCase.Of<CifarResNet110>(), OnnxCase.Of<PreActResNet164>(), OnnxCase.Of<GatedResNet32>(), OnnxCase.Of<ShortcutGatedResNet20>(),
    OnnxCase.Of<Vgg11Bn>(), OnnxCase.Of<Vgg11OnSmallPictures>(), OnnxCase.Of<Samples.TinyNet>("samples/CustomNetwork TinyNet"),
    OnnxCase.Of<Samples.TwoPaths>("samples/CustomNetwork TwoPaths"),
];
Directory.CreateDirectory(folder);
List<object> cases = [];
foreach (OnnxCase network in large.Concat(OnnxCase.Small))
{
    string stem = cases.Count.ToString("000", System.Globalization.CultureInfo.InvariantCulture);
    using nn.Module<Tensor, Tensor> module = network.Filled();
    var clock = Stopwatch.StartNew();
    module.ExportOnnx(network.Architecture, Path.Combine(folder, stem + ".onnx"));
    double seconds = clock.Elapsed.TotalSeconds;
    module.ExportOnnx(network.Architecture, Path.Combine(folder, stem + ".folded.onnx"), new OnnxExportOptions { FoldBatchNorm = true });
    foreach (int batch in new[] { 1, OnnxCase.Batch })
    {
        Write($"{stem}.{batch}.input", network.Images(batch));
        Write($"{stem}.{batch}.output", network.Forward(module, batch));
    }

    ResNetGen.Architecture.Shape input = network.Architecture.Input;
    cases.Add(new
    {
        name = network.Name,
        stem,
        isSmall = OnnxCase.Small.Contains(network),
        input = new[] { input.Channels, input.Height, input.Width },
        parameters = network.Architecture.ParameterCount,
        seconds,
    });
}

File.WriteAllText(Path.Combine(folder, "cases.json"), JsonSerializer.Serialize(new { batches = new[] { 1, OnnxCase.Batch }, cases }));
return 0;

void Write(string name, float[] values) => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes<float>(values));
