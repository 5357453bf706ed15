using System.Globalization;
using ResNetGen.Reports;

namespace ResNetGen.Tool.Tests;

/// <summary>The colours against WCAG 2.1: 4.5 to 1 for texts, 3 to 1 for lines that mean something.</summary>
public sealed class ChartColorsTests
{
    [Fact]
    public void Curves_stand_out_from_their_ground() =>
        Assert.All(ChartColors.Curves, static color =>
        {
            Assert.True(Contrast(color.Light, Role("ground").Light) >= 3, color.Light);
            Assert.True(Contrast(color.Dark, Role("ground").Dark) >= 3, color.Dark);
        });

    [Theory]
    [InlineData("ink", "ground", 7)]
    [InlineData("ink", "raised", 7)]
    [InlineData("ink", "changed", 7)]
    [InlineData("muted", "ground", 4.5)]
    [InlineData("muted", "raised", 4.5)]
    [InlineData("accent", "ground", 4.5)]
    public void Texts_can_be_read(string text, string ground, double least)
    {
        Assert.True(Contrast(Role(text).Light, Role(ground).Light) >= least);
        Assert.True(Contrast(Role(text).Dark, Role(ground).Dark) >= least);
    }

    // Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
    [Theory]
    [InlineData("protanopia", 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998)]
    [InlineData("deuteranopia", 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881)]
    public void The_first_four_curves_differ_for_the_colour_blind(string name, params double[] matrix)
    {
        foreach (bool dark in new[] { false, true })
        {
            double[][] seen = [.. ChartColors.Curves.Take(4).Select(color => Lab(Times(matrix, Linear(dark ? color.Dark : color.Light))))];
            for (int i = 0; i < seen.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double difference = Math.Sqrt(seen[i].Zip(seen[j], static (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(difference > 16, $"{name}, {(dark ? "dark" : "light")}: colours {j} and {i} differ by {difference:F1}");
                }
            }
        }
    }

    private static (string Name, string Light, string Dark) Role(string name) => ChartColors.Roles.Single(role => role.Name == name);

    private static double Contrast(string a, string b)
    {
        double[] light = [Luminance(a), Luminance(b)];
        return (light.Max() + 0.05) / (light.Min() + 0.05);
    }

    private static double Luminance(string color) => Linear(color) is [double r, double g, double b] ? (0.2126 * r) + (0.7152 * g) + (0.0722 * b) : 0;

    private static double[] Linear(string color) =>
    [
        .. Enumerable.Range(0, 3).Select(i => int.Parse(color.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(static c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
    ];

    private static double[] Times(double[] matrix, double[] color) =>
        [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(i => matrix[(3 * row) + i] * color[i]), 0, 1))];

    /// <summary>CIE L*a*b*, D65.</summary>
    private static double[] Lab(double[] c)
    {
        double x = F(((0.4124 * c[0]) + (0.3576 * c[1]) + (0.1805 * c[2])) / 0.9505);
        double y = F((0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]));
        double z = F(((0.0193 * c[0]) + (0.1192 * c[1]) + (0.9505 * c[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);
    }
}
