using System.Text;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;

namespace ResNetGen.Tests.Weights;

/// <summary>Files that would run something, take memory, or are something else than they say.</summary>
public sealed class PyTorchHostileTests : IDisposable
{
    // What the pickles of make_pytorch_golden.py would make in the current folder.
    private const string Trace = "resnetgen-pickle-ran";

    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("hostile.pth", "posix.system")]
    [InlineData("hostile_legacy.pth", "posix.system")]
    [InlineData("hostile_protocol4.pth", "builtins.exec")]
    [InlineData("module.pth", "torch.nn.modules.linear.Linear")]
    public void What_is_no_data_is_named_and_not_run(string name, string global)
    {
        string path = PyTorchFileTests.Golden(name);
        Assert.Equal(
            $"{path} asks for {global}, which is no part of a tensor. Nothing of the file was run. "
            + "If you trust the file, load it in PyTorch and write the tensors alone: torch.save(model.state_dict(), \"weights.pth\").",
            Assert.Throws<PickleException>(() => PyTorchFile.Open(path)).Message);
        Assert.False(File.Exists(Trace));
    }

    [Fact]
    public void A_packed_archive_is_refused_before_it_is_unpacked() =>
        Refused(File.ReadAllBytes(PyTorchFileTests.Golden("packed.pth")), "unpacked, as torch.save writes it");

    [Fact]
    public void Old_empty_and_other_files_are_named()
    {
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Refused(tar, "is a tar archive, the format of PyTorch before 0.1.10");
        Refused([], "found an empty file");
        Refused("<!DOCTYPE html>"u8, "begins with the bytes 3c21444f. Check that it is the file itself");
        Refused([0x80], "begins with the bytes 80");
        Refused([0x80, 2, .. "K\u0001."u8], "does not begin with PyTorch's number");
        Refused("PK\u0003\u0004 and no more"u8, "is a damaged zip archive");
        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => PyTorchFile.Open(folder["none.pth"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be opened", Assert.Throws<BadInputException>(() => PyTorchFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Pickles written out by hand, each refused by its own message.</summary>
    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0true" + "tR.", "asks for os.system")]
    [InlineData("\u008c\u0002nt\u008c\u0006system\u0093.", "asks for nt.system")]
    [InlineData("c__builtin__\neval\n.", "asks for __builtin__.eval")]
    [InlineData("ctorch\nload\n.", "asks for torch.load")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001K\u0002tR.", "gives collections.OrderedDict other arguments")]
    [InlineData("ca\u001b[31m\nb\n.", "asks for a?[31m.b")]
    [InlineData("(i", "the instruction 0x69")]
    [InlineData("P1\n.", "the instruction 0x50")]
    [InlineData("\u0082\u0001.", "the instruction 0x82")]
    [InlineData("\u0080\u0006.", "pickle protocol 6")]
    [InlineData("\u0080\u0001.", "pickle protocol 1")]
    [InlineData("", "found its end")]
    [InlineData("X\u00ff\u00ff\u00ff\u007fabc", "expected 2,147,483,647 bytes")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "expected 9,223,372,036,854,775,807 bytes")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "expected -1 bytes")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff", "expected -1 bytes")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u007f", "an integer of 2,147,483,647 bytes")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff", "an integer of -1 bytes")]
    [InlineData("U\u0002\u00c3\u0028.", "expected a text in UTF-8")]
    [InlineData("h\u0005.", "a reference to something that was not read (number 5)")]
    [InlineData(".", "a value that is not there")]
    [InlineData("(.", "a value that is not there")]
    [InlineData("(2.", "a value that is not there")]
    [InlineData("K\u0001\u0086.", "a value that is not there")]
    [InlineData("t.", "the end of a list without its beginning")]
    [InlineData("](K\u0001u.", "entries of something that is no dict")]
    [InlineData("}(K\u0001u.", "a key without a value")]
    [InlineData("}K\u0001a.", "elements of something that is no list")]
    [InlineData("K\u0001}b.", "the state of something that is no dict")]
    [InlineData("K\u0001Q.", "something else where the description of a storage should be")]
    [InlineData("K\u0001)R.", "something else where a function should be")]
    [InlineData("K\u0001K\u0002\u0093.", "something else where a name should be")]
    public void A_malformed_pickle_is_refused(string latin1, string part)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(latin1));
        Assert.Contains(part, Assert.Throws<PickleException>(() => PickleMachine.Read(stream, "x.pth", _ => throw new InvalidOperationException())).Message, StringComparison.Ordinal);
    }

    /// <summary>Python writes numbers of more than 32 bits with their length: elements of large storages.</summary>
    [Fact]
    public void Long_numbers_are_numbers()
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes("\u008a\u0005\u0000\u0000\u0000\u0000\u0001."));
        Assert.Equal(1L << 32, PickleMachine.Read(stream, "x.pth", _ => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData('(')] // marks
    [InlineData('}')] // dicts, each kept on the stack
    [InlineData('\u0094')] // one value, remembered again and again
    public void A_pickle_of_too_many_instructions_is_stopped(char instruction)
    {
        byte[] bytes = new byte[2 << 20];
        Array.Fill(bytes, (byte)instruction);
        bytes[0] = (byte)'N';
        using var stream = new MemoryStream(bytes);
        Assert.Contains("more than 1,048,576 instructions", Assert.Throws<PickleException>(() => PickleMachine.Read(stream, "x.pth", _ => throw new InvalidOperationException())).Message, StringComparison.Ordinal);
    }

    /// <summary>Shapes, strides and offsets that leave a storage of ten elements, or that repeat it into terabytes.</summary>
    [Theory]
    [InlineData(0, new long[] { 11 }, new long[] { 1 }, "reaches element 10")]
    [InlineData(10, new long[0], new long[0], "reaches element 10")]
    [InlineData(long.MaxValue, new long[] { 2 }, new[] { long.MaxValue }, "reaches element")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "no shape or strides")]
    [InlineData(9, new long[] { 2 }, new long[] { -1 }, "no shape or strides")]
    [InlineData(0, new long[] { -2 }, new long[] { 1 }, "no shape or strides")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 1 }, "no shape or strides")]
    [InlineData(0, new[] { 1L << 40 }, new long[] { 0 }, "has more than 4,194,304 elements")]
    [InlineData(0, new[] { 1L << 62, 1L << 62, 1L << 62 }, new long[] { 0, 0, 0 }, "has more than")]
    [InlineData(0, new[] { 4194305, 4194305, 211106198978564 }, new long[] { 0, 0, 0 }, "has more than")]
    [InlineData(0, new[] { 3, 1L << 62, 3, 3 }, new[] { 0, 1L << 62, 1L << 62, 1L << 62 }, "has more than")]
    [InlineData(0, new[] { 0, 1L << 62, 1L << 62 }, new long[] { 0, 0, 0 }, "has more than")]
    public void A_tensor_stays_inside_its_storage(long offset, long[] shape, long[] strides, string part)
    {
        var storage = new PickleStorage("0", SafetensorsDtype.F32, 10);
        Assert.Contains(part, Assert.Throws<PickleException>(() => TensorBounds.Check(storage, offset, shape, strides, "x.pth")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_holds_itself_is_no_state_dict()
    {
        using var stream = new MemoryStream("}q\u0000U\u0005modelh\u0000s."u8.ToArray());
        object? root = PickleMachine.Read(stream, "x.pth", _ => throw new InvalidOperationException());
        Assert.Contains("holds no tensors by name", Assert.Throws<PickleException>(() => StateDict.Find(root, "x.pth")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Refused(ReadOnlySpan<byte> bytes, string part)
    {
        string path = folder["x.pth"];
        File.WriteAllBytes(path, bytes);
        Assert.Contains(part, Assert.Throws<PickleException>(() => PyTorchFile.Open(path)).Message, StringComparison.Ordinal);
    }
}
