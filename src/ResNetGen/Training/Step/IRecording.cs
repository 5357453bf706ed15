namespace ResNetGen.Training;

/// <summary>Work that was recorded and can be run again.</summary>
internal interface IRecording : IDisposable
{
    /// <summary>Runs it; does not wait for it.</summary>
    void Replay();
}
