namespace ResNetGen.Samples;

/// <summary>What the process ends with; a signal's code is 128 plus its number.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
