namespace ResNetGen.LibTorch.Tests.Optim;

using System.Text.Json;
using ResNetGen.LibTorch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>Steps of every optimizer with every option, against PyTorch.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<int> Cases => new(Enumerable.Range(0, Golden.Read("nn_optim.json").GetProperty("optimizers").GetArrayLength()));

    internal static Parameter[] TwoParameters() => [new Parameter(Golden.Fill([3, 2], 1)), new Parameter(Golden.Fill([4], 2))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ten_steps_go_where_PyTorch_goes(int index)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read("nn_optim.json").GetProperty("optimizers")[index];
        string what = $"{golden.GetProperty("kind")} {golden.GetProperty("options")}";
        var parameters = TwoParameters();
        using var optimizer = Make(golden, parameters);

        for (int step = 1; step <= 10; step++)
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].grad = step == 3 && i == 1 ? null : Golden.Fill(parameters[i].shape, 100 + 10 * step + i);
            Assert.Null(optimizer.step());
            if (!golden.GetProperty("after").TryGetProperty(step.ToString(), out var after))
                continue;
            for (int i = 0; i < parameters.Length; i++)
                Golden.Close(after[i].Doubles(), parameters[i], $"{what}, step {step}, parameter {i}", 1e-5);
        }
    }

    private static OptimizerHelper Make(JsonElement golden, Parameter[] parameters)
    {
        var options = golden.GetProperty("options");
        double Number(string name, double otherwise) => options.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
        bool Flag(string name) => options.TryGetProperty(name, out var value) && value.GetBoolean();
        var betas = options.TryGetProperty("betas", out var pair) ? pair.Doubles() : [0.9, 0.999];
        double lr = Number("lr", 0), decay = Number("weight_decay", 0), eps = Number("eps", 1e-8);

        return golden.GetProperty("kind").GetString() switch
        {
            "SGD" => optim.SGD(parameters, lr, Number("momentum", 0), Number("dampening", 0), decay, Flag("nesterov"), Flag("maximize")),
            "Adam" => optim.Adam(parameters, lr, betas[0], betas[1], eps, decay, Flag("amsgrad"), Flag("maximize")),
            _ => optim.AdamW(parameters, lr, betas[0], betas[1], eps, decay, Flag("amsgrad"), Flag("maximize")),
        };
    }

    [Fact]
    public void Clip_grad_norm_scales_as_PyTorch_does()
    {
        foreach (var golden in Golden.Read("nn_optim.json").GetProperty("clipped").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            Parameter[] parameters = [new(zeros(3, 2)), new(zeros(4)), new(zeros(1))];
            parameters[0].grad = Golden.Fill([3, 2], 20);
            parameters[1].grad = Golden.Fill([4], 21);
            var type = golden.GetProperty("norm_type");
            double norm = type.ValueKind == JsonValueKind.String ? double.PositiveInfinity : type.GetDouble();

            double total = nn.utils.clip_grad_norm_(parameters, golden.GetProperty("max_norm").GetDouble(), norm);

            Assert.Equal(golden.GetProperty("total").GetDouble(), total, 1e-5);
            for (int i = 0; i < 2; i++)
                Golden.Close(golden.GetProperty("gradients")[i].Doubles(), parameters[i].grad!, $"gradient {i}, norm {type}");
            Assert.Null(parameters[2].grad);
        }
        Assert.Equal(0, nn.utils.clip_grad_norm_([new Parameter(zeros(1))], 1));
    }

    [Fact]
    public void Clip_grad_value_cuts()
    {
        using var scope = NewDisposeScope();
        var p = new Parameter(zeros(3)) { grad = tensor(new[] { -2f, 0.1f, 3f }) };
        nn.utils.clip_grad_value_([p], 0.5);
        Golden.Close([-0.5, 0.1, 0.5], p.grad!, "gradient");
    }

    [Fact]
    public void Parameters_go_to_a_vector_and_back()
    {
        using var scope = NewDisposeScope();
        var parameters = TwoParameters();
        var vector = nn.utils.parameters_to_vector(parameters);
        Assert.Equal(new long[] { 10 }, vector.shape);
        nn.utils.vector_to_parameters(arange(10).to(ScalarType.Float32), parameters);
        Assert.Equal(new double[] { 6, 7, 8, 9 }, Golden.Values(parameters[1]));
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => nn.utils.vector_to_parameters(ones(11), parameters));
    }

    [Fact]
    public void Zero_grad_zeroes_in_place()
    {
        using var scope = NewDisposeScope();
        var parameters = TwoParameters();
        parameters[0].grad = ones(3, 2);
        using var held = parameters[0].grad!;
        using var sgd = optim.SGD(parameters, 0.1);
        sgd.zero_grad();
        Assert.NotNull(parameters[0].grad);
        Assert.Equal(0, held.sum().item<float>()); // the same storage
        Assert.Null(parameters[1].grad);
    }

    [Fact]
    public void A_closure_gives_the_loss_back_and_has_gradients_on()
    {
        using var scope = NewDisposeScope();
        var p = new Parameter(ones(2));
        using var sgd = optim.SGD([p], 0.1);
        using var _ = no_grad();
        var loss = sgd.step(() =>
        {
            sgd.zero_grad();
            var value = p.mul(p).sum();
            value.backward();
            return value;
        });
        Assert.Equal(2, loss!.item<float>());
        Golden.Close([0.8, 0.8], p, "parameter");
    }

    [Fact]
    public void Groups_have_their_own_settings()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Parameter(zeros(1)), new Parameter(zeros(1)));
        using var sgd = optim.SGD([new SGD.ParamGroup([a], lr: 1), new SGD.ParamGroup { Parameters = [b] }], 0.5, momentum: 0.9);
        a.grad = ones(1);
        b.grad = ones(1);
        sgd.step();
        Assert.Equal((-1f, -0.5f), (a.item<float>(), b.item<float>()));
        Assert.Equal([1, 0.5], sgd.ParamGroups.Select(g => g.LearningRate));
        Assert.Equal([1, 0.5], sgd.ParamGroups.Select(g => g.InitialLearningRate));
        foreach (var group in sgd.ParamGroups)
            group.LearningRate = 0.1;
        sgd.step();
        Assert.Equal(-1.1f, a.item<float>(), 1e-6f);

        var c = new Parameter(zeros(1));
        sgd.add_param_group(new SGD.ParamGroup([c], new SGD.Options { LearningRate = 3 }));
        Assert.Equal([a, b, c], sgd.parameters());
        Assert.Equal(0.9, ((SGD.ParamGroup)sgd.ParamGroups.Last()).Momentum);
    }

    [Fact]
    public void Bad_settings_are_refused()
    {
        var none = Array.Empty<Parameter>();
        Assert.Equal("Invalid learning rate: -1", Assert.Throws<ArgumentException>(() => optim.SGD(none, -1)).Message);
        Assert.Equal("Nesterov momentum requires a momentum and zero dampening", Assert.Throws<ArgumentException>(() => optim.SGD(none, 1, nesterov: true)).Message);
        Assert.Equal("Invalid beta1: 1", Assert.Throws<ArgumentException>(() => optim.Adam(none, beta1: 1)).Message);
        Assert.Equal("Invalid weight_decay value: -2", Assert.Throws<ArgumentException>(() => optim.AdamW(none, weight_decay: -2)).Message);
    }

    [Fact]
    public void A_module_moved_after_the_optimizer_was_made_is_an_error_that_says_so()
    {
        using var net = nn.Linear(2, 1);
        using var sgd = optim.SGD(net.parameters(), 0.1);
        net.to(ScalarType.Float64);
        Assert.Contains("Tensor invalid", Assert.Throws<InvalidOperationException>(() => sgd.step()).Message);
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind_but_its_buffers()
    {
        var parameters = TwoParameters();
        parameters[0].grad = ones(3, 2);
        parameters[1].grad = ones(4);
        using (var sgd = optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.1, nesterov: true))
        {
            var before = Tensor.TotalCount;
            sgd.step();
            Assert.Equal(before + 2, Tensor.TotalCount);
            sgd.step();
            Assert.Equal(before + 2, Tensor.TotalCount);
        }
    }

    [Fact]
    public void Buffers_live_on_when_a_step_is_taken_inside_a_scope()
    {
        var parameters = TwoParameters();
        using var sgd = optim.SGD(parameters, 0.1, momentum: 0.9);
        for (int i = 0; i < 2; i++)
        {
            using var scope = NewDisposeScope();
            parameters[0].grad = ones(3, 2);
            sgd.step();
        }
        Assert.False(((SGD.State)sgd.state_dict().State[0]).momentum_buffer!.IsInvalid);
        Assert.Null(((SGD.State)sgd.state_dict().State[1]).momentum_buffer);
    }
}
