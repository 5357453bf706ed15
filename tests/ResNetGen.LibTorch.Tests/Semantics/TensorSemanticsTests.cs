using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

/// <summary>Behaviour of the official package that code written for it relies on.</summary>
public sealed class TensorSemanticsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Equality_operators_compare_elements()
    {
        using var answer = tensor(new[] { 1f, 2f }) == tensor(new[] { 1f, 3f });
        Assert.Equal(ScalarType.Bool, answer.dtype);
        Assert.Equal([true, false], answer.data<bool>().ToArray());
        Assert.True(ones(2).Equals(ones(2)));
        Assert.False(ones(2).Equals(ones(3)));
        Assert.False(ones(2).Equals("no tensor"));
    }

    public static TheoryData<string, Func<Tensor, Tensor>> InPlace => new()
    {
        { "add_", t => t.add_(1) }, { "add_ tensor", t => t.add_(ones(3)) }, { "sub_", t => t.sub_(1) }, { "mul_", t => t.mul_(2) },
        { "div_", t => t.div_(2) }, { "pow_", t => t.pow_(2) }, { "relu_", t => t.relu_() }, { "sigmoid_", t => t.sigmoid_() },
        { "copy_", t => t.copy_(ones(3)) }, { "fill_", t => t.fill_(1) }, { "normal_", t => t.normal_() }, { "uniform_", t => t.uniform_(0, 1) },
        { "clamp_", t => t.clamp_(0, 1) }, { "lerp_", t => t.lerp_(ones(3), ones(3)) }, { "addcmul_", t => t.addcmul_(ones(3), ones(3), 1) },
        { "addcdiv_", t => t.addcdiv_(ones(3), ones(3), 1) }, { "masked_fill_", t => t.masked_fill_(t.gt(0), 1) },
        { "unsqueeze_", t => t.unsqueeze_(0) }, { "squeeze_", t => t.squeeze_() }, { "requires_grad_", t => t.requires_grad_(false) },
        { "detach_", t => t.detach_() }, { "bernoulli_", t => t.bernoulli_() }, { "random_", t => t.random_(0, 5) },
        { "index_put_", t => t.index_put_(tensor(5f), TensorIndex.Single(0)) },
    };

    [Theory]
    [MemberData(nameof(InPlace))]
    public void In_place_operations_return_this_same_object(string name, Func<Tensor, Tensor> operation)
    {
        var t = zeros(3);
        Assert.True(ReferenceEquals(t, operation(t)), name);
    }

    [Fact]
    public void Zero_returns_a_new_object_on_the_same_storage()
    {
        var t = ones(3);
        var zeroed = t.zero_();
        Assert.NotSame(t, zeroed);
        zeroed.add_(7);
        Assert.Equal([7f, 7f, 7f], t.data<float>().ToArray());
    }

    public static TheoryData<string, Func<Tensor, Tensor>> NoOps => new()
    {
        { "to dtype", t => t.to(float32) }, { "to device", t => t.to(CPU) }, { "cpu", t => t.cpu() }, { "contiguous", t => t.contiguous() },
        { "alias", t => t.alias() }, { "detach", t => t.detach() }, { "view", t => t.view(3) }, { "to string", t => t.to("cpu") },
    };

    [Theory]
    [MemberData(nameof(NoOps))]
    public void Even_a_move_that_moves_nothing_makes_a_new_object_on_the_same_storage(string name, Func<Tensor, Tensor> operation)
    {
        var t = zeros(3);
        var result = operation(t);
        Assert.False(ReferenceEquals(t, result), name);
        Assert.NotEqual(t.Handle, result.Handle);
        result.add_(1);
        Assert.Equal([1f, 1f, 1f], t.data<float>().ToArray());
    }

    [Fact]
    public void Types_of_factories_follow_the_argument()
    {
        Assert.Equal(int32, tensor(1).dtype);
        Assert.Equal(int64, tensor(1L).dtype);
        Assert.Equal(float32, tensor(1f).dtype);
        Assert.Equal(float64, tensor(1.0).dtype);
        Assert.Equal(int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(int64, arange(5).dtype);
        Assert.Equal(int64, full(2, 1).dtype);
        Assert.Equal(float32, full(2, 1.5).dtype);
        Assert.Equal(int64, randint(5, new long[] { 2 }).dtype);
        Assert.Equal(bfloat16, tensor(new BFloat16(1.5f)).dtype);
    }

    [Fact]
    public void Item_and_data_take_exactly_the_type()
    {
        Assert.Equal("Double is not compatible with Float32", Assert.Throws<ArgumentException>(() => ones(1).item<double>()).Message);
        Assert.Equal("Single is not compatible with Int64", Assert.Throws<ArgumentException>(() => arange(2).data<float>()).Message);
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Equal(1f, ones(1, 1).item<float>());
        Assert.Equal(3, (int)tensor(3.7f));
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
    }

    [Fact]
    public void Data_follows_the_strides_and_writes_through()
    {
        var t = arange(6, dtype: int32).reshape(2, 3);
        Assert.Equal([0, 3, 1, 4, 2, 5], t.T.data<int>().ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], t.T.data<int>().ToList());
        t.data<int>()[1, 2] = 42;
        Assert.Equal(42, t[1, 2].item<int>());
        Assert.Equal(42, ((int[,])t.data<int>().ToNDArray())[1, 2]);
        t.data<int>().CopyFrom([7, 8], tensorIndex: 4);
        Assert.Equal([0, 1, 2, 3, 7, 8], t.data<int>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => t.data<int>().CopyTo(new int[1], tensorIndex: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => t.data<int>().CopyFrom([1], tensorIndex: 7));
        Assert.Throws<IndexOutOfRangeException>(() => t.data<int>()[2, 0]);
    }

    [Fact]
    public void Bytes_are_the_memory()
    {
        var t = zeros(2, dtype: int16);
        t.bytes[1] = 1;
        Assert.Equal([256, 0], t.data<short>().ToArray());
        t.bytes = new byte[] { 1, 0, 2, 0 };
        Assert.Equal([1, 2], t.data<short>().ToArray());
        Assert.Throws<ArgumentException>(() => t.bytes = new byte[3]);
        Assert.Throws<InvalidOperationException>(() => zeros(2, 3).T.bytes.Length);
    }

    [Fact]
    public void Shape_is_a_fresh_array()
    {
        var t = zeros(2, 3);
        t.shape[0] = 9;
        Assert.Equal([2, 3], t.shape);
        Assert.Equal([3, 1], t.stride());
        Assert.Equal(3, t.size(-1));
    }

    [Fact]
    public void Sum_keeps_the_overloads_apart()
    {
        var t = arange(24, dtype: float32).reshape(2, 3, 4);
        Assert.Equal([3, 4], t.sum(0L).shape);
        Assert.Equal([1, 3, 4], t.sum(0L, keepdim: true).shape);
        // A literal 0 is a ScalarType before it is a dimension: C# prefers the overload with fewer defaults to fill in.
        Assert.Equal(uint8, t.sum(0).dtype);
        Assert.Equal([4], t.sum(0, 1).shape);
        Assert.Equal(276f, t.sum().item<float>());
        Assert.Equal(float64, t.sum(float64).dtype);
        Assert.Equal([2], t.mean([1, 2]).shape);
    }

    /// <summary>A number does not widen a tensor of its own kind; PyTorch's table of promotions.</summary>
    [Fact]
    public void Numbers_promote_as_numbers()
    {
        Assert.Equal(float32, (ones(2) + 1.5).dtype);
        Assert.Equal(float32, (ones(2) * 3L).dtype);
        Assert.Equal(float32, (ones(1).squeeze() + 1.5).dtype);
        Assert.Equal(float16, (ones(2, float16) / 3).dtype);
        Assert.Equal(bfloat16, (ones(2, bfloat16) - 1.5).dtype);
        Assert.Equal(int32, (ones(2, int32) + 1L).dtype);
        Assert.Equal(float32, (ones(2, int32) + 1.5).dtype);
        Assert.Equal(int64, (ones(2, @bool) * 2).dtype);
        Assert.Equal(complex64, ones(2).mul(new System.Numerics.Complex(0, 1)).dtype);
        Assert.Equal(0.1f + 0.2f, (tensor(0.1f) + 0.2).item<float>());
        Assert.Equal(0.1 + 0.2, (tensor(0.1) + 0.2).item<double>());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => ones(2, int32).add_(1.5));
    }

    [Fact]
    public void Devices_have_no_equality_and_come_from_strings()
    {
        Assert.False(new Device("cpu").Equals(new Device("cpu")));
        Device device = "cuda:1";
        Assert.Equal((DeviceType.CUDA, 1), (device.type, device.index));
        Assert.Equal(-1, new Device("cuda").index);
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal("cuda:1", device.ToString());
        Assert.Throws<ArgumentException>(() => new Device("gpu"));
        Assert.Throws<FormatException>(() => new Device("cuda:x"));
    }

    [Fact]
    public void Cuda_is_refused_where_there_is_none()
    {
        if (cuda.is_available())
        {
            Assert.True(cuda.device_count() > 0);
            Assert.Equal(DeviceType.CUDA, CUDA.type);
            return;
        }
        Assert.Throws<InvalidOperationException>(() => CUDA);
        Assert.Throws<InvalidOperationException>(() => device("cuda"));
        Assert.Throws<InvalidOperationException>(() => zeros(2).cuda());
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: new Device("cuda")));
        Assert.Equal(0, cuda.device_count());
        Assert.Throws<ExternalException>(() => cuda.synchronize());
    }

    [Fact]
    public void Tuples_have_the_official_names()
    {
        var t = tensor(new[] { 3f, 1f, 2f });
        Assert.Equal([3f, 2f], t.topk(2).values.data<float>().ToArray());
        Assert.Equal([0L, 2L], torch.topk(t, 2).indices.data<long>().ToArray());
        Assert.Equal([1L, 2L, 0L], t.sort().Indices.data<long>().ToArray());
        Assert.Equal(0L, t.max(0).indexes.item<long>());
    }

    [Fact]
    public void Sizes_beyond_four_dimensions_take_an_array()
    {
        Assert.Equal([1, 2, 1, 2, 1], zeros(new long[] { 1, 2, 1, 2, 1 }).shape);
        Assert.Equal([2, 3], ones(2, 3, dtype: int32, requires_grad: false).shape);
    }
}
