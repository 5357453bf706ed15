namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

public sealed class HookTests
{
    [Fact]
    public void Call_runs_hooks_in_order_and_forward_runs_none()
    {
        using var scope = NewDisposeScope();
        using var relu = ReLU();
        var log = new List<string>();
        relu.register_forward_pre_hook((nn.Module m) => log.Add("module before"));
        relu.register_forward_pre_hook((m, x) => { log.Add("before"); return x.add(10); });
        relu.register_forward_hook((m, x, y) => { log.Add("after"); return y.mul(2); });
        var last = relu.register_forward_hook((nn.Module m) => log.Add("module after"));

        Assert.Equal(18, relu.call(tensor(-1f)).item<float>());
        Assert.Equal(["module before", "before", "after", "module after"], log);

        log.Clear();
        Assert.Equal(0, relu.forward(tensor(-1f)).item<float>());
        Assert.Empty(log);

        last.remove();
        relu.call(tensor(-1f));
        Assert.Equal(["module before", "before", "after"], log);
    }

    [Fact]
    public void A_hook_that_returns_null_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var identity = Identity();
        identity.register_forward_pre_hook((m, x) => null!);
        identity.register_forward_hook((m, x, y) => null!);
        Assert.Equal(3, identity.call(tensor(3f)).item<float>());
    }

    private sealed class Sum() : nn.Module<Tensor, Tensor, Tensor>("sum")
    {
        public override Tensor forward(Tensor a, Tensor b) => a.add(b);
    }

    private sealed class Sum3() : nn.Module<Tensor, Tensor, Tensor, Tensor>("sum3")
    {
        public override Tensor forward(Tensor a, Tensor b, Tensor c) => a.add(b).add(c);
    }

    [Fact]
    public void Modules_of_two_and_three_inputs_have_hooks_too()
    {
        using var scope = NewDisposeScope();
        using var sum = new Sum();
        sum.register_forward_pre_hook((m, a, b) => (a, b.mul(10)));
        sum.register_forward_hook((m, a, b, y) => y.neg());
        Assert.Equal(-21, sum.call(tensor(1f), tensor(2f)).item<float>());

        using var three = new Sum3();
        three.register_forward_pre_hook((m, a, b, c) => null);
        Assert.Equal(6, three.call(tensor(1f), tensor(2f), tensor(3f)).item<float>());
        nn.IModule<Tensor, Tensor, Tensor, Tensor> contract = three;
        Assert.Equal(6, contract.call(tensor(1f), tensor(2f), tensor(3f)).item<float>());
    }

    [Fact]
    public void Sequential_calls_its_children_with_their_hooks()
    {
        using var scope = NewDisposeScope();
        var relu = ReLU();
        using var chain = Sequential(Identity(), relu);
        relu.register_forward_hook((m, x, y) => y.add(1));
        Assert.Equal(1, chain.forward(tensor(-5f)).item<float>());
    }
}
