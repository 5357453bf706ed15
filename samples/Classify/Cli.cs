using System.Globalization;
using ResNetGen.Data;
using ResNetGen.Export;
using static TorchSharp.torch;

namespace ResNetGen.Samples.Classify;

/// <summary>The program: a picture in, its most probable classes out.</summary>
internal static class Cli
{
    // A ResNet-50 is planned in the time of about ten pictures, and each takes half as long then.
    private const int Many = 20;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        CommandLine line = new();
        return SampleProgram.Run(line.Root, arguments, output, error, parsed => Classify(line.Read(parsed), output));
    }

    private static int Classify(ClassifyArguments wanted, TextWriter output)
    {
        string file = WeightsArgument.File(wanted.Weights);
        using LoadedNetwork network = WeightsArgument.Network(file, wanted.Network).Load(file);
        IReadOnlyList<string>? names = ClassNames.Of(network, wanted.ClassFile);
        Normalization? normalization = Preparation.NormalizationOf(network, wanted);
        output.WriteLine($"{network.Architecture.Name} with the weights of {file}");
        foreach (string note in network.Weights.Notes)
        {
            output.WriteLine("note: " + note);
        }

        if (wanted.Pictures.Count > 0)
        {
            Tell(network, Preparation.Of(network, wanted, normalization), names ?? ClassNames.Usual(network), wanted, output);
        }

        if (wanted.Onnx is { } onnx)
        {
            network.Export(onnx, new OnnxExportOptions { Normalization = normalization, ClassNames = names });
            output.WriteLine($"wrote {onnx}");
        }

        return ExitCodes.Done;
    }

    private static void Tell(
        LoadedNetwork network, Preparation preparation, IReadOnlyList<string>? names, ClassifyArguments wanted, TextWriter output)
    {
        PictureFiles pictures = new(wanted.Pictures, network.Architecture.Input, network.Architecture.Classes);
        PictureRenderer renderer = new(pictures, preparation.Normalization);
        if (pictures.Count >= Many)
            network.Prepare();

        for (int i = 0; i < pictures.Count; i++)
        {
            using Tensor picture = renderer.Render(i, preparation.Geometry);
            float[] probabilities = network.Classify(picture);
            output.WriteLine(wanted.Pictures[i]);
            foreach (int label in Enumerable.Range(0, probabilities.Length).OrderByDescending(label => probabilities[label]).Take(wanted.Top))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {100 * probabilities[label],6:F2} %  {ClassNames.Show(names, label)}"));
            }
        }
    }
}
