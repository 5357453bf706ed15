using ResNetGen.Distributed.Launching;

namespace ResNetGen.Samples;

/// <summary>What the process ends with; a signal's code is 128 plus its number.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Another process of the run was lost; this one did well.</summary>
    public const int PeerLost = ProcessLauncher.PeerLost;
}
