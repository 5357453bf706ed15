using System.Globalization;

namespace ResNetGen.Bench;

/// <summary>A command line of names and values: <c>--batch 8</c>.</summary>
internal sealed class Options(string[] arguments)
{
    /// <summary>A value, or what stands for it where it was not given.</summary>
    public string Text(string name, string otherwise)
    {
        int at = Array.IndexOf(arguments, "--" + name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : otherwise;
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int otherwise) =>
        int.TryParse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new BadInputException($"--{name}: expected a whole number, found \"{Text(name, "")}\".");

    /// <summary>fp32, bf16 or auto.</summary>
    public Precision Precision(Precision otherwise = ResNetGen.Precision.Fp32) => Text("precision", "") switch
    {
        "" => otherwise,
        "fp32" => ResNetGen.Precision.Fp32,
        "bf16" => ResNetGen.Precision.BFloat16,
        "auto" => ResNetGen.Precision.Auto,
        var other => throw new BadInputException($"--precision: expected fp32, bf16 or auto, found \"{other}\"."),
    };

    /// <summary>Refuses names that nobody knows.</summary>
    public void Require(params string[] known)
    {
        foreach (string argument in arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal) && !known.Contains(argument[2..]))
                throw new BadInputException($"{argument}: no such option; there are --{string.Join(", --", known)}.");
        }
    }
}
