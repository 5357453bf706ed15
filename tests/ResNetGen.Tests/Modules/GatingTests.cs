using ResNetGen.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class GatingTests
{
    [Fact]
    public void An_exclusive_gate_divides_between_branch_and_shortcut()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor branch = full(2, 3, 8f), shortcut = full(2, 3, 4f), logits = full(2, 3, MathF.Log(3)); // g = 0.75
        Tensor sum = Gating.Exclusive(branch, shortcut, logits);
        Assert.All(sum.data<float>().ToArray(), value => Assert.Equal(7, value, 1e-5));
        Assert.True(branch.IsInvalid && logits.IsInvalid);
        Assert.False(shortcut.IsInvalid);
    }

    [Fact]
    public void A_shortcut_only_gate_leaves_the_branch_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor branch = full(2, 3, 8f), shortcut = full(2, 3, 4f), logits = full(2, 3, MathF.Log(3));
        Tensor sum = Gating.ShortcutOnly(branch, shortcut, logits);
        Assert.All(sum.data<float>().ToArray(), value => Assert.Equal(9, value, 1e-5));
        Assert.True(branch.IsInvalid && logits.IsInvalid);
        Assert.False(shortcut.IsInvalid);
    }

    [Theory]
    [InlineData(1, 1, 12)]
    [InlineData(0.5, 1, 10)]
    [InlineData(0.5, 0.25, 4)]
    public void A_sum_out_of_place_releases_the_branch_alone(double alpha, double scale, float expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor branch = full(2, 3, 8f), shortcut = full(2, 3, 4f);
        Tensor sum = branch.Plus(shortcut, alpha, scale);
        Assert.All(sum.data<float>().ToArray(), value => Assert.Equal(expected, value));
        Assert.True(branch.IsInvalid);
        Assert.Equal(24, shortcut.sum().item<float>());
    }
}
