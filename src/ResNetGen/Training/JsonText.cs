using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResNetGen.Training;

/// <summary>Small JSON files, written field by field: no reflection, fields in the order they are written.</summary>
internal static class JsonText
{
    /// <summary>An object over several lines, with a newline at the end.</summary>
    public static string Indented(Action<Utf8JsonWriter> fields)
    {
        using MemoryStream stream = new();
        JsonWriterOptions options = new()
        {
            Indented = true,
            NewLine = "\n",

            // The files are for people and tools, never for a page's script: "2 × 3" needs no escapes.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter writer = new(stream, options))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
