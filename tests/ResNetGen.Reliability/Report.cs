namespace ResNetGen.Reliability;

/// <summary>Rows of the table that distributed.sh makes of a night: to the terminal, and to the file that RESNETGEN_REPORT names.</summary>
internal static class Report
{
    public static void Row(string what, string count, string result)
    {
        string row = $"| {what} | {count} | {result} |";
        Console.WriteLine(row);
        if (Environment.GetEnvironmentVariable("RESNETGEN_REPORT") is { Length: > 0 } file)
        {
            File.AppendAllText(file, row + "\n");
        }
    }
}
