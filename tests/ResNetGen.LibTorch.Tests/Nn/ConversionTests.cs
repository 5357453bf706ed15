namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>to(), dispose scopes and what a Parameter does to the tensor it is made from.</summary>
public sealed class ConversionTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        public Parameter scale = new(ones(2));
        public Tensor offset = zeros(2);
        public Tensor count = zeros(1, ScalarType.Int64);
        public readonly Linear fc = Linear(2, 2);

        public Net() : base("net") => RegisterComponents();

        public override Tensor forward(Tensor x) => fc.call(x).mul(scale).add(offset);
    }

    [Fact]
    public void To_replaces_parameters_and_keeps_integer_buffers()
    {
        using var scope = NewDisposeScope();
        using var net = new Net();
        var (scale, weight) = (net.scale, net.fc.weight);
        net.fc.call(ones(1, 2)).sum().backward();

        Assert.Same(net, net.to(ScalarType.Float64));

        Assert.NotSame(scale, net.scale);
        Assert.True(scale.IsInvalid);
        Assert.Same(net.scale, net.get_parameter("scale"));
        Assert.NotSame(weight, net.fc.weight);
        Assert.Equal(ScalarType.Float64, net.offset.dtype);
        Assert.Same(net.offset, net.get_buffer("offset"));
        Assert.Equal(ScalarType.Int64, net.count.dtype);
        Assert.True(net.scale is { is_leaf: true, requires_grad: true });
        Assert.Equal(ScalarType.Float64, net.fc.weight.grad!.dtype);
        Assert.Equal(ScalarType.Float64, net.call(ones(1, 2, ScalarType.Float64)).dtype);
    }

    [Fact]
    public void To_what_a_module_is_already_changes_nothing()
    {
        using var net = new Net();
        var (scale, weight) = (net.scale, net.fc.weight);
        net.to(ScalarType.Float32).cpu().to("cpu").to(CPU, ScalarType.Float32);
        Assert.Same(scale, net.scale);
        Assert.Same(weight, net.fc.weight);
        Assert.False(scale.IsInvalid);
    }

    [Fact]
    public void To_accepts_floating_types_only()
    {
        using var net = new Net();
        Assert.Contains("only accepts floating point or complex types", Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int32)).Message);
        Assert.Throws<ArgumentException>(() => net.@long());
    }

    [Fact]
    public void To_follows_a_tensor_and_the_short_names()
    {
        using var net = new Net();
        Assert.Equal(ScalarType.BFloat16, net.bfloat16().scale.dtype);
        Assert.Equal(ScalarType.Float16, net.half().scale.dtype);
        using var other = ones(1, ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, net.to(other).scale.dtype);
        Assert.Equal(ScalarType.Float32, net.@float().fc.bias!.dtype);
    }

    [Fact]
    public void Cuda_is_refused_where_there_is_none()
    {
        if (cuda.is_available())
            return;
        using var net = new Net();
        Assert.Equal("CUDA is not available.", Assert.Throws<InvalidOperationException>(() => net.cuda()).Message);
    }

    [Fact]
    public void Batch_norm_keeps_its_count_an_integer()
    {
        using var norm = BatchNorm2d(2).to(ScalarType.Float64);
        Assert.Equal(ScalarType.Int64, norm.num_batches_tracked!.dtype);
        Assert.Equal(ScalarType.Float64, norm.running_var!.dtype);
        Assert.Equal(["running_mean", "running_var", "num_batches_tracked"], norm.named_buffers().Select(b => b.name));
    }

    [Fact]
    public void Built_in_parameters_outlive_the_scope_they_were_made_in()
    {
        Linear linear;
        BatchNorm2d norm;
        Net own;
        using (NewDisposeScope())
        {
            (linear, norm, own) = (Linear(2, 2), BatchNorm2d(2), new Net());
            norm.to(ScalarType.Float64);
        }
        using (linear)
        using (norm)
        {
            Assert.False(linear.weight.IsInvalid);
            Assert.False(norm.running_mean!.IsInvalid);
            Assert.False(own.fc.weight.IsInvalid);
            Assert.True(own.scale.IsInvalid); // a user's own fields die with the scope
            Assert.True(own.offset.IsInvalid);
        }
    }

    [Fact]
    public void A_parameter_takes_the_tensor_over()
    {
        Parameter inner, outer;
        using (var scope = NewDisposeScope())
        {
            var data = ones(2);
            inner = new Parameter(data, requires_grad: false);
            Assert.True(data.IsInvalid);
            Assert.False(inner.requires_grad);
            Assert.True(scope.Contains(inner));
            outer = Parameter(ones(2).DetachFromDisposeScope());
            Assert.True(outer.requires_grad);
            Assert.False(scope.Contains(outer));
        }
        Assert.True(inner.IsInvalid);
        Assert.False(outer.IsInvalid);
        outer.Dispose();
    }

    [Fact]
    public void Properties_replace_and_dispose()
    {
        using var linear = Linear(2, 1);
        var old = linear.weight;
        linear.weight = linear.weight;
        Assert.False(old.IsInvalid);
        linear.weight = new Parameter(zeros(1, 2));
        Assert.True(old.IsInvalid);
        Assert.Same(linear.weight, linear.get_parameter("weight"));
        linear.bias = null;
        Assert.Equal(["weight"], linear.state_dict().Keys);
        using var made = Linear(new Parameter(ones(3, 2)), new Parameter(zeros(3)));
        Assert.Equal((2, 3), (made.in_features, made.out_features));
    }
}
