using System.Globalization;

namespace ResNetGen.Gpu;

/// <summary>Options as `--name value`, and switches as `--name`.</summary>
internal sealed class Options(string[] arguments)
{
    public string? Text(string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }

    public string Required(string name) => Text(name) ?? throw new BadInputException($"{name} is missing.");

    public int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool Has(string name) => Array.IndexOf(arguments, name) >= 0;
}
