using ResNetGen.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class ResidualTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void ItAddsItsBranchToItsInput(bool relu, bool overwrite)
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d branch = nn.Conv2d(2, 2, kernel_size: 3, padding: 1);
        using Residual<Conv2d> residual = new(branch, relu: relu, overwrite: overwrite);
        Tensor input = randn(3, 2, 5, 5), before = input.clone();
        Tensor sum = branch.call(input) + input;
        Assert.True(residual.call(input).allclose(relu ? sum.relu() : sum));
        Assert.True(input.allclose(before, 0, 0));
        Assert.Equal(["branch.weight", "branch.bias"], residual.state_dict().Keys);
    }

    // ReLU keeps its output for the backward pass; a sum written over it would be an error there.
    [Fact]
    public void ItDoesNotOverwriteUnlessTold()
    {
        using DisposeScope scope = NewDisposeScope();
        using Residual<ReLU> residual = new(nn.ReLU());
        Tensor input = tensor(new[] { -1f, 2f }, requires_grad: true);
        residual.call(input).sum().backward();
        Assert.Equal([0f, 2f], input.grad!.data<float>().ToArray());
    }

    [Fact]
    public void ItsShortcutHasAKeyOfItsOwn()
    {
        using DisposeScope scope = NewDisposeScope();
        using Residual<Conv2d> residual = new(nn.Conv2d(2, 4, kernel_size: 1, bias: false), nn.Conv2d(2, 4, kernel_size: 1, bias: false));
        Assert.Equal(["branch.weight", "downsample.weight"], residual.state_dict().Keys);
        Tensor input = randn(1, 2, 3, 3);
        Assert.True(residual.call(input).allclose((residual.Branch.call(input) + residual.Downsample!.call(input)).relu()));
    }
}
