using System.Buffers.Binary;
using Google.Protobuf;
using ResNetGen.Training;
using ResNetGen.Training.TensorBoard;

namespace ResNetGen.Tests.Training;

/// <summary>Event files against TensorBoard's own: see make_event_golden.py, whose --read shows a folder as TensorBoard reads it.</summary>
public sealed class TensorBoardTests : TinyRuns
{
    private const double Start = 1_700_000_000;

    // RFC 3720, B.4; the bytes of the CRC are given there in the order in which they are sent.
    [Theory]
    [InlineData(0x8a9136aau, 0)]
    [InlineData(0x62a8ab43u, 1)]
    [InlineData(0x46dd794eu, 2)]
    [InlineData(0x113fdb5cu, 3)]
    public void The_checksum_is_that_of_RFC_3720(uint expected, int pattern) => Assert.Equal(expected, Crc32C.Of(pattern switch
    {
        0 => new byte[32],
        1 => [.. Enumerable.Repeat((byte)0xff, 32)],
        2 => [.. Enumerable.Range(0, 32).Select(static i => (byte)i)],
        _ => [.. Enumerable.Range(0, 32).Select(static i => (byte)(31 - i))],
    }));

    [Fact]
    public void The_checksum_of_a_text_whose_length_is_odd_is_known_too() =>
        Assert.Equal(0xe3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void Records_are_byte_for_byte_those_of_TensorBoard()
    {
        byte[][] messages =
        [
            EventMessage.FileVersion(Start),
            EventMessage.SessionStart(Start + 0.25, 301),
            EventMessage.Scalars(Start + 1.5, 0, [("train.loss", 2.302585092994046)]),
            EventMessage.Scalars(Start + 2.5, 350, [("train.loss", 0.1), ("train.error", 12.5), ("train.lr", 1e-4), ("train.total_ips", 1234.5)]),
            EventMessage.Scalars(Start + 3, 64_000, [("val.loss", 0.4), ("val.top1", 91.25), ("val.top5", 99.5)]),
            EventMessage.Scalars(Start + 4, 1L << 40, [("val.loss", -1e30)]),
        ];
        byte[] golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Training", "events.golden.bin"));
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString([.. messages.SelectMany(static message => EventRecord.Of(message))]));
    }

    [Fact]
    public void A_run_writes_the_scalars_of_its_metrics()
    {
        Fit("run");
        string file = Assert.Single(Directory.GetFiles(Path.Combine(Folder("run"), "tensorboard")));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file), StringComparison.Ordinal);
        string[] expected = [.. Metrics("run").SelectMany(Lines)];
        string[] written = [.. Scalars(file).Where(static s => !ResNetGen.Reports.MetricNames.IsMeasured(s.Name)).Select(static s => $"{s.Step} {s.Name}={(float)s.Value:R}")];
        Assert.Equal(expected, written);
        Assert.Contains(Scalars(file), static s => s.Name == "memory.resident" && s.Value > 1 << 20);
        Assert.Contains(Scalars(file), static s => s.Name == "train.total_ips" && s.Value > 0);
    }

    [Fact]
    public void A_resumed_run_writes_a_second_file_that_says_where_it_goes_on()
    {
        Fit("run", new Recorder { StopAt = 8 });
        Fit("run", resume: true);
        string[] files = [.. Directory.GetFiles(Path.Combine(Folder("run"), "tensorboard")).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        byte[] start = Records(files[1]).ElementAt(1);
        double time = BitConverter.ToDouble(start, 1);
        Assert.Equal(EventMessage.SessionStart(time, 9), start);
        Assert.All(Scalars(files[1]), static s => Assert.True(s.Step > 8));
    }

    [Fact]
    public void A_run_without_TensorBoard_writes_no_event_files()
    {
        Fit("run", change: static o => o with { TensorBoard = false });
        Assert.False(Directory.Exists(Path.Combine(Folder("run"), "tensorboard")));
    }

    /// <summary>A line of metrics.jsonl as scalars of 32 bits.</summary>
    private static IEnumerable<string> Lines(string line)
    {
        Dictionary<string, string> values = line.Split(' ').Select(static p => p.Split('=')).ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);
        return values.Where(static v => v.Key is not ("kind" or "iteration" or "epoch"))
            .Select(v => $"{values["iteration"]} {v.Key}={(float)double.Parse(v.Value, System.Globalization.CultureInfo.InvariantCulture):R}");
    }

    private static IEnumerable<(long Step, string Name, double Value)> Scalars(string file)
    {
        foreach (byte[] record in Records(file))
        {
            CodedInputStream input = new(record);
            long step = 0;
            for (uint tag; (tag = input.ReadTag()) != 0;)
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 2:
                        step = input.ReadInt64();
                        break;
                    case 5:
                        CodedInputStream summary = input.ReadBytes().CreateCodedInput();
                        while (summary.ReadTag() != 0)
                        {
                            CodedInputStream value = summary.ReadBytes().CreateCodedInput();
                            value.ReadTag();
                            string name = value.ReadString();
                            value.ReadTag();
                            yield return (step, name, value.ReadFloat());
                        }

                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            }
        }
    }

    private static IEnumerable<byte[]> Records(string file)
    {
        byte[] all = File.ReadAllBytes(file);
        for (int at = 0; at < all.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(all.AsSpan(at));
            byte[] record = all[(at + 12)..(at + 12 + length)];
            Assert.Equal(EventRecord.Of(record), all[at..(at + 16 + length)]);
            at += 16 + length;
            yield return record;
        }
    }
}
