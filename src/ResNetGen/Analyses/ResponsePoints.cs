using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>Where the responses of a network's 3×3 convolutions are to be read, in the order in which they run.</summary>
/// <remarks>
/// Found by watching one image pass: a normalisation that takes the very tensor which a convolution has given, with nothing added to it
/// in place, belongs to it. So this holds for any module whose children are called, generated or hand-written.
/// </remarks>
internal sealed class ResponsePoints : IDisposable
{
    private readonly List<(string Layer, Conv2d Convolution)> _layers = [];
    private readonly Dictionary<Conv2d, BatchNorm2d> _norms = [];
    private Conv2d? _lately;
    private Tensor? _given;
    private Tensor? _values;

    private ResponsePoints()
    {
    }

    /// <summary>The layers' names and the modules whose outputs are their responses.</summary>
    /// <param name="network">The network.</param>
    /// <param name="image">An image, [1, C, H, W].</param>
    public static IReadOnlyList<(string Layer, nn.Module<Tensor, Tensor> Point)> Of(nn.Module<Tensor, Tensor> network, Tensor image)
    {
        using ResponsePoints points = new();
        using (Hooks hooks = new())
        {
            points.Watch(network, hooks);
            network.call(image).Dispose();
        }

        // One kind of response throughout, or they could not be compared: where a layer goes into an addition without a
        // normalisation of its own, as in pre-activation networks, all are read at the convolutions.
        bool normalised = points._layers.All(layer => points._norms.ContainsKey(layer.Convolution));
        return [.. points._layers.Select(layer => (layer.Layer, normalised ? (nn.Module<Tensor, Tensor>)points._norms[layer.Convolution] : layer.Convolution))];
    }

    public void Dispose() => _values?.Dispose();

    private void Watch(nn.Module network, Hooks hooks)
    {
        foreach ((string name, nn.Module module) in network.named_modules())
        {
            if (module is Conv2d convolution && convolution.weight.shape is [_, _, 3, 3])
            {
                hooks.AfterForward(convolution, output => Given(name, convolution, output));
            }
            else if (module is BatchNorm2d norm)
            {
                hooks.BeforeForward(norm, input => Taken(norm, input));
            }
        }
    }

    private void Given(string name, Conv2d convolution, Tensor output)
    {
        _layers.Add((name, convolution));
        _values?.Dispose();
        (_lately, _given, _values) = (convolution, output, output.clone().DetachFromDisposeScope());
    }

    private void Taken(BatchNorm2d norm, Tensor input)
    {
        if (_lately is not null && ReferenceEquals(input, _given) && input.Equals(_values!))
        {
            _norms[_lately] = norm;
        }
    }
}
