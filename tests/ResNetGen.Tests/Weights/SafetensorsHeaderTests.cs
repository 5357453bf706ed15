using System.Buffers.Binary;
using System.Text;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;

namespace ResNetGen.Tests.Weights;

/// <summary>
/// Malformed files, among them the ones that are known to have misled other readers. Each message names the file and the entry.
/// </summary>
public class SafetensorsHeaderTests
{
    [Theory]
    // Not JSON, or not an object.
    [InlineData("", 0, "must begin with '{'")]
    [InlineData("[]", 0, "must begin with '{'")]
    [InlineData(" {}", 0, "must begin with '{'")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{} x", 0, "not valid JSON")]
    [InlineData("{}{}", 0, "not valid JSON")]
    [InlineData("{\"a\":}", 0, "not valid JSON")]
    [InlineData("{\"\\ud800\":{}}", 0, "not valid JSON")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[[[[[1]]]]],\"data_offsets\":[0,1]}}", 1, "\"a\": shape must be a list")]
    // Entries that are not what they should be.
    [InlineData("{\"a\":1}", 0, "\"a\": expected an object")]
    [InlineData("{\"a\":{}}", 0, "\"a\": dtype is missing")]
    [InlineData("{\"a\":{\"dtype\":\"U8\"}}", 0, "\"a\": shape is missing")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 0, "\"a\": data_offsets is missing")]
    [InlineData("{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "\"a\": unknown dtype \"F31\"; expected one of BOOL")]
    [InlineData("{\"a\":{\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "\"a\": unknown dtype \"f32\"")]
    [InlineData("{\"a\":{\"dtype\":\"6\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2, "\"a\": unknown dtype \"6\"")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "\"a\": dtype must be a string")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":1}}", 1, "\"a\": unknown key \"more\"")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "\"a\": dtype is given twice")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1.5],\"data_offsets\":[0,1]}}", 1, "\"a\": shape must be a list")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 1, "\"a\": shape must be a list")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":\"1\",\"data_offsets\":[0,1]}}", 1, "\"a\": shape must be a list")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", 1, "\"a\": data_offsets must be two numbers, found 1")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[-1,0]}}", 1, "\"a\": data_offsets must be two whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,18446744073709551615]}}", 1, "\"a\": data_offsets must be two whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]}}", 1, "\"a\": data_offsets [1, 0] are reversed")]
    // Sizes: shorter or longer than the shape says, overflowing (safetensors-cpp's case first).
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "takes 8 bytes, but data_offsets [0, 4] give 4")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "takes 4 bytes, but data_offsets [0, 8] give 8")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4194305,4194305,211106198978564],\"data_offsets\":[0,4]}}", 4, "more bytes than a number can hold")]
    [InlineData("{\"a\":{\"dtype\":\"F64\",\"shape\":[2305843009213693952],\"data_offsets\":[0,0]}}", 0, "more bytes than a number can hold")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296,0],\"data_offsets\":[0,0]}}", 0, "more bytes than a number can hold")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[9000000000000000000],\"data_offsets\":[0,9000000000000000000]}}", 4, "only 4 follow the header")]
    // Places: overlaps, holes, past the end, short of it.
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}", 6, "\"b\" begins at byte 2, before the end of \"a\" at 4: entries overlap")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4, "entries overlap")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"z\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[2,2]}}", 4, "entries overlap")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", 3, "there is a hole of 1 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 3, "\"a\" reaches past the end")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 5, "1 bytes follow the last entry")]
    [InlineData("{}", 1, "1 bytes follow the last entry")]
    // Twice the same name.
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0, "names \"a\" twice")]
    [InlineData("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0, "names \"k\" twice")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "names \"__metadata__\" twice")]
    [InlineData("{\"__metadata__\":{\"k\":1}}", 0, "\"k\" must be a string")]
    [InlineData("{\"__metadata__\":[]}", 0, "must be an object of strings")]
    public void Malformed_headers_are_refused(string header, int dataLength, string says)
    {
        using var folder = new TestFolder();
        var e = Assert.Throws<SafetensorsException>(() => Open(folder, Encoding.UTF8.GetBytes(header), dataLength).Dispose());
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder["x.safetensors"], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        using var folder = new TestFolder();
        Assert.Throws<SafetensorsException>(() => Open(folder, [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'], 0));
    }

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000 are allowed")]
    [InlineData(ulong.MaxValue, "at most 100000000 are allowed")]
    [InlineData(9_223_372_036_854_775_808UL, "at most 100000000 are allowed")]
    [InlineData(99_999_999UL, "only 2 bytes follow")]
    [InlineData(3UL, "only 2 bytes follow")]
    public void Header_lengths_that_cannot_be_are_refused_before_memory_is_taken(ulong length, string says)
    {
        using var folder = new TestFolder();
        byte[] bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        bytes[8] = (byte)'{';
        bytes[9] = (byte)'}';
        File.WriteAllBytes(folder["x.safetensors"], bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<SafetensorsException>(() => SafetensorsReader.Open(folder["x.safetensors"]));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Files_too_short_for_a_length_are_refused(int length)
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["x.safetensors"], new byte[length]);
        Assert.Contains($"is {length} bytes", Assert.Throws<SafetensorsException>(() => SafetensorsReader.Open(folder["x.safetensors"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_and_entries_are_named()
    {
        using var folder = new TestFolder();
        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => SafetensorsReader.Open(folder["gone"])).Message, StringComparison.Ordinal);
        using SafetensorsReader reader = Open(folder, "{}"u8.ToArray(), 0);
        Assert.Contains("no entry \"fc.weight\"", Assert.Throws<SafetensorsException>(() => reader.Entry("fc.weight")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_behind_the_header_and_entries_in_any_order_are_fine()
    {
        using var folder = new TestFolder();
        const string Header = "{\"b\":{\"data_offsets\":[2,3],\"shape\":[],\"dtype\":\"U8\"},\"e\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[2,2]},\"a\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]}}    ";
        using SafetensorsReader reader = Open(folder, Encoding.UTF8.GetBytes(Header), 3);
        Assert.Equal(["a", "e", "b"], reader.Entries.Select(entry => entry.Name));
        Assert.Empty(reader.Metadata);
    }

    [Fact]
    public void The_writer_refuses_what_the_reader_would()
    {
        using var stream = new MemoryStream();
        SafetensorsSource One(string name, long size, int bytes) => new(name, SafetensorsDtype.U8, [size], target => target.Write(new byte[bytes]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [One("a", 1, 1), One("a", 1, 1)]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [One("__metadata__", 1, 1)]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [One("a", -1, 1)]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [One("a", 2, 1)]));
    }

    /// <summary>Any one byte of header or length changed, the reader either still understands it or refuses it as a bad file.</summary>
    [Fact]
    public void No_changed_byte_ends_in_anything_but_a_clear_refusal()
    {
        byte[] golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Weights", "golden.safetensors"));
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(golden);
        int refused = 0;
        for (int i = 0; i < header; i++)
        for (int bit = 0; bit < 8; bit++)
        {
            byte[] bytes = (byte[])golden.Clone();
            bytes[i] ^= (byte)(1 << bit);
            try
            {
                using var reader = new SafetensorsReader(new MemoryStream(bytes), "x");
            }
            catch (SafetensorsException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, header * 4, header * 8);
    }

    private static SafetensorsReader Open(TestFolder folder, byte[] header, int dataLength)
    {
        byte[] bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        File.WriteAllBytes(folder["x.safetensors"], bytes);
        return SafetensorsReader.Open(folder["x.safetensors"]);
    }
}
