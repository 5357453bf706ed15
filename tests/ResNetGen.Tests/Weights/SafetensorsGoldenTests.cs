using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>Against golden.safetensors, which make_golden.py wrote with struct and json.</summary>
public class SafetensorsGoldenTests
{
    private static string Golden => Path.Combine(AppContext.BaseDirectory, "Weights", "golden.safetensors");

    [Fact]
    public void Every_type_shape_and_value_is_read()
    {
        using SafetensorsReader reader = SafetensorsReader.Open(Golden);
        Assert.Equal("written by struct and json", reader.Metadata["note"]);
        Assert.Equal("pt", reader.Metadata["format"]);
        Dictionary<string, Tensor> tensors = Safetensors.Load(reader);
        try
        {
            Assert.Equal(8, tensors.Count);
            Holds<long>(tensors["step"], ScalarType.Int64, [], 1234567890123);
            Holds(tensors["weight"], ScalarType.Float32, [2, 3], 0f, -1f, 0.5f, 3.25f, 1e-30f, 65504f);
            Holds(tensors["ids"], ScalarType.Int32, [3], -1, 0, int.MaxValue);
            Holds(tensors["half"], ScalarType.Float16, [2, 2], (Half)1, (Half)(-2), (Half)0.333251953125, (Half)65504);
            Holds(tensors["flags"], ScalarType.Bool, [3], true, false, true);
            Holds<byte>(tensors["größe"], ScalarType.Byte, [2], 7, 255);
            Assert.Equal((ScalarType.Byte, 0L), (tensors["empty"].dtype, tensors["empty"].numel()));
            Assert.Equal([0, 4], tensors["empty"].shape);
            using Tensor brain = tensors["brain"].to(ScalarType.Float32);
            Assert.Equal(ScalarType.BFloat16, tensors["brain"].dtype);
            Holds(brain, ScalarType.Float32, [2], 1f, -2.5f);
        }
        finally
        {
            foreach (Tensor tensor in tensors.Values) tensor.Dispose();
        }
    }

    /// <summary>The writer gives the very bytes of the script: order, padding, spelling, offsets.</summary>
    [Fact]
    public void Written_again_it_is_the_same_file()
    {
        using var folder = new TestFolder();
        using SafetensorsReader reader = SafetensorsReader.Open(Golden);
        Dictionary<string, Tensor> tensors = Safetensors.Load(reader);
        Safetensors.Save(folder["copy.safetensors"], tensors.Reverse(), new Dictionary<string, string>(reader.Metadata));
        foreach (Tensor tensor in tensors.Values) tensor.Dispose();
        Assert.Equal(File.ReadAllBytes(Golden), File.ReadAllBytes(folder["copy.safetensors"]));
        Assert.Equal([folder["copy.safetensors"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Tensors_of_any_strides_and_with_gradients_are_written_in_row_major_order()
    {
        using var folder = new TestFolder();
        using Tensor plain = arange(24, dtype: ScalarType.Float32).reshape(2, 3, 4);
        using Tensor turned = plain.permute(2, 0, 1);
        using Tensor learned = ones(3, requires_grad: true);
        Safetensors.Save(folder["x"], new Dictionary<string, Tensor> { ["turned"] = turned, ["learned"] = learned });
        Dictionary<string, Tensor> read = Safetensors.Load(folder["x"]);
        Holds(read["turned"], ScalarType.Float32, [4, 2, 3], [.. Enumerable.Range(0, 24).Select(i => (float)(i / 6 + i % 6 * 4))]);
        Holds(read["learned"], ScalarType.Float32, [3], 1f, 1f, 1f);
        foreach (Tensor tensor in read.Values) tensor.Dispose();
    }

    private static void Holds<T>(Tensor tensor, ScalarType dtype, long[] shape, params T[] values) where T : unmanaged
    {
        Assert.Equal(dtype, tensor.dtype);
        Assert.Equal(shape, tensor.shape);
        Assert.Equal(values, tensor.data<T>().ToArray());
    }
}
