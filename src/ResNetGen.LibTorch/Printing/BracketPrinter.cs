using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Nested brackets, as numpy and C# write arrays; long dimensions show their beginning and end.</summary>
internal sealed class BracketPrinter(ElementText elements, long[] shape, string newLine, char open, char close, string suffix, bool csharp)
{
    private readonly StringBuilder _text = new();

    internal string Print()
    {
        Print(0, 0, indented: true);
        return _text.ToString();
    }

    private void Print(int depth, long offset, bool indented)
    {
        if (indented) _text.Append(' ', depth);
        _text.Append(open);
        var outermost = csharp && depth == 0 && shape.Length > 1;
        if (outermost) _text.Append(newLine).Append(' ');
        if (depth == shape.Length - 1)
            Row(offset, shape[depth]);
        else
            Block(depth, offset, shape[depth]);
        if (outermost) _text.Append(newLine);
        _text.Append(close);
    }

    private void Row(long offset, long count)
    {
        var shown = Shown(count, PrintOptions.MaxColumns);
        for (var at = 0; at < shown.Length; at++)
        {
            if (at > 0 && shown[at] != shown[at - 1] + 1) _text.Append("... ");
            _text.Append(elements[offset + shown[at]]).Append(suffix);
            if (shown[at] < count - 1) _text.Append(", ");
        }
    }

    private void Block(int depth, long offset, long count)
    {
        var below = shape.Skip(depth + 1).Aggregate(1L, (product, extent) => product * extent);
        // numpy separates matrices by empty lines, C# every row by a comma.
        var separator = csharp ? "," + newLine : string.Concat(Enumerable.Repeat(newLine, shape.Length - depth - 1));
        var shown = Shown(count, PrintOptions.MaxRows);
        for (var at = 0; at < shown.Length; at++)
        {
            if (at > 0 && shown[at] != shown[at - 1] + 1)
                _text.Append(' ', depth).Append(" ...").Append(csharp ? newLine : separator);
            Print(depth + 1, offset + shown[at] * below, indented: at > 0);
            if (shown[at] < count - 1) _text.Append(separator);
        }
    }

    private static long[] Shown(long count, int most)
    {
        if (count <= most) return Sequence(0, count);
        var last = most / 2;
        return [.. Sequence(0, most - last), .. Sequence(count - last, last)];
    }

    private static long[] Sequence(long start, long count)
    {
        var result = new long[count];
        for (var i = 0; i < result.Length; i++) result[i] = start + i;
        return result;
    }
}
