namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes the run through a list of blocks.</summary>
internal static class LoopWriter
{
    /// <param name="writer">Where the loop goes.</param>
    /// <param name="type">Type of a block.</param>
    /// <param name="list">The property that holds the blocks.</param>
    /// <param name="x">The variable that each block takes and replaces.</param>
    /// <returns>The variable.</returns>
    public static Flow Write(SourceWriter writer, string type, string list, Flow x)
    {
        if (writer.LastLine is not ("" or "{") && !writer.LastLine.Contains("block.Consume("))
            writer.Line();

        writer.Write($"""
            foreach ({type} block in {list})
                {x.Text} = block.Consume({x.Text});
            """);
        return x;
    }
}
