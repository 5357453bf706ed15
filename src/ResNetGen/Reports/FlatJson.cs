using System.Text.Json;

namespace ResNetGen.Reports;

/// <summary>A small JSON object of names and plain values, as <c>run.json</c> and <c>summary.json</c> are.</summary>
internal static class FlatJson
{
    private const int Largest = 4 << 20;

    /// <summary>The values as text, in the file's order; nested ones are left out. Nothing and a note where the file is damaged.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path, ICollection<string> notes)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return [];
            }

            if (file.Length > Largest)
            {
                notes.Add($"{path} is left out: it has {file.Length:N0} bytes, expected no more than {Largest:N0}.");
                return [];
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ?
                [
                    .. document.RootElement.EnumerateObject()
                        .Where(static p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                        .Select(static p => new KeyValuePair<string, string>(p.Name, p.Value.ToString())),
                ]
                : throw new JsonException("expected an object");
        }
        // Half a surrogate pair, or bytes that are no UTF-8, are found when a name or a text is taken.
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            notes.Add($"{path} is left out, it cannot be read: {e.Message}");
            return [];
        }
    }
}
