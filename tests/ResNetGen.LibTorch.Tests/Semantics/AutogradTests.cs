using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

public sealed class AutogradTests
{
    [Fact]
    public void Gradient_of_a_sum_of_squares_is_twice_the_tensor()
    {
        using var scope = NewDisposeScope();
        var x = arange(4, dtype: float32).requires_grad_();
        x.square().sum().backward();
        Assert.True(x.grad!.Equals(arange(4, dtype: float32) * 2));
    }

    [Fact]
    public void Each_get_of_grad_makes_a_new_object_on_the_same_gradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        Assert.Null(x.grad);
        x.sum().backward();
        var first = x.grad!;
        Assert.NotSame(first, x.grad);
        first.add_(1);
        Assert.True(x.grad!.Equals(full(2, 2f)));
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Modes_nest_and_restore()
    {
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad()) Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.False(is_inference_mode_enabled());
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Functional_grad_leaves_grad_alone_and_gives_null_for_the_unused()
    {
        using var scope = NewDisposeScope();
        var x = full(3, 2f).requires_grad_();
        var unused = ones(3).requires_grad_();
        var y = (x * x * x).sum();
        var gradients = autograd.grad([y], [x, unused], create_graph: true, allow_unused: true);
        Assert.True(gradients[0].Equals(full(3, 12f)));
        Assert.Null(gradients[1]);
        Assert.Null(x.grad);
        // The graph was kept: 6x is the second derivative.
        var second = autograd.grad([gradients[0].sum()], [x]);
        Assert.True(second[0].Equals(full(3, 12f)));
    }

    [Fact]
    public void Backward_twice_needs_the_graph_kept()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var y = x.square().sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.True(x.grad!.Equals(full(2, 4f)));
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(y.backward);
        Assert.Contains("backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }
}
