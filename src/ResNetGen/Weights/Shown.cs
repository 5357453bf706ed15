using System.Globalization;
using System.Text;

namespace ResNetGen.Weights;

/// <summary>Text from a file that is not trusted, on its way to a terminal.</summary>
internal static class Shown
{
    private const int Longest = 120;

    /// <summary>The text without what steers a terminal or turns its writing around, and of a length that can be read.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (char c in text.Take(Longest))
            shown.Append(char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '?' : c);
        return text.Length > Longest ? shown.Append('…').ToString() : shown.ToString();
    }
}
