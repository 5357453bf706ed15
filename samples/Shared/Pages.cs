namespace ResNetGen.Samples;

/// <summary>Pictures and pages at the end of runs.</summary>
internal static class Pages
{
    /// <summary>Makes one and says where it is. What cannot be written spoils nothing: the runs are done, and it can be made again.</summary>
    /// <param name="output">Where it is said.</param>
    /// <param name="write">Makes it and gives the line to say.</param>
    public static void Write(TextWriter output, Func<string> write)
    {
        try
        {
            output.WriteLine(write());
        }
        catch (BadInputException e)
        {
            output.WriteLine("note: " + e.Message);
        }
    }
}
