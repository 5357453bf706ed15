using ResNetGen.Native;

namespace ResNetGen.Training;

/// <summary>Work recorded as a CUDA graph.</summary>
internal sealed class GraphRecording(CudaGraph graph) : IRecording
{
    /// <summary>Records work, which does not run yet.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">It does something that cannot be recorded.</exception>
    public static IRecording Of(Action work) => new GraphRecording(CudaGraph.Record(work));

    public void Replay() => graph.Replay();

    public void Dispose() => graph.Dispose();
}
