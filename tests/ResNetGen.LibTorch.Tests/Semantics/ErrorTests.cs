using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

/// <summary>Nothing ends the process: libtorch's message arrives as an exception, and so does misuse of what was disposed.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string, Action, string> BadCalls => new()
    {
        { "matmul", () => ones(2, 3).matmul(ones(2, 3)), "shapes cannot be multiplied" },
        { "add", () => ones(2).add(ones(3)), "must match the size" },
        { "view", () => ones(6).view(4), "is invalid for input of size 6" },
        { "cat", () => cat([ones(2, 2), ones(3, 3)], 0), "must match except in dimension 0" },
        { "softmax", () => ones(2).softmax(5), "out of range" },
        { "index", () => _ = ones(2)[5], "out of" },
        { "index tensor", () => _ = ones(2)[tensor(new[] { 7L })], "out of bounds" },
        { "gather", () => ones(2, 2).gather(0, ones(1, 1)), "int64" },
        { "topk", () => ones(2).topk(3), "out of range" },
        { "backward", () => ones(2).backward(), "grad" },
        { "in-place on a leaf", () => ones(2).requires_grad_().add_(1), "leaf Variable" },
        { "negative size", () => zeros(-1), "negative dimension" },
        { "absurd size", () => zeros(1L << 60), "" },
        { "gradient of integers", () => ones(2, dtype: int64).requires_grad_(), "floating point" },
        { "inference tensor saved", SaveInferenceTensor, "Inference tensors cannot be saved" },
        { "generator state", () => Generator.Default.set_state(ones(3)), "" },
        { "file", () => torch.load("/nowhere/at/all.pt"), "" },
        { "diag", () => ones(2, 2, 2).diag(), "" },
        { "rename", () => ones(2).flatten(["N", "C"], "F"), "" },
    };

    private static void SaveInferenceTensor()
    {
        Tensor made;
        using (inference_mode()) made = ones(2);
        made.mul(ones(2).requires_grad_());
    }

    [Theory]
    [MemberData(nameof(BadCalls))]
    public void Libtorchs_message_arrives(string name, Action call, string message)
    {
        var error = Assert.Throws<ExternalException>(call);
        Assert.False(string.IsNullOrWhiteSpace(error.Message), name);
        Assert.Contains(message, error.Message, StringComparison.OrdinalIgnoreCase);
        // The C++ backtrace is of no use to a caller.
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_after_dispose_is_refused_wherever_a_tensor_goes()
    {
        var dead = ones(2);
        dead.Dispose();
        Action[] uses =
        [
            () => dead.add(1), () => ones(2).add(dead), () => dead.add_(1), () => _ = dead.shape, () => cat([ones(2), dead]), () => dead.item<float>(),
            () => dead.data<float>(), () => _ = dead.grad, () => dead.backward(), () => _ = ones(2)[dead], () => _ = dead.Handle,
            () => dead.DecoupleFromNativeHandle(), () => ones(2).clamp(dead, null), () => _ = dead.bytes.Length, () => dead.str(),
        ];
        foreach (var use in uses)
            Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(use).Message);
        Assert.True(dead.IsInvalid);
        dead.Dispose();
    }

    [Fact]
    public void An_index_that_outlives_its_tensor_is_refused()
    {
        var positions = tensor(new[] { 0L });
        var index = TensorIndex.Tensor(positions);
        positions.Dispose();
        Assert.Throws<InvalidOperationException>(() => ones(2).index(index));
    }

    [Fact]
    public void An_accessor_of_a_disposed_tensor_still_has_its_memory()
    {
        var t = ones(2);
        var accessor = t.data<float>();
        t.Dispose();
        Assert.Equal([1f, 1f], accessor.ToArray());
        accessor.Dispose();
        Assert.Throws<InvalidOperationException>(() => accessor[0]);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => ones(2).add((Tensor)null!));
        Assert.Throws<ArgumentNullException>(() => ones(2).add((Scalar)null!));
        Assert.Throws<ArgumentNullException>(() => cat([ones(2), null!]));
        Assert.Throws<ArgumentNullException>(() => TensorIndex.Tensor(null!));
    }

    [Fact]
    public void Inference_mode_ends_on_its_own_thread()
    {
        var region = inference_mode();
        var error = OtherThread.Run(() => Record.Exception(region.Dispose));
        Assert.IsType<InvalidOperationException>(error);
        region.Dispose();
        Assert.False(is_inference_mode_enabled());
    }
}
