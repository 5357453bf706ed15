using ResNetGen.Reports;
using ResNetGen.Weights;

namespace ResNetGen.Training;

/// <summary><c>network.txt</c>: the network's summary table (layers, shapes, parameters, costs), written before the first step.</summary>
public sealed class NetworkFile : ITrainingObserver
{
    private readonly string _path;

    /// <summary>Writes to a file in a run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    public NetworkFile(string folder) => _path = Path.Combine(folder, RunFiles.Network);

    /// <inheritdoc/>
    public void OnStarted(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        AtomicFile.WriteText(_path, run.Network.ToString().TrimEnd('\n') + "\n");
    }
}
