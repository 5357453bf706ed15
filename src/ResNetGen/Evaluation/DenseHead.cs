using ResNetGen.Architecture.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>
/// Runs a network on pictures that may be larger than its own, as a fully convolutional one where that is asked for. A linear layer after a
/// global average pool gives the same whether it runs before or after the mean over positions, so such networks need nothing. One that
/// pools its last map to a grid (VGG: 7×7) would squeeze larger maps into it: its first linear layer becomes a convolution of the
/// grid's size instead, those after it 1×1 convolutions, and the class scores of all positions are averaged.
/// </summary>
internal sealed class DenseHead : IDisposable
{
    private readonly Member _member;
    private readonly int _grid;
    private readonly IReadOnlyList<nn.Module<Tensor, Tensor>> _layers = [];
    private readonly Action? _remove;
    private Tensor? _map;

    private DenseHead(Member member) => _member = member;

    private DenseHead(Member member, int grid, nn.Module<Tensor, Tensor> pool, IReadOnlyList<nn.Module<Tensor, Tensor>> layers)
        : this(member)
    {
        _grid = grid;
        _layers = layers;
        var remover = pool.register_forward_pre_hook((_, map) =>
        {
            _map = map.alias();
            return map;
        });
        _remove = remover.remove;
    }

    /// <summary>The way to run a network.</summary>
    /// <param name="member">The network.</param>
    /// <param name="dense">Whether as a fully convolutional one.</param>
    public static DenseHead Of(Member member, bool dense)
    {
        Layer[] root = [.. member.Architecture.Root.Layers];
        int at = Array.FindLastIndex(root, static layer => layer is GlobalAvgPool { Size: > 1 });
        if (!dense || at < 0)
        {
            return new DenseHead(member);
        }

        Dictionary<string, nn.Module> modules = member.Network.named_children().ToDictionary(static child => child.name, static child => child.module);
        return new DenseHead(
            member,
            ((GlobalAvgPool)root[at]).Size,
            (nn.Module<Tensor, Tensor>)modules[root[at].Name],
            [.. root[(at + 1)..].SelectMany(layer => Steps(modules[layer.Name]))]);
    }

    /// <summary>The class scores of a batch, [n, classes] in fp32, in the current dispose scope.</summary>
    /// <param name="images">[n, C, H, W], of any height and width where the network's weights do not depend on them.</param>
    public Tensor Run(Tensor images)
    {
        Tensor scores = _member.Inference.Run(_member.Network, images.to(_member.Inference.Device));
        if (_map is not { } map)
        {
            return scores;
        }

        _map = null;
        if (map.size(2) < _grid || map.size(3) < _grid)
        {
            throw new BadInputException(
                $"Dense evaluation of {_member.Architecture.Name} needs larger pictures: of {images.size(2)}×{images.size(3)} pixels its last map has "
                + $"{map.size(2)}×{map.size(3)}, and its first linear layer takes {_grid}×{_grid}. Give longer shorter sides.");
        }

        return Convolve(map.to(ScalarType.Float32)).mean([2, 3]);
    }

    public void Dispose()
    {
        _remove?.Invoke();
        _map?.Dispose();
    }

    private Tensor Convolve(Tensor map)
    {
        int kernel = _grid;
        foreach (nn.Module<Tensor, Tensor> layer in _layers)
        {
            if (layer is TorchSharp.Modules.Flatten)
            {
                continue;
            }

            if (layer is not TorchSharp.Modules.Linear linear)
            {
                map = layer.call(map);
                continue;
            }

            Tensor weight = linear.weight!;
            map = nn.functional.conv2d(map, weight.reshape(weight.size(0), weight.size(1) / (kernel * kernel), kernel, kernel), linear.bias);
            kernel = 1;
        }

        return map;
    }

    private static IEnumerable<nn.Module<Tensor, Tensor>> Steps(nn.Module module) => module is TorchSharp.Modules.Sequential sequence
        ? sequence.named_children().SelectMany(static child => Steps(child.module))
        : [(nn.Module<Tensor, Tensor>)module];
}
