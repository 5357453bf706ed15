using System.Text;

namespace ResNetGen.Generators.Emission;

/// <summary>
/// Writes indented text with <c>\n</c> line ends whatever the machine. Takes whole blocks (raw strings), so that the
/// emitter shows the code as it will look.
/// </summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes the lines of a block at the current depth. Empty lines stay empty.</summary>
    public SourceWriter Write(string block)
    {
        int start = 0;
        while (start <= block.Length)
        {
            int end = block.IndexOf('\n', start);
            if (end < 0)
                end = block.Length;
            int length = end > start && block[end - 1] == '\r' ? end - start - 1 : end - start;
            if (length > 0)
                text.Append(' ', depth * 4).Append(block, start, length);
            text.Append('\n');
            start = end + 1;
        }
        return this;
    }

    /// <summary>Writes an empty line.</summary>
    public SourceWriter Line()
    {
        text.Append('\n');
        return this;
    }

    /// <summary>Writes a line, then an opening brace, and goes one level deeper.</summary>
    public SourceWriter Open(string line)
    {
        Write(line).Write("{");
        depth++;
        return this;
    }

    /// <summary>Goes one level back and writes the closing brace.</summary>
    public SourceWriter Close()
    {
        depth--;
        return Write("}");
    }

    /// <summary>The last line that was written, without its indentation; empty for an empty line.</summary>
    public string LastLine
    {
        get
        {
            string all = text.ToString(Math.Max(0, text.Length - 300), Math.Min(300, text.Length)).TrimEnd('\n', ' ');
            return text.Length > 1 && text[text.Length - 2] == '\n' ? "" : all.Substring(all.LastIndexOf('\n') + 1).Trim();
        }
    }

    /// <summary>Takes an empty line back, before a closing brace.</summary>
    public SourceWriter TrimLine()
    {
        if (LastLine.Length == 0 && text.Length > 0)
            text.Length--;
        return this;
    }

    /// <summary>How much is written so far.</summary>
    public int Position => text.Length;

    /// <summary>Takes back everything after a position.</summary>
    public void ReturnTo(int position) => text.Length = position;

    /// <inheritdoc />
    public override string ToString() => text.ToString();
}
