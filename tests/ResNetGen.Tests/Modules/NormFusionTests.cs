using ResNetGen.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Modules;

/// <summary>What generated code calls is held against torch's own operations, one after the other.</summary>
public sealed class NormFusionTests
{
    [Fact]
    public void ReLUFollows() => Agree(
        static (norm, x, _) => norm.ConsumeReLU(x.alias()), static (normalised, _) => normalised.relu());

    [Fact]
    public void TheCallersInputStays() => Agree(static (norm, x, _) => norm.CallReLU(x), static (normalised, _) => normalised.relu());

    [Fact]
    public void AnAdditionFollows() => Agree(
        static (norm, x, other) => norm.ConsumeAdd(x.alias(), other), static (normalised, other) => normalised + other);

    [Fact]
    public void AnAdditionAndReLUFollow() => Agree(
        static (norm, x, other) => norm.ConsumeAddReLU(x.alias(), other), static (normalised, other) => (normalised + other).relu());

    [Fact]
    public void NoShortcutIsTheIdentity() => Agree(
        static (norm, x, other) => norm.ConsumeAddReLU(x.alias(), other, null), static (normalised, other) => (normalised + other).relu());

    [Theory]
    [InlineData(ZeroPadding.End)]
    [InlineData(ZeroPadding.Both)]
    public void OptionAFollows(ZeroPadding padding)
    {
        using ZeroPadShortcut shortcut = new(2, 3, 8, padding);
        Agree((norm, x, _) => norm.ConsumeAddReLU(x.alias(), Wide, shortcut), (normalised, _) => (normalised + Padded(padding)).relu());
        Agree((norm, x, _) => norm.ConsumeAdd(x.alias(), Wide, shortcut), (normalised, _) => normalised + Padded(padding));
    }

    [Fact]
    public void AConvolutionFollows()
    {
        using Conv2d convolution = nn.Conv2d(8, 4, kernel_size: 3, padding: 1);
        Agree((norm, x, _) => norm.ConsumeReLUConv(x.alias(), convolution), (normalised, _) => convolution.call(normalised.relu()));
    }

    [Fact]
    public void WhoListensIsHeard()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d norm = nn.BatchNorm2d(8);
        using ZeroPadShortcut shortcut = new(2, 3, 8);
        Tensor x = randn(2, 8, 4, 4);
        List<string> heard = [];
        Tensor? normalised = null;
        Action[] removals =
        [
            norm.register_forward_pre_hook((_, input) => { heard.Add("before"); return input; }).remove,
            norm.register_forward_hook((_, _, output) => { normalised = output.clone(); return output; }).remove,
            norm.register_forward_pre_hook(_ => heard.Add("module before")).remove,
            norm.register_forward_hook(_ => heard.Add("module after")).remove,
            shortcut.register_forward_hook((_, _, output) => { heard.Add("shortcut"); return output; }).remove,
        ];
        Tensor sum = norm.ConsumeAddReLU(x.alias(), randn(2, 3, 8, 8), shortcut);
        Assert.Equal(["before", "module after", "module before", "shortcut"], heard.Order(StringComparer.Ordinal));
        Assert.True(normalised!.min().item<float>() < 0);
        Assert.True(sum.min().item<float>() >= 0);

        Array.ForEach(removals, static remove => remove());
        heard.Clear();
        norm.ConsumeAddReLU(x.alias(), randn(2, 3, 8, 8), shortcut).Dispose();
        Assert.Empty(heard);

        // One listener is enough, whoever it is.
        foreach (Func<Action> listen in new Func<Action>[]
        {
            () => norm.register_forward_pre_hook((_, input) => { heard.Add("1"); return input; }).remove,
            () => norm.register_forward_hook((_, _, output) => { heard.Add("2"); return output; }).remove,
            () => norm.register_forward_pre_hook(_ => heard.Add("3")).remove,
            () => norm.register_forward_hook(_ => heard.Add("4")).remove,
        })
        {
            Action remove = listen();
            norm.CallReLU(x).Dispose();
            remove();
        }

        Assert.Equal(["1", "2", "3", "4"], heard);
    }

    [Fact]
    public void TheInputDiesWithTheCallAndWhenItThrowsToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d norm = nn.BatchNorm2d(8);
        using Conv2d convolution = nn.Conv2d(8, 4, kernel_size: 1);
        Tensor other = randn(2, 8, 4, 4);
        Func<Tensor, Tensor>[] calls =
        [
            x => norm.ConsumeReLU(x), x => norm.ConsumeAdd(x, other), x => norm.ConsumeAddReLU(x, other, null), x => norm.ConsumeReLUConv(x, convolution),
        ];
        Assert.All(calls, call =>
        {
            Tensor right = randn(2, 8, 4, 4), wrong = randn(2, 7, 4, 4);
            call(right);
            Assert.True(right.IsInvalid);
            Assert.ThrowsAny<Exception>(() => call(wrong));
            Assert.True(wrong.IsInvalid);
        });
    }

    [Fact]
    public void ASequenceIsTorchs()
    {
        using DisposeScope scope = NewDisposeScope();
        (string, nn.Module<Tensor, Tensor>)[] Layers() =>
        [
            ("0", nn.Conv2d(3, 8, kernel_size: 3)), ("1", nn.BatchNorm2d(8)), ("2", nn.ReLU(inplace: true)),
            ("3", nn.Conv2d(8, 8, kernel_size: 3)), ("4", nn.BatchNorm2d(8)), ("5", nn.MaxPool2d(2)), ("6", nn.Flatten()),
        ];
        Sequential expected = nn.Sequential(Layers());
        foreach (FusedSequential sequence in new[] { new FusedSequential(Layers()), new FusedSequential(Recompute.Normalisation, Layers()) })
        {
            Assert.Equal(expected.state_dict().Keys, sequence.state_dict().Keys);
            sequence.load_state_dict(expected.state_dict());
            Tensor x = randn(2, 3, 9, 9);
            // Sums run in another order.
            Assert.True(sequence.call(x).allclose(expected.call(x), 1e-4, 1e-5));
            int heard = 0;
            ((ReLU)sequence[2]).register_forward_hook(_ => heard++);
            sequence.call(x);
            Assert.Equal(1, heard);
        }

        Assert.True(new FusedSequential().call(ones(2)).Equals(ones(2)));
    }

    private static Tensor Wide => Formula(2, 3, 9, 7);

    // Slices and zeros, by torch.
    private static Tensor Padded(ZeroPadding padding)
    {
        Tensor sampled = Wide.slice(2, 0, 9, 2).slice(3, 0, 7, 2);
        return nn.functional.pad(sampled, padding == ZeroPadding.End ? [0, 0, 0, 0, 0, 5] : [0, 0, 0, 0, 2, 3]);
    }

    private static Tensor Formula(params long[] shape) => tensor(
        Enumerable.Range(0, (int)shape.Aggregate(1L, (all, size) => all * size)).Select(i => MathF.Sin(i * 0.7f)).ToArray()).reshape(shape);

    /// <summary>Outputs, gradients and running statistics are those of torch's operations, but for the order of sums.</summary>
    private static void Agree(Func<BatchNorm2d, Tensor, Tensor, Tensor> call, Func<Tensor, Tensor, Tensor> follow)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor Output, Tensor[] Others) Run(Func<BatchNorm2d, Tensor, Tensor, Tensor> operation)
        {
            BatchNorm2d norm = nn.BatchNorm2d(8);
            using (no_grad())
                norm.bias!.add_(0.1);

            Tensor x = Formula(2, 8, 5, 4).requires_grad_(), other = Formula(2, 8, 5, 4).mul(0.5).detach().requires_grad_();
            Tensor output = operation(norm, x, other);
            (output * Formula(output.shape)).sum().backward();
            return (output, [x.grad!, other.grad ?? zeros(1), norm.weight.grad!, norm.bias!.grad!, norm.running_mean!, norm.running_var!]);
        }

        (Tensor expected, Tensor[] wanted) = Run((norm, x, other) => follow(norm.call(x), other));
        (Tensor found, Tensor[] got) = Run(call);
        Assert.True(found.allclose(expected, 1e-5, 1e-5));
        Assert.All(wanted.Zip(got), static pair => Assert.True(pair.Second.allclose(pair.First, 1e-4, 1e-5)));
    }
}
