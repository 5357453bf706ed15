using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ResNetGen.Data;

/// <summary>Where the samples of one shard lie, and their labels.</summary>
/// <param name="Names">Names of the pictures in the archive.</param>
/// <param name="Starts">Where their bytes begin.</param>
/// <param name="Sizes">How many there are.</param>
/// <param name="Labels">Their labels.</param>
internal sealed record ShardIndex(NameTable Names, List<long> Starts, List<int> Sizes, List<int> Labels)
{
    private const int MostLabel = 1 << 16;

    /// <summary>
    /// Reads a shard's headers and labels. Files that follow each other and have one key (the path up to the first point of the
    /// file's name) are one sample, as the WebDataset format has it; what is neither picture nor label is passed over.
    /// </summary>
    /// <exception cref="BadInputException">The archive is damaged, or a picture has no label or one out of range.</exception>
    public static ShardIndex Build(string path, int classes)
    {
        ShardIndex index = new(new NameTable(), [], [], []);
        using var tar = new TarFile(path);
        string? key = null;
        TarFile.Entry? picture = null;
        int? label = null;
        foreach (TarFile.Entry entry in tar.Files())
        {
            int point = entry.Name.IndexOf('.', entry.Name.LastIndexOf('/') + 1);
            if (point < 0) continue;
            string its = entry.Name[..point];
            if (its != key)
            {
                index.Add(path, picture, label);
                (key, picture, label) = (its, null, null);
            }
            switch (entry.Name[(point + 1)..].ToLowerInvariant())
            {
                case "jpg" or "jpeg" or "png": picture = entry; break;
                case "cls": label = Label(path, entry, Encoding.ASCII.GetString(tar.Read(entry, MostLabel)).Trim(), classes); break;
                case "json" when label is null: label = FromJson(path, entry, tar.Read(entry, MostLabel), classes); break;
            }
        }
        index.Add(path, picture, label);
        return index;
    }

    private void Add(string path, TarFile.Entry? picture, int? label)
    {
        if (picture is not { } entry) return;
        if (label is not int its)
            throw new BadInputException($"{path}: \"{entry.Name}\" has no label: expected a file of the same name that ends in .cls (a number), or in .json with \"label\" or \"cls\". Make the shard again.");
        if (entry.Size > PictureLimits.MostBytes)
            throw new BadInputException($"{path}: \"{entry.Name}\" has {entry.Size:N0} bytes; a picture may have {PictureLimits.MostBytes:N0}. Make the shard again.");
        Names.Add(entry.Name);
        Starts.Add(entry.Start);
        Sizes.Add((int)entry.Size);
        Labels.Add(its);
    }

    private static int Label(string path, TarFile.Entry entry, string text, int classes) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int label) && label < classes
            ? label
            : throw new BadInputException($"{path}: \"{entry.Name}\" has the label \"{(text.Length > 40 ? text[..40] + "…" : text)}\"; expected a number from 0 to {classes - 1}. Make the shard again, or correct the number of classes in [ImageDataset].");

    private static int? FromJson(string path, TarFile.Entry entry, byte[] bytes, int classes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            foreach (string name in (ReadOnlySpan<string>)["label", "cls"])
                if (document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                    return Label(path, entry, value.ToString(), classes);
            return null;
        }
        // Half a surrogate pair, or bytes that are no UTF-8, are found when a name or a text is taken.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadInputException($"{path}: \"{entry.Name}\" is no JSON: {e.Message} Make the shard again.", e);
        }
    }
}
