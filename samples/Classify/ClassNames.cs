using System.Globalization;
using ResNetGen.Architecture;

namespace ResNetGen.Samples.Classify;

/// <summary>What the classes are called.</summary>
internal static class ClassNames
{
    // No list of class names is larger.
    private const long MostBytes = 16 << 20;

    /// <summary>The names of a file, one a line; else those that the weights record; null where nothing is known.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or has more or fewer names than there are classes.</exception>
    public static IReadOnlyList<string>? Of(LoadedNetwork network, string? file)
    {
        NetworkArchitecture architecture = network.Architecture;
        if (file is not null)
            return Read(file, architecture);

        return network.Weights.Record is { ClassNames: { Count: > 0 } recorded } && recorded.Count == architecture.Classes ? recorded : null;
    }

    /// <summary>
    /// CIFAR-10's own, where the network takes such pictures and tells as many classes apart. That is a guess: good enough to be
    /// shown, not to be written into a file.
    /// </summary>
    public static IReadOnlyList<string>? Usual(LoadedNetwork network) =>
        network.Architecture.Input == Cifar10.Shape && network.Architecture.Classes == Cifar10.Classes ? Cifar10.OfficialClassNames : null;

    /// <summary>The name of a class, or its number.</summary>
    public static string Show(IReadOnlyList<string>? names, int label) =>
        names?[label] ?? "class " + label.ToString(CultureInfo.InvariantCulture);

    private static string[] Read(string file, NetworkArchitecture network)
    {
        string[] names;
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MostBytes } large)
                throw new BadInputException($"{file} has {large.Length:N0} bytes; expected a name of a class a line.");

            names = [.. File.ReadLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The names of the classes cannot be read from {file}: {e.Message} Give a text file with one name a line.", e);
        }

        return names.Length == network.Classes
            ? names
            : throw new BadInputException($"{file} has {names.Length:N0} names; {network.Name} tells {network.Classes:N0} classes apart. Give one name a line, in the order of the labels.");
    }
}
