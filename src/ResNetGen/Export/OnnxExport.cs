using Google.Protobuf;
using ResNetGen.Architecture;
using ResNetGen.Export.Onnx;
using ResNetGen.Weights;
using static TorchSharp.torch;

namespace ResNetGen.Export;

/// <summary>Writes networks as ONNX files, which other runtimes than torch run.</summary>
public static class OnnxExport
{
    // What a file has beside weights: a few hundred bytes a layer, and metadata.
    private const long Allowance = 16 << 20;

    /// <summary>
    /// Writes the network in evaluation mode as an ONNX file of operator set 17, weights inside in 32 bits. It takes
    /// <c>input</c>, [N, C, H, W] with any N, and gives <c>logits</c>, [N, classes]; <c>features</c>, [N, C, H, W], where the
    /// network has no head. Nodes are named after modules (<c>layer3.22.conv2</c>), constants after the keys of the state_dict.
    /// Metadata: what <see cref="WeightRecord"/> has, by the same keys as in safetensors.
    /// </summary>
    /// <param name="network">The network, on any device, in any floating-point precision and either mode; it is not changed.</param>
    /// <param name="path">The file; it appears whole or not at all, and replaces what stood there.</param>
    /// <param name="options">What the file says besides; null for no more than the network.</param>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <exception cref="BadInputException">The file cannot be written, the names are not one a class, or the network is too large for the format.</exception>
    /// <exception cref="InvalidOperationException">The module's tensors are not those of its architecture.</exception>
    public static void ExportOnnx<TNetwork>(this TNetwork network, string path, OnnxExportOptions? options = null)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => ExportOnnx(network, TNetwork.Architecture, path, options);

    /// <summary>Writes a module that an architecture describes; nodes are the architecture's, whatever the module's forward does.</summary>
    /// <param name="module">The module that has the weights.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="path">The file; it appears whole or not at all, and replaces what stood there.</param>
    /// <param name="options">What the file says besides; null for no more than the network.</param>
    /// <inheritdoc cref="ExportOnnx{TNetwork}(TNetwork, string, OnnxExportOptions?)" path="/exception"/>
    public static void ExportOnnx(
        this nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxExportOptions();
        RequireFits(architecture);
        OnnxGraph graph = NetworkGraph.Of(architecture, module.state_dict());
        var model = new OnnxModel(options.FoldBatchNorm ? BatchNormFolding.Fold(graph) : graph, Metadata(architecture, options));
        AtomicFile.Write(path, stream =>
        {
            using var output = new CodedOutputStream(stream, leaveOpen: true);
            model.Tell(new ProtoWriter(output));
            output.Flush();
        });
    }

    /// <summary>Refuses a network whose weights do not go into one protobuf message.</summary>
    internal static void RequireFits(NetworkArchitecture architecture)
    {
        long bytes = checked(sizeof(float) * (architecture.ParameterCount + architecture.BufferCount));
        if (bytes > int.MaxValue - Allowance)
            throw new BadInputException(FormattableString.Invariant(
                $"{architecture.Name} cannot be exported to ONNX: its weights take {bytes:N0} bytes, and the format's one message holds {int.MaxValue:N0}. Save the weights as safetensors, or export a smaller network."));
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Metadata(NetworkArchitecture architecture, OnnxExportOptions options)
    {
        if (options.ClassNames is { } names && names.Count != architecture.Classes)
            throw new BadInputException($"{architecture.Name} tells {architecture.Classes} classes apart; {names.Count} names of classes were given. Give one a class.");

        return
        [
            .. RecordText.Write(new WeightRecord
            {
                Network = architecture.Name,
                Architecture = architecture.Fingerprint,
                Normalization = options.Normalization,
                ClassNames = options.ClassNames ?? [],
            }).Where(static entry => entry.Key is not ("format" or RecordText.VersionKey)),
        ];
    }
}
