using System.Text;

namespace TorchSharp;

/// <summary>Matrices in aligned columns, one after the other, as Julia writes arrays; a row ends where the line is full.</summary>
internal sealed class TablePrinter(ElementText elements, long[] shape, int width, string newLine)
{
    private const string Ellipsis = "...";

    internal string Print()
    {
        var text = new StringBuilder();
        if (shape.Length == 1)
        {
            Table(text.Append(newLine), 0, 1, shape[0]);
            return text.ToString();
        }
        var rows = shape[^2];
        var columns = shape[^1];
        var outer = shape[..^2];
        var count = outer.Aggregate(1L, (product, extent) => product * extent);
        for (long matrix = 0; matrix < count; matrix++)
        {
            text.Append(newLine);
            if (outer.Length > 0) text.Append(Name(outer, matrix)).Append(" =").Append(newLine);
            Table(text, matrix * rows * columns, rows, columns);
        }
        return text.ToString();
    }

    private static string Name(long[] outer, long matrix)
    {
        var indices = new long[outer.Length];
        for (var i = outer.Length - 1; i >= 0; i--) (matrix, indices[i]) = Math.DivRem(matrix, outer[i]);
        return $"[{string.Join(',', indices)},..,..]";
    }

    private void Table(StringBuilder text, long offset, long rows, long columns)
    {
        var cells = Enumerable.Range(0, (int)rows).Select(row => Row(offset + row * columns, columns)).ToArray();
        var shortest = cells.Length == 0 ? 0 : cells.Min(row => row.Count);
        var widths = Enumerable.Range(0, shortest).Select(column => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells)
        {
            for (var column = 0; column < shortest; column++) text.Append(' ').Append(row[column].PadLeft(widths[column]));
            if (shortest < columns) text.Append(' ').Append(Ellipsis);
            text.Append(newLine);
        }
    }

    private List<string> Row(long offset, long columns)
    {
        var row = new List<string>();
        var left = width;
        for (long column = 0; column < columns; column++)
        {
            var cell = elements[offset + column];
            if (left - cell.Length - (Ellipsis.Length + 1) < 0) break;
            row.Add(cell);
            left -= cell.Length + 1;
        }
        return row;
    }
}
