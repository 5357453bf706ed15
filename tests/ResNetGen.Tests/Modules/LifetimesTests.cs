using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class LifetimesTests
{
    [Fact]
    public void The_input_dies_with_the_call()
    {
        using nn.Module<Tensor, Tensor> relu = nn.ReLU();
        Tensor input = ones(2);
        using Tensor output = relu.Consume(input);
        Assert.True(input.IsInvalid);
        Assert.Equal(2, output.sum().item<float>());
    }

    [Fact]
    public void It_dies_when_the_call_throws_too()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 1);
        Tensor input = ones(2, 4);
        Assert.ThrowsAny<Exception>(() => linear.Consume(input));
        Assert.True(input.IsInvalid);
    }

    [Fact]
    public void What_the_backward_pass_needs_stays()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(3, 1, hasBias: false);
        Tensor input = full(1, 3, 2f);
        using Tensor output = linear.Consume(input);
        using Tensor sum = output.sum();
        sum.backward();
        using Tensor gradient = linear.parameters().Single().grad!;
        Assert.Equal([2f, 2, 2], gradient.data<float>().ToArray());
    }
}
