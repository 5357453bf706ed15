namespace ResNetGen.Generators.Emission.Forward;

/// <summary>Writes the run through a list of blocks.</summary>
internal static class LoopWriter
{
    /// <param name="writer">Where the loop goes.</param>
    /// <param name="type">Type of a block.</param>
    /// <param name="list">The property that holds the blocks.</param>
    /// <param name="x">The variable that each block takes and replaces.</param>
    /// <param name="recompute">Whether the blocks are among what is computed a second time.</param>
    /// <returns>The variable.</returns>
    public static Flow Write(SourceWriter writer, string type, string list, Flow x, Recompute recompute)
    {
        if (writer.LastLine is not ("" or "{") && !Ends(writer))
            writer.Line();

        writer.Write($"""
            foreach ({type} block in {list})
                {x.Text} = block.{(recompute == Recompute.Block ? "Recomputed" : "Consume")}({x.Text});
            """);
        return x;
    }

    /// <summary>Whether a loop is what was written last.</summary>
    public static bool Ends(SourceWriter writer) => writer.LastLine.Contains(" = block.");
}
