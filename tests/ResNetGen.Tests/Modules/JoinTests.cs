using ResNetGen.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

public sealed class JoinTests
{
    [Fact]
    public void ASumLeavesItsInputsAsTheyAre()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] maps = [ones(2, 3, 4, 4), ones(2, 3, 4, 4).mul_(2), ones(2, 3, 4, 4).mul_(4)];
        Tensor sum = new Join(Merge.Add).call(maps);
        Assert.True(sum.eq(7).all().item<bool>());
        Assert.Equal([1f, 2f, 4f], maps.Select(map => map.max().item<float>()));
    }

    [Fact]
    public void AStackFollowsTheOrderOfItsInputs()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor stack = new Join(Merge.Concat).call([zeros(2, 1, 4, 4), ones(2, 3, 4, 4)]);
        Assert.Equal([2, 4, 4, 4], stack.shape);
        Assert.Equal((0f, 1f), (stack.select(1, 0).max().item<float>(), stack.select(1, 1).min().item<float>()));
    }

    [Fact]
    public void NothingIsBroadcast()
    {
        using DisposeScope scope = NewDisposeScope();
        ArgumentException failure = Assert.Throws<ArgumentException>(() => new Join(Merge.Add).call([ones(2, 3, 4, 4), ones(2, 1, 4, 4)]));
        Assert.StartsWith("A sum takes equal shapes, got [2, 3, 4, 4] and [2, 1, 4, 4].", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Join(Merge.Concat).call([ones(2, 3, 4, 4)]));
    }
}
