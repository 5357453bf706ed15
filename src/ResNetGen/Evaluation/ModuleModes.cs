using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Puts a network into another mode for a while. Modes come back module by module: somebody may have frozen some.</summary>
internal sealed class ModuleModes : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] _before;

    private ModuleModes(nn.Module network) =>
        _before = [.. network.modules().Prepend(network).Select(static each => (each, each.training))];

    /// <summary>Evaluation mode.</summary>
    public static ModuleModes Evaluation(nn.Module network)
    {
        ModuleModes modes = new(network);
        network.eval();
        return modes;
    }

    /// <summary>Training mode.</summary>
    public static ModuleModes Training(nn.Module network)
    {
        ModuleModes modes = new(network);
        network.train();
        return modes;
    }

    /// <summary>The modes as they were; parents come first, since a mode goes down to the children.</summary>
    public void Dispose()
    {
        foreach ((nn.Module module, bool training) in _before)
        {
            module.train(training);
        }
    }
}
