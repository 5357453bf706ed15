using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ResNetGen.Samples;

/// <summary>Options that say what they take when they are given something else.</summary>
internal static class Options
{
    /// <summary>An option that takes one of a few names; without it the default of <typeparamref name="T"/>, for which Read knows better.</summary>
    public static Option<T> Choice<T>(string name, T byDefault, string description, IEnumerable<(string Name, T Value)> choices)
    {
        (string Name, T Value)[] known = [.. choices];
        string names = string.Join("|", known.Select(static c => c.Name));
        Option<T> option = new(name)
        {
            Description = $"{description} ({known.First(c => Equals(c.Value, byDefault)).Name})",
            HelpName = known.Length > 4 ? "NAME" : names,
            CustomParser = result =>
            {
                string typed = result.Tokens[^1].Value;
                foreach ((string choice, T value) in known)
                {
                    if (string.Equals(choice, typed, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                string? nearest = Nearest.Of(typed, known.Select(static c => c.Name));
                result.AddError($"{name}: there is no \"{typed}\"."
                    + (nearest is null ? "" : $" Did you mean {nearest}?")
                    + $" Known: {string.Join(", ", known.Select(static c => c.Name))}.");
                return default!;
            },
        };
        option.CompletionSources.Add([.. known.Select(static c => c.Name)]);
        return option;
    }

    /// <summary>An option that takes a whole number in a range.</summary>
    public static Option<int?> Number(string name, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string typed = result.Tokens[^1].Value;
            if (int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= least && value <= most)
            {
                return value;
            }

            string range = most == int.MaxValue
                ? least.ToString(CultureInfo.InvariantCulture) + " or more"
                : string.Create(CultureInfo.InvariantCulture, $"from {least} to {most:N0}");
            result.AddError($"{name} takes a whole number, {range}; got \"{typed}\".");
            return null;
        },
    };
}
