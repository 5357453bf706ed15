using System.Text;
using System.Text.Json;

namespace ResNetGen.Reports;

/// <summary>
/// Reads <c>metrics.jsonl</c>, of a finished run, one that goes on, or one that broke off: a damaged line is named and left
/// out, the others are used.
/// </summary>
internal sealed class MetricsReader
{
    private const int LongestLine = 1 << 16;
    private const int MostNotes = 3;

    private readonly string _path;
    private readonly List<Reading> _train = [];
    private readonly List<Reading> _eval = [];
    private readonly List<string> _notes = [];
    private long _damaged;

    private MetricsReader(string path) => _path = path;

    /// <summary>Readings while training, in rising order of iterations.</summary>
    public IReadOnlyList<Reading> Train => _train;

    /// <summary>Evaluations, in rising order of iterations.</summary>
    public IReadOnlyList<Reading> Eval => _eval;

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="BadInputException">The file cannot be read at all.</exception>
    public static MetricsReader Read(string path)
    {
        MetricsReader reader = new(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            reader.ReadLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {e.Message}", e);
        }

        if (reader._damaged > MostNotes)
        {
            reader._notes.Add($"{path}: {reader._damaged - MostNotes} more lines are damaged and left out.");
        }

        // A log that was put together from pieces may go back in time; a curve may not.
        reader._train.Sort(static (a, b) => a.Iteration.CompareTo(b.Iteration));
        reader._eval.Sort(static (a, b) => a.Iteration.CompareTo(b.Iteration));
        return reader;
    }

    // A file without line ends must not become one string: a line that is too long is skipped byte by byte.
    private void ReadLines(FileStream file)
    {
        using BufferedStream input = new(file, 1 << 16);
        byte[] line = new byte[LongestLine];
        long number = 1;
        int length = 0;
        for (int value; (value = input.ReadByte()) >= 0;)
        {
            if (value != '\n')
            {
                if (length < LongestLine)
                {
                    line[length] = (byte)value;
                }

                length++;
                continue;
            }

            Take(number++, line, length);
            length = 0;
        }

        if (length > 0)
        {
            Take(number, line, length);
        }
    }

    private void Take(long number, byte[] line, int length)
    {
        if (length > LongestLine)
        {
            Damaged(number, $"it is longer than {LongestLine:N0} bytes");
            return;
        }

        ReadOnlySpan<byte> text = line.AsSpan(0, length).TrimEnd((byte)'\r');
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            Utf8JsonReader reader = new(text);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed < text.Length && text[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t"u8))
            {
                Damaged(number, "something follows its object");
                return;
            }

            Take(number, document.RootElement);
        }
        // Half a surrogate pair, or bytes that are no UTF-8, are found when a name or a text is taken.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Damaged(number, $"it is not a whole JSON object ({e.Message.Split(" LineNumber", 2)[0].Split(" Path:", 2)[0].TrimEnd('.')})");
        }
    }

    private void Take(long number, JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object
            || !line.TryGetProperty(MetricNames.Kind, out JsonElement kind) || kind.ValueKind != JsonValueKind.String
            || !line.TryGetProperty(MetricNames.Iteration, out JsonElement at) || at.ValueKind != JsonValueKind.Number
            || !at.TryGetInt64(out long iteration) || iteration < 0)
        {
            Damaged(number, $"expected an object with \"{MetricNames.Kind}\" and \"{MetricNames.Iteration}\"");
            return;
        }

        if (kind.ValueEquals(MetricNames.Train))
        {
            _train.Add(new Reading(iteration, Value(line, MetricNames.Epoch), Value(line, MetricNames.Elapsed))
            {
                Loss = Value(line, MetricNames.TrainLoss),
                Error = Value(line, MetricNames.TrainError),
                Rate = Value(line, MetricNames.TrainRate),
                Speed = Value(line, MetricNames.TrainTotalSpeed),
            });
        }
        else if (kind.ValueEquals(MetricNames.Eval))
        {
            _eval.Add(new Reading(iteration, Value(line, MetricNames.Epoch), Value(line, MetricNames.Elapsed))
            {
                Loss = Value(line, MetricNames.TestLoss),
                Error = 100 - Value(line, MetricNames.TestTop1),
                Top5Error = 100 - Value(line, MetricNames.TestTop5),
                Speed = Value(line, MetricNames.TestTotalSpeed),
            });
        }
        else
        {
            Damaged(number, $"its kind is \"{SvgShapes.Shortened(kind.GetString()!, 40)}\"; expected \"{MetricNames.Train}\" or \"{MetricNames.Eval}\"");
        }
    }

    private static double Value(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : double.NaN;

    private void Damaged(long number, string why)
    {
        if (_damaged++ < MostNotes)
        {
            _notes.Add($"{_path}: line {number} is left out: {why}.");
        }
    }
}
