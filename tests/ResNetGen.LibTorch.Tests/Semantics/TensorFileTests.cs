using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

public sealed class TensorFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        _scope.Dispose();
        File.Delete(_path);
    }

    /// <summary>Type, dimensions and sizes as LEB128 numbers, then the elements: 300 is AC 02, 1.0f is 00 00 80 3F.</summary>
    [Fact]
    public void The_raw_format_is_the_documented_one()
    {
        var bytes = Saved(ones(1, 300));
        Assert.Equal(new byte[] { 6, 2, 1, 0xAC, 0x02, 0, 0, 0x80, 0x3F }, bytes[..9]);
        Assert.Equal(5 + 1200, bytes.Length);
        Assert.Equal(new byte[] { 4, 0, 7, 0, 0, 0, 0, 0, 0, 0 }, Saved(tensor(7L)));
        Assert.Equal(new byte[] { 11, 1, 2, 1, 0 }, Saved(tensor(new[] { true, false })));
        Assert.Equal(new byte[] { 15, 1, 1, 0x80, 0x3F }, Saved(ones(1, bfloat16)));
        // Row-major whatever the strides.
        Assert.Equal(new byte[] { 0, 2, 2, 2, 1, 3, 2, 4 }, Saved(tensor(new byte[] { 1, 2, 3, 4 }, [2, 2]).T));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.ComplexFloat32)]
    public void What_is_saved_is_loaded(ScalarType type)
    {
        var original = arange(0, 6, dtype: float32).reshape(3, 2).to(type);
        var loaded = Tensor.Load(new MemoryStream(Saved(original)));
        Assert.Equal(type, loaded.dtype);
        Assert.True(loaded.Equals(original));
        original.save(_path);
        Assert.True(Tensor.load(_path).Equals(original));
    }

    [Fact]
    public void Loading_into_a_tensor_asks_for_its_type_and_shape()
    {
        var bytes = Saved(ones(2, 2));
        BinaryReader Reader() => new(new MemoryStream(bytes));
        var target = zeros(2, 2);
        target.Load(Reader());
        Assert.True(target.Equals(ones(2, 2)));
        Assert.Throws<ArgumentException>(() => zeros(2, 2, int32).Load(Reader()));
        Assert.Throws<ArgumentException>(() => zeros(4).Load(Reader()));
    }

    [Fact]
    public void Damaged_files_are_refused_before_memory_is_taken()
    {
        var bytes = Saved(ones(100));
        Assert.Throws<EndOfStreamException>(() => Tensor.Load(new MemoryStream(bytes[..^1])));
        // Ten to the eighteenth elements.
        byte[] huge = [6, 2, 0x80, 0x80, 0x80, 0x80, 0x40, 0x80, 0x80, 0x80, 0x40];
        Assert.Throws<InvalidDataException>(() => Tensor.Load(new MemoryStream(huge)));
        Assert.Throws<InvalidDataException>(() => Tensor.Load(new MemoryStream([99, 0, 0])));
        Assert.Throws<EndOfStreamException>(() => Tensor.Load(new MemoryStream([])));
    }

    [Fact]
    public void Generator_states_repeat_what_was_drawn()
    {
        manual_seed(3);
        var state = get_rng_state();
        var first = randn(5);
        set_rng_state(state);
        Assert.True(randn(5).Equals(first));
        using var generator = new Generator(11);
        Assert.Equal(11, generator.initial_seed());
        var own = rand(3, generator: generator);
        generator.manual_seed(11);
        Assert.True(rand(3, generator: generator).Equals(own));
        generator.Dispose();
        Assert.Throws<InvalidOperationException>(() => rand(3, generator: generator));
    }

    private static byte[] Saved(Tensor tensor)
    {
        var stream = new MemoryStream();
        tensor.Save(stream);
        return stream.ToArray();
    }
}
