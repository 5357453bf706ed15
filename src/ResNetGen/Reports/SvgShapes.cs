using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ResNetGen.Reports;

/// <summary>SVG elements. They are built as XML, so that no name can break out of its place.</summary>
internal static class SvgShapes
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>Letters of the page's fonts are this wide on the average, as a part of their size; rather too wide than too narrow.</summary>
    private const double LetterWidth = 0.6;

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement Text(double x, double y, string text, string kind, params object?[] more) =>
        Element("text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("class", kind), more, Clean(text));

    public static XElement Line(double x1, double y1, double x2, double y2, string kind, params object?[] more) =>
        Element("path", new XAttribute("class", kind), new XAttribute("d", $"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}"), more);

    /// <summary>A tenth of a unit is finer than any screen shows.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    public static double WidthOf(string text, double size) => text.Length * LetterWidth * size;

    /// <summary>The text without characters that XML has no place for.</summary>
    public static string Clean(string text)
    {
        if (text.All(static c => XmlConvert.IsXmlChar(c)))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            clean.Append(pair || XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            if (pair)
            {
                clean.Append(text[++i]);
            }
        }

        return clean.ToString();
    }

    /// <summary>The text shortened in its middle, where names of runs differ least.</summary>
    public static string Shortened(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, (most - 1) / 2), "…", text.AsSpan(text.Length - (most - 1 - ((most - 1) / 2))));

    /// <summary>The text in lines that fit, broken at spaces.</summary>
    public static IReadOnlyList<string> Wrapped(string text, double width, double size)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && WidthOf(lines[^1] + " " + word, size) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
