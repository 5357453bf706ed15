using System.IO.Compression;
using System.Text;
using ResNetGen.Tests.Data;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Weights;

/// <summary>Against pytorch/*.pth, which make_pytorch_golden.py wrote with PyTorch.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    internal static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Weights", "pytorch", name);

    [Theory]
    [InlineData("tensors.pth")]
    [InlineData("tensors_legacy.pth")]
    public void Every_type_shape_and_view_is_read(string name)
    {
        using PyTorchFile file = PyTorchFile.Open(Golden(name));
        Assert.Equal(
            ["weight", "whole", "turned", "row", "column", "scalar", "empty", "expanded", "flags", "half", "brain", "double", "i32", "i16", "i8", "u8"],
            file.Names);
        Holds(file, "weight", ScalarType.Float32, [2, 3, 2], [.. Enumerable.Range(0, 12).Select(i => i * 0.5f - 1)]);
        Holds(file, "whole", ScalarType.Float32, [2, 3], 0f, 1f, 2f, 3f, 4f, 5f);
        Holds(file, "turned", ScalarType.Float32, [3, 2], 0f, 3f, 1f, 4f, 2f, 5f);
        Holds(file, "row", ScalarType.Float32, [3], 3f, 4f, 5f);
        Holds(file, "column", ScalarType.Float32, [2], 1f, 4f);
        Holds(file, "scalar", ScalarType.Int64, [], 1234567890123);
        Holds<float>(file, "empty", ScalarType.Float32, [0, 4]);
        Holds(file, "expanded", ScalarType.Float32, [2, 3], 2.5f, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f);
        Holds(file, "flags", ScalarType.Bool, [3], true, false, true);
        Holds(file, "half", ScalarType.Float16, [3], (Half)1, (Half)(-2), (Half)65504);
        Holds(file, "double", ScalarType.Float64, [2], 1e-300, 0.1);
        Holds(file, "i32", ScalarType.Int32, [2], -1, int.MaxValue);
        Holds<short>(file, "i16", ScalarType.Int16, [2], short.MinValue, 7);
        Holds<sbyte>(file, "i8", ScalarType.Int8, [2], -128, 7);
        Holds<byte>(file, "u8", ScalarType.Byte, [2], 255, 7);
        Assert.Equal(SafetensorsDtype.BF16, file.Dtype("brain"));
        Assert.Equal([1f, -2.5f], file.Read("brain").to(ScalarType.Float32).data<float>().ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Later_protocols_are_read(int protocol)
    {
        using PyTorchFile file = PyTorchFile.Open(Golden($"tensors_protocol{protocol}.pth"));
        Holds(file, "größe", ScalarType.Float32, [3, 2], 0f, 3f, 1f, 4f, 2f, 5f);
        Holds(file, "scalar", ScalarType.Int64, [], 1234567890123);
    }

    [Theory]
    [InlineData("state_dict.pth", true)]
    [InlineData("parameters.pth", false)]
    [InlineData("wrapped.pth", true)]
    [InlineData("checkpoint.pth", true)]
    [InlineData("checkpoint_legacy.pth", true)]
    [InlineData("zip64.pth", true)]
    [InlineData("averaged_timm.pth", true)]
    [InlineData("averaged_torchvision.pth", true)]
    public void The_network_is_found_alone_and_in_a_checkpoint(string name, bool buffers)
    {
        using PyTorchFile file = PyTorchFile.Open(Golden(name));
        string[] statistics = buffers ? ["1.running_mean", "1.running_var", "1.num_batches_tracked"] : [];
        Assert.Equal(["0.weight", "1.weight", "1.bias", .. statistics, "3.weight", "3.bias"], file.Names);
        Assert.Equal([2, 1, 3, 3], file.Shape("0.weight"));
        Holds(file, "0.weight", ScalarType.Float32, [2, 1, 3, 3], [.. Enumerable.Range(0, 18).Select(i => i / 8f)]);
        Holds(file, "3.bias", ScalarType.Float32, [3], 0f, 0.125f, 0.25f);
        if (buffers)
            Holds(file, "1.num_batches_tracked", ScalarType.Int64, [], 1L);
    }

    /// <summary>The average is every weight plus 1.</summary>
    [Theory]
    [InlineData("averaged_timm.pth")]
    [InlineData("averaged_torchvision.pth")]
    public void The_running_average_is_found_where_it_is_wanted(string name)
    {
        using PyTorchFile average = PyTorchFile.Open(Golden(name), averaged: null), last = PyTorchFile.Open(Golden(name), averaged: false);
        Assert.Equal((true, false), (average.IsAveraged, last.IsAveraged));
        Assert.Equal(last.Names, average.Names);
        Holds(average, "3.bias", ScalarType.Float32, [3], 1f, 1.125f, 1.25f);
        Holds(last, "3.bias", ScalarType.Float32, [3], 0f, 0.125f, 0.25f);
        Assert.Contains("no running average", Assert.Throws<PickleException>(() => PyTorchFile.Open(Golden("wrapped.pth"), averaged: true)).Message, StringComparison.Ordinal);
    }

    /// <summary>The archive that PyTorchArchives changes is a good one.</summary>
    [Fact]
    public void An_archive_written_by_hand_is_read()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["a.pth"], Hostile.PyTorchArchives.Archive(Hostile.PyTorchArchives.WholePickle));
        using PyTorchFile file = PyTorchFile.Open(folder["a.pth"]);
        Holds(file, "w", ScalarType.Float32, [4], 0.125f, 0.25f, 0.375f, 0.5f);
    }

    /// <summary>PyTorch 2 says the order of bytes in an entry of its own.</summary>
    [Fact]
    public void The_order_of_bytes_is_looked_at()
    {
        using var folder = new TestFolder();
        foreach (string order in (string[])["little", "big"])
        {
            File.Copy(Golden("wrapped.pth"), folder[order]);
            using ZipArchive archive = ZipFile.Open(folder[order], ZipArchiveMode.Update);
            using Stream entry = archive.CreateEntry("wrapped/byteorder", CompressionLevel.NoCompression).Open();
            entry.Write(Encoding.ASCII.GetBytes(order));
        }

        using PyTorchFile file = PyTorchFile.Open(folder["little"]);
        Holds(file, "3.bias", ScalarType.Float32, [3], 0f, 0.125f, 0.25f);
        Assert.Contains("holds numbers in big-endian order", Assert.Throws<PickleException>(() => PyTorchFile.Open(folder["big"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_read_does_not_depend_on_the_file()
    {
        Tensor row;
        using (PyTorchFile file = PyTorchFile.Open(Golden("tensors.pth")))
        {
            row = file.Read("row");
            row.fill_(9);
            Holds(file, "whole", ScalarType.Float32, [2, 3], 0f, 1f, 2f, 3f, 4f, 5f);
        }

        Assert.Equal([9f, 9f, 9f], row.data<float>().ToArray());
        row.Dispose();
    }

    [Fact]
    public void A_name_that_is_not_there_is_refused_as_input()
    {
        using PyTorchFile file = PyTorchFile.Open(Golden("wrapped.pth"));
        Assert.Contains("no tensor \"fc.weight\" among its 8", Assert.Throws<PickleException>(() => file.Read("fc.weight")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => scope.Dispose();

    private static void Holds<T>(PyTorchFile file, string name, ScalarType dtype, long[] shape, params T[] values) where T : unmanaged
    {
        using Tensor tensor = file.Read(name);
        Assert.Equal(dtype, tensor.dtype);
        Assert.Equal(shape, tensor.shape);
        Assert.True(tensor.is_contiguous());
        Assert.Equal(values, tensor.data<T>().ToArray());
    }
}
