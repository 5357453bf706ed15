using System.Globalization;
using System.Text;

namespace ResNetGen.Reports;

/// <summary>
/// The colours of charts and pages, light and dark. The curves' follow Okabe and Ito's set, which the colour-blind can tell
/// apart, darkened or lightened until each stands out from its ground (3 to 1 and more; texts 4.5 to 1).
/// </summary>
internal static class ChartColors
{
    /// <summary>Grounds, texts and lines: the variable, its light and its dark value.</summary>
    public static IReadOnlyList<(string Name, string Light, string Dark)> Roles { get; } =
    [
        ("ground", "#ffffff", "#15181d"),
        ("raised", "#f5f6f8", "#1e2229"),
        ("ink", "#1b1f24", "#e8eaed"),
        ("muted", "#57606a", "#a3abb5"),
        ("grid", "#e1e4e8", "#323841"),
        ("frame", "#8a939d", "#717a85"),
        ("accent", "#0067ad", "#62b0ea"),
        ("changed", "#fff3d6", "#42340f"),
    ];

    /// <summary>The curves' colours, by number: light and dark.</summary>
    public static IReadOnlyList<(string Light, string Dark)> Curves { get; } =
    [
        ("#0067ad", "#62b0ea"), // blue
        ("#c24d00", "#f0803c"), // vermilion
        ("#00664a", "#35c99b"), // bluish green
        ("#c9609f", "#d070b0"), // reddish purple
        ("#8a6400", "#e2b13c"), // ochre
        ("#5a3fb5", "#a897f0"), // violet
        ("#2f3b45", "#d5dbe1"), // slate
        ("#7a4b2a", "#c99b76"), // brown
    ];

    /// <summary>The variables as CSS for everything that matches <paramref name="selector"/>; dark where the reader's system is.</summary>
    public static string Css(string selector)
    {
        StringBuilder text = new();
        text.Append(selector).Append('{').Append(Variables(dark: false)).Append('}')
            .Append("@media(prefers-color-scheme:dark){").Append(selector).Append('{').Append(Variables(dark: true)).Append("}}");
        return text.ToString();
    }

    /// <summary>For example "var(--curve-3)"; the ninth curve begins again.</summary>
    public static string Curve(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"var(--curve-{index % Curves.Count})");

    private static string Variables(bool dark) => string.Join(';',
        Roles.Select(role => $"--{role.Name}:{(dark ? role.Dark : role.Light)}")
            .Concat(Curves.Select((color, i) => string.Create(CultureInfo.InvariantCulture, $"--curve-{i}:{(dark ? color.Dark : color.Light)}"))));
}
