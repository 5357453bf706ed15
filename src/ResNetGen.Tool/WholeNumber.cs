using System.CommandLine;
using System.Globalization;

namespace ResNetGen.Tool;

/// <summary>Options that take a whole number and say so when they are given something else.</summary>
internal static class WholeNumber
{
    /// <summary>The option; where it may be left out, <paramref name="otherwise"/> is its value.</summary>
    public static Option<int> Option(string name, int least, string description, int? otherwise)
    {
        Option<int> option = new(name)
        {
            Description = description,
            HelpName = "N",
            Required = otherwise is null,
            CustomParser = result =>
            {
                string typed = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
                if (int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least)
                {
                    return value;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number, {least} or more; got \"{typed}\"."));
                return least;
            },
        };
        if (otherwise is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }
}
