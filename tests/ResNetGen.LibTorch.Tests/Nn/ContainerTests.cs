namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

public sealed class ContainerTests
{
    private sealed class Remember() : nn.Module<Tensor, Tensor>("remember")
    {
        public Tensor? Seen;

        public override Tensor forward(Tensor x)
        {
            Seen = x;
            return x.add(1);
        }
    }

    private sealed class SameObject() : nn.Module<Tensor, Tensor>("same")
    {
        public override Tensor forward(Tensor x) => x;
    }

    private sealed class Fails() : nn.Module<Tensor, Tensor>("fails")
    {
        public override Tensor forward(Tensor x) => throw new InvalidOperationException("on purpose");
    }

    private sealed class Holder(nn.Module child) : nn.Module<Tensor, Tensor>("holder")
    {
        public void Register() => register_module("list", child);

        public override Tensor forward(Tensor x) => x.alias();
    }

    [Fact]
    public void Sequential_disposes_what_is_in_between_and_never_its_input()
    {
        using var input = ones(2);
        var (first, second, third) = (new Remember(), new Remember(), new Remember());
        using var chain = Sequential(first, second, third);
        using var output = chain.call(input);
        Assert.Equal(4, output[0].item<float>());
        Assert.Same(input, first.Seen);
        Assert.False(input.IsInvalid);
        Assert.True(second.Seen!.IsInvalid);
        Assert.True(third.Seen!.IsInvalid);
    }

    [Fact]
    public void Sequential_disposes_what_is_in_between_when_a_module_throws()
    {
        using var input = ones(2);
        var first = new Remember();
        var second = new Remember();
        using var chain = Sequential(first, second, new Fails());
        var before = Tensor.TotalCount;
        Assert.Throws<InvalidOperationException>(() => chain.call(input));
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(second.Seen!.IsInvalid);
    }

    [Fact]
    public void A_module_that_returns_its_own_input_invalidates_it()
    {
        using var chain = Sequential(new Remember(), new SameObject(), ReLU());
        using var input = ones(1);
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => chain.call(input)).Message);
    }

    [Fact]
    public void An_empty_Sequential_gives_a_fresh_handle()
    {
        using var chain = Sequential();
        using var input = ones(1);
        using var output = chain.call(input);
        Assert.NotSame(input, output);
        Assert.Equal(1, output.item<float>());
    }

    [Fact]
    public void Sequential_names_counts_and_slices()
    {
        using var chain = Sequential(("conv", Conv2d(1, 1, 1)), ("act", ReLU())).append(Linear(1, 1)).append("last", ReLU());
        Assert.Equal(["conv", "act", "2", "last"], chain.named_children().Select(c => c.name));
        Assert.Equal(["2.bias", "2.weight", "conv.bias", "conv.weight"], chain.state_dict().Keys.Order());
        Assert.Equal(4, chain.Count);
        Assert.IsType<Linear>(chain[2]);
        Assert.Equal(["act", "2"], chain[1..3].named_children().Select(c => c.name));
        Assert.Equal(["2", "last"], chain[(2, null)].named_children().Select(c => c.name));
        Assert.Equal(["2", "last"], chain[^2..].named_children().Select(c => c.name));
        Assert.Same(chain[0], chain[..1][0]);
        Assert.Empty(chain.parameters(recurse: false));
    }

    [Fact]
    public void Sequential_is_made_from_any_list()
    {
        nn.Module<Tensor, Tensor>[] modules = [ReLU(), ReLU()];
        Assert.Equal(2, Sequential(modules.AsEnumerable()).Count);
        Assert.Equal(["a"], Sequential(Tuple.Create("a", modules[0])).named_children().Select(c => c.name));
        Assert.Equal(["a"], Sequential(new List<(string, nn.Module<Tensor, Tensor>)> { ("a", modules[0]) }).named_children().Select(c => c.name));
    }

    [Fact]
    public void Sequential_moves_trains_and_disposes_its_children()
    {
        var linear = Linear(2, 2);
        var chain = Sequential(linear, BatchNorm2d(1));
        chain.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, linear.weight.dtype);
        chain.eval();
        Assert.False(linear.training);
        chain.Dispose();
        Assert.True(linear.weight.IsInvalid);
    }

    [Fact]
    public void ModuleList_registers_when_a_parent_does()
    {
        var list = ModuleList(Linear(1, 2), Linear(2, 3));
        list.append(Linear(3, 4));
        list.Insert(0, Linear(9, 1));
        Assert.Equal(4, list.Count);
        Assert.Empty(list.parameters());
        using var holder = new Holder(list);
        holder.Register();
        Assert.Equal(["list.0", "list.1", "list.2", "list.3"], holder.named_modules().Select(m => m.name).Where(n => n != "list"));
        Assert.Equal(9, list[0].in_features);
        Assert.Equal(8, holder.parameters().Count());
        Assert.Equal(list[1], list.Skip(1).First());
    }

    [Fact]
    public void ModuleDict_keeps_order_and_names()
    {
        var dict = ModuleDict(("b", Linear(1, 1)), ("a", Linear(1, 1)));
        dict["c"] = Linear(1, 1, hasBias: false);
        using var holder = new Holder(dict);
        holder.Register();
        Assert.Equal(["list.b", "list.a", "list.c"], holder.named_modules().Select(m => m.name).Where(n => n != "list"));
        Assert.Equal(["b", "a", "c"], dict.keys());
        Assert.Null(dict["c"].bias);
        Assert.True(dict.TryGetValue("a", out var a) && ReferenceEquals(a, dict["a"]));
    }

    [Fact]
    public void ParameterList_is_a_list_of_named_parameters()
    {
        var list = ParameterList(new Parameter(ones(1)), new Parameter(ones(2)));
        list.Add(new Parameter(ones(3)));
        Assert.Equal(["0", "1", "2"], list.named_parameters().Select(p => p.name));
        Assert.Same(list[2], list.get_parameter("2"));
        Assert.False(list.has_parameter("3"));
        using var holder = new Holder(list);
        holder.Register();
        Assert.Equal(["list.0", "list.1", "list.2"], holder.state_dict().Keys);

        holder.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, list[1].dtype);
        Assert.Equal(ScalarType.Float64, holder.state_dict()["list.1"].dtype);
        Assert.True(list.Remove(list[0]));
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void OrderedDict_keeps_the_order_of_insertion()
    {
        var dict = new OrderedDict<string, int> { { "z", 1 }, { "a", 2 } };
        dict["m"] = 3;
        dict["z"] = 4;
        Assert.Equal([("z", 4), ("a", 2), ("m", 3)], dict.ToTuples());
        Assert.Equal(("a", 2), dict[1]);
        dict[1] = ("b", 5);
        Assert.False(dict.ContainsKey("a"));
        Assert.Equal(5, dict["b"]);
        dict.Insert(0, ("first", 0));
        Assert.True(dict.Remove("b"));
        Assert.False(dict.Remove("b"));
        Assert.Equal(["first", "z", "m"], dict.Keys);
        Assert.Equal([0, 4, 3], dict.values());
        Assert.Throws<ArgumentException>(() => dict.Add("z", 9));
        Assert.True(dict.TryGetValue("m", out int m) && m == 3);
        dict.clear();
        Assert.Empty(dict.Keys);
    }

    [Fact]
    public void A_parameterless_module_takes_no_parameters()
    {
        using var relu = ReLU();
        Assert.Throws<InvalidOperationException>(() => relu.register_buffer("b", ones(1)));
        Assert.Throws<InvalidOperationException>(() => relu.register_parameter("p", new Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => relu.register_module("m", Linear(1, 1)));
    }
}

internal static class OrderedDictExtensions
{
    public static (TKey, TValue)[] ToTuples<TKey, TValue>(this OrderedDict<TKey, TValue> dict)
    {
        var result = new (TKey, TValue)[dict.Count];
        dict.CopyTo(result, 0);
        return result;
    }
}
