namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Names, orders and registration, as code written for TorchSharp relies on them.</summary>
public sealed class ModuleTests
{
    private class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d _conv = Conv2d(2, 2, 1);
        public readonly BatchNorm2d bn = BatchNorm2d(2);
        public nn.Module<Tensor, Tensor>? absent = null;
        public List<nn.Module> unseen = [Linear(1, 1)];

        [ComponentName(Name = "renamed")]
        private readonly Parameter _scale = new(ones(2));

        private readonly Tensor mask = ones(2);

        public Linear Auto { get; } = Linear(2, 2, hasBias: false);

        public Block(string name = "block") : base(name) => RegisterComponents();

        public void RegisterAgain() => RegisterComponents();

        public override Tensor forward(Tensor x) => bn.call(_conv.call(x));
    }

    private sealed class Derived : Block
    {
        public readonly Linear late = Linear(2, 1);
        public Linear? later;

        public Derived() : base("derived")
        {
            later = Linear(1, 1);
            RegisterAgain();
        }
    }

    private sealed class Shared : nn.Module<Tensor, Tensor>
    {
        public readonly Linear first;
        public readonly Linear alias_;

        public Shared() : base("shared")
        {
            first = alias_ = Linear(2, 2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => first.call(x);
    }

    private sealed class Unregistered : nn.Module<Tensor, Tensor>
    {
        public readonly Linear fc = Linear(2, 2);

        public Unregistered() : base("unregistered") { }

        public override Tensor forward(Tensor x) => fc.call(x);
    }

    private sealed class Parent(nn.Module<Tensor, Tensor> child) : nn.Module<Tensor, Tensor>("parent")
    {
        public override Tensor forward(Tensor x) => child.call(x);
    }

    [Fact]
    public void Components_are_the_fields_by_their_names()
    {
        using var block = new Block();
        Assert.Equal(["_conv", "bn", "<Auto>k__BackingField"], block.named_children().Select(c => c.name));
        Assert.Equal(["renamed", "_conv.weight", "_conv.bias", "bn.weight", "bn.bias", "<Auto>k__BackingField.weight"],
            block.named_parameters().Select(p => p.name)); // own ones first
        Assert.Equal(["mask"], block.named_buffers(recurse: false).Select(b => b.name));
        Assert.Equal("block", block.GetName());
    }

    [Fact]
    public void State_dict_has_all_parameters_then_all_buffers()
    {
        using var block = new Block();
        var keys = block.state_dict().Keys.ToArray();
        Assert.Equal(["renamed", "_conv.weight", "_conv.bias", "bn.weight", "bn.bias", "<Auto>k__BackingField.weight",
            "mask", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"], keys);
    }

    [Fact]
    public void State_dict_takes_a_destination_and_a_prefix()
    {
        using var linear = Linear(2, 1);
        var there = new Dictionary<string, Tensor>();
        Assert.Same(there, linear.state_dict(there, "head"));
        Assert.Equal(["head.bias", "head.weight"], there.Keys.Order());
    }

    [Fact]
    public void Fields_a_derived_constructor_assigns_after_registration_are_missed()
    {
        using var derived = new Derived();
        var names = derived.named_children().Select(c => c.name).ToArray();
        Assert.Equal("late", names[0]); // the most derived class first
        Assert.DoesNotContain("later", names);
    }

    [Fact]
    public void A_module_in_two_fields_is_one_parameter_under_two_keys()
    {
        using var shared = new Shared();
        Assert.Equal(["first", "alias_"], shared.named_children().Select(c => c.name));
        Assert.Equal(2, shared.parameters().Count());
        Assert.Equal(4, shared.state_dict().Count);
        Assert.StartsWith("alias_.", shared.state_dict().Keys.Last());
    }

    [Fact]
    public void Nothing_is_registered_without_asking_but_a_parent_asks()
    {
        var child = new Unregistered();
        Assert.Empty(child.parameters());
        using var parent = new Parent(child);
        parent.register_module("child", child);
        Assert.Equal(2, parent.parameters().Count());
    }

    [Fact]
    public void Names_are_held_to_rules()
    {
        using var block = new Block();
        using var linear = Linear(1, 1);
        Assert.Contains("can't contain \".\"", Assert.Throws<ArgumentException>(() => block.register_module("a.b", linear)).Message);
        Assert.Contains("can't be empty", Assert.Throws<ArgumentException>(() => block.register_module("", linear)).Message);
        Assert.Equal("Sub-module bn is already registered.", Assert.Throws<InvalidOperationException>(() => block.add_module("bn", linear)).Message);
        Assert.Equal("Tensor mask is already registered.", Assert.Throws<InvalidOperationException>(() => block.register_buffer("mask", ones(1))).Message);
        Assert.Equal("Parameter renamed is already registered.", Assert.Throws<InvalidOperationException>(() => block.register_parameter("renamed", new Parameter(ones(1)))).Message);
        Assert.Throws<ArgumentNullException>(() => block.register_buffer("none", null!));
        Assert.Throws<ArgumentNullException>(() => block.register_parameter("none", null!));
    }

    [Fact]
    public void A_non_persistent_buffer_appears_nowhere()
    {
        using var block = new Block();
        block.register_buffer("hidden", ones(1), persistent: false);
        Assert.DoesNotContain("hidden", block.state_dict().Keys);
        Assert.DoesNotContain("hidden", block.named_buffers(include_nonpersistent: true).Select(b => b.name));
        Assert.True(block.has_buffer("hidden"));
    }

    [Fact]
    public void Members_are_found_by_their_paths()
    {
        using var block = new Block();
        Assert.Same(block.bn.weight, block.get_parameter("bn.weight"));
        Assert.Same(block.bn.running_var, block.get_buffer("bn.running_var"));
        Assert.True(block.has_parameter("_conv.bias"));
        Assert.False(block.has_parameter("bn.running_mean"));
        Assert.Null(block.get_parameter("bn.nothing"));
        Assert.Null(block.get_buffer("nothing.at.all"));
    }

    [Fact]
    public void Modules_are_listed_children_first_and_without_the_root()
    {
        using var outer = Sequential(("a", Sequential(ReLU(), ReLU())), ("b", Linear(1, 1)));
        Assert.Equal(["a", "b", "a.0", "a.1"], outer.named_modules().Select(m => m.name));
        Assert.DoesNotContain(outer, outer.modules());
        using var block = new Block();
        Assert.Equal(block.named_children().Select(c => c.name), block.named_modules().Select(m => m.name));
        Assert.Equal(block.children(), block.modules());
    }

    [Fact]
    public void Apply_reaches_children_before_the_module()
    {
        using var block = new Block();
        var order = new List<string>();
        Assert.Same(block, block.apply(m => order.Add(m.GetName())));
        Assert.Equal("block", order[^1]);
        Assert.Equal(4, order.Count);
    }

    [Fact]
    public void Train_and_eval_reach_everything()
    {
        using var net = Sequential(Sequential(Dropout()), BatchNorm2d(1));
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules().Append(net), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules().Append(net), m => Assert.True(m.training));
    }

    [Fact]
    public void Zero_grad_of_a_module_drops_gradients_or_zeroes_them()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 1);
        linear.call(ones(1, 2)).sum().backward();
        linear.zero_grad(set_to_none: false);
        Assert.Equal(0, linear.weight.grad!.abs().sum().item<float>());
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
        linear.zero_grad(); // nothing there: nothing to do
    }

    [Fact]
    public void Dispose_takes_everything_along()
    {
        var block = new Block();
        var weight = block.bn.weight;
        var mean = block.bn.running_mean!;
        block.Dispose();
        block.Dispose();
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => weight.shape).Message);
        Assert.True(mean.IsInvalid);
    }

    [Fact]
    public void Module_registration_of_null_removes()
    {
        using var block = new Block();
        block.register_module("bn", null!);
        Assert.DoesNotContain("bn", block.named_children().Select(c => c.name));
    }
}
