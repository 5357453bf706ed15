using System.Globalization;
using System.Xml.Linq;

namespace ResNetGen.Reports;

/// <summary>Elements of a page, built as XML: what comes from a run's files can only ever be text.</summary>
internal static class Html
{
    public static XElement Element(string name, params object?[] content)
    {
        XElement element = new(name, content);

        // <div/> opens a div in HTML; <div></div> is an empty one.
        if (element.IsEmpty && name is not ("meta" or "br"))
        {
            element.Add("");
        }

        return element;
    }

    public static XAttribute Class(string name) => new("class", name);

    public static XText Text(string text) => new(SvgShapes.Clean(text));

    /// <summary>A number, or a dash where there is none.</summary>
    public static string Number(double value, string format, string unit = "") =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) + unit : "–";

    /// <summary>For example "2 h 3 m".</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return "–";
        }

        TimeSpan time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours >= 1 ? $"{(long)time.TotalHours} h {time.Minutes} m" : time.TotalMinutes >= 1 ? $"{time.Minutes} m {time.Seconds} s" : $"{time.Seconds} s";
    }

    /// <summary>For example "1.4 GiB".</summary>
    public static string Bytes(double bytes) => bytes >= 1 << 30
        ? Number(bytes / (1 << 30), "F1", " GiB")
        : bytes > 0 ? Number(bytes / (1 << 20), "F0", " MiB") : "–";
}
