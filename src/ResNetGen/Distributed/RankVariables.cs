using System.Globalization;

namespace ResNetGen.Distributed;

/// <summary>Environment variables, empty ones taken as not set, and numbers checked.</summary>
internal sealed class RankVariables(Func<string, string?> environment)
{
    /// <summary>A variable's text, or null.</summary>
    public string? Text(string name) => environment(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>The first of several that is set, or null.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Text(name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A whole number, or null where the variable is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public int? Number(string name) => Text(name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        { } text => throw new BadInputException($"The environment variable {name} is \"{text}\"; expected a whole number."),
    };

    /// <summary>A whole number that must be there.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="what">What it says.</param>
    /// <param name="because">The variable by which this one is expected.</param>
    /// <exception cref="BadInputException">It is not.</exception>
    public int Needed(string name, string what, string because) => Number(name) ?? throw Missing(name, what, because);

    /// <summary>A text that must be there, likewise.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    public string NeededText(string name, string what, string because) => Text(name) ?? throw Missing(name, what, because);

    private static BadInputException Missing(string name, string what, string because) => new(
        $"{because} is set, but {name} is not: {what}. Start all processes with one launcher (torchrun, srun, resnetgen launch), "
        + $"set {name} too, or unset {because} to train in one process.");
}
