namespace ResNetGen.LibTorch.Tests.Nn;

using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

/// <summary>Forward and gradients of every function, against PyTorch.</summary>
public sealed class FunctionalValueTests
{
    private static Tensor Labels => Golden.Labels(6, 5, 1);

    private static Tensor Weights => Golden.Fill([5], 7).abs().add(0.1);

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Functions = new()
    {
        ["conv2d"] = x => F.conv2d(x[0], x[1], x[2], strides: [2, 1], padding: [1, 0]),
        ["conv2d_defaults"] = x => F.conv2d(x[0], x[1]),
        ["linear"] = x => F.linear(x[0], x[1], x[2]),
        ["batch_norm_training"] = x => F.batch_norm(x[0], null, null, x[1], x[2], training: true),
        ["batch_norm_eval"] = x => F.batch_norm(x[0], Golden.Fill([4], 5), Golden.Fill([4], 6).abs().add(0.5)),
        ["relu"] = x => F.relu(x[0]),
        ["silu"] = x => F.silu(x[0]),
        ["gelu"] = x => F.gelu(x[0]),
        ["sigmoid"] = x => F.sigmoid(x[0]),
        ["tanh"] = x => F.tanh(x[0]),
        ["softmax"] = x => F.softmax(x[0], -1),
        ["softmax_double"] = x => F.softmax(x[0], 0, ScalarType.Float64).to(ScalarType.Float32),
        ["log_softmax"] = x => F.log_softmax(x[0], 1),
        ["cross_entropy"] = x => F.cross_entropy(x[0], Labels),
        ["cross_entropy_smoothing"] = x => F.cross_entropy(x[0], Labels, label_smoothing: 0.1),
        ["cross_entropy_weight_sum"] = x => F.cross_entropy(x[0], Labels, Weights, reduction: Reduction.Sum),
        ["cross_entropy_weight_mean"] = x => F.cross_entropy(x[0], Labels, Weights, label_smoothing: 0.2),
        ["cross_entropy_none"] = x => F.cross_entropy(x[0], Labels, reduction: Reduction.None),
        ["cross_entropy_ignore"] = x => F.cross_entropy(x[0], Ignoring(2)),
        ["cross_entropy_ignore_1"] = x => F.cross_entropy(x[0], Labels, ignore_index: 1),
        ["cross_entropy_probabilities"] = x => F.cross_entropy(x[0], F.softmax(x[1], 1)),
        ["cross_entropy_image"] = x => F.cross_entropy(x[0], Golden.Labels(18, 4, 2).reshape(2, 3, 3)),
        ["nll_loss"] = x => F.nll_loss(x[0], Labels, Weights),
        ["mse_loss"] = x => F.mse_loss(x[0], x[1]),
        ["mse_loss_sum"] = x => F.mse_loss(x[0], x[1], Reduction.Sum),
        ["mse_loss_none"] = x => F.mse_loss(x[0], x[1], Reduction.None),
        ["bce_logits"] = x => F.binary_cross_entropy_with_logits(x[0], Golden.Fill([3, 4], 3).gt(0).to(ScalarType.Float32), pos_weights: tensor(2f)),
        ["normalize"] = x => F.normalize(x[0]),
        ["normalize_1"] = x => F.normalize(x[0], p: 1, dim: 0),
        ["pad_constant"] = x => F.pad(x[0], (1, 2, 0, 1), value: 0.5),
        ["pad_channels"] = x => F.pad(x[0], new long[] { 0, 0, 0, 0, 1, 2 }),
        ["pad_negative"] = x => F.pad(x[0], (-1, 0)),
        ["pad_reflect"] = x => F.pad(x[0], (1, 2, 2, 1), PaddingModes.Reflect),
        ["pad_replicate"] = x => F.pad(x[0], (1, 2, 2, 1), PaddingModes.Replicate),
        ["pad_circular"] = x => F.pad(x[0], (1, 2, 2, 1), PaddingModes.Circular),
        ["max_pool2d"] = x => F.max_pool2d(x[0], 3, 2, 1),
        ["avg_pool2d"] = x => F.avg_pool2d(x[0], 3, 2, 1),
        ["adaptive_avg_pool2d"] = x => F.adaptive_avg_pool2d(x[0], 2),
        ["max_pool2d_indices"] = x => F.max_pool2d_with_indices(x[0], [2]).indices.to(ScalarType.Float32).add(x[0].sum().mul(0)),
    };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Fact]
    public void Every_golden_function_is_tested()
        => Assert.Equal(Cases().Select(c => c.GetProperty("name").GetString()!).Order(), Functions.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_PyTorch_computes(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Cases().Single(c => c.GetProperty("name").GetString() == name);
        var inputs = golden.GetProperty("inputs").EnumerateArray()
            .Select((shape, i) => Golden.Fill(shape.Longs(), i).requires_grad_()).ToArray();

        var y = Functions[name](inputs);
        y.backward([Golden.Fill(y.shape, 99)]);

        Assert.Equal(golden.GetProperty("shape").Longs(), y.shape);
        Golden.Close(golden.GetProperty("output").Doubles(), y, "output");
        var gradients = golden.GetProperty("gradients").EnumerateArray().Select(g => g.Doubles()).ToArray();
        for (int i = 0; i < inputs.Length; i++)
            Golden.Close(gradients[i], inputs[i].grad!, $"gradient of input {i}", 1e-4);
    }

    [Fact]
    public void Activation_modules_compute_their_formulas()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -2f, -0.5f, 0f, 1.5f }, requires_grad: true);
        Golden.Close(new double[] { -0.2, -0.05, 0, 1.5 }, LeakyReLU(0.1).call(x), "leaky ReLU", 1e-6);
        Golden.Close(new double[] { -0.02, -0.005, 0, 1.5 }, LeakyReLU().call(x), "leaky ReLU of the default slope", 1e-6);
        Golden.Close(new double[] { -0.238405843, -0.188770335, 0, 1.226361715 }, SiLU().call(x), "SiLU", 1e-6);
        Golden.Close(new double[] { -0.045500264, -0.154268770, 0, 1.399789199 }, GELU().call(x), "GELU", 1e-6);

        LeakyReLU(0.1).call(x).sum().backward();
        Golden.Close(new double[] { 0.1, 0.1, 0.1, 1 }, x.grad!, "gradient of leaky ReLU", 1e-6);
    }

    [Fact]
    public void In_place_activations_write_to_their_input_through_a_new_handle()
    {
        using var scope = NewDisposeScope();
        foreach (var activate in new Func<Tensor, Tensor>[] { x => F.relu(x, inplace: true), x => F.sigmoid(x, true), x => F.silu(x, true), x => F.tanh(x, true), x => F.gelu(x, true), x => F.leaky_relu(x, 0.1, true) })
        {
            var x = tensor(new[] { -2f, 3f });
            var y = activate(x);
            Assert.NotSame(x, y);
            Assert.Equal(Golden.Values(y), Golden.Values(x));
            y.Dispose();
            Assert.NotEqual(-2f, x[0].item<float>());
        }
    }

    [Fact]
    public void Padding_by_one_number_pads_every_dimension()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new long[] { 3, 4, 5 }, F.pad(ones(1, 2, 3), 1).shape);
        Assert.Equal(6, F.pad(ones(1, 2, 3), 1).sum().item<float>());
    }

    [Fact]
    public void One_hot_marks_the_class()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(new double[] { 0, 0, 1, 1, 0, 0 }, Golden.Values(F.one_hot(tensor(new long[] { 2, 0 }), 3)));
        Assert.Equal(new long[] { 2, 5 }, F.one_hot(tensor(new long[] { 4, 0 })).shape);
    }

    [Fact]
    public void Dropout_drops_a_share_and_scales_the_rest()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var dropped = Golden.Values(F.dropout(ones(100, 100), 0.25));
        Assert.All(dropped, v => Assert.True(v == 0 || Math.Abs(v - 4.0 / 3) < 1e-6));
        Assert.InRange(dropped.Count(v => v == 0), 2300, 2700);
        Assert.All(Golden.Values(F.dropout(ones(10), 1.0)), v => Assert.Equal(0, v));
        Assert.All(Golden.Values(F.dropout(ones(10), 0.9, training: false)), v => Assert.Equal(1, v));

        // Whole channels fall together.
        var channels = F.dropout2d(ones(50, 20, 2, 2), 0.5).sum([2, 3]);
        Assert.All(Golden.Values(channels), v => Assert.True(v is 0 or 8));
        Assert.InRange(Golden.Values(channels).Count(v => v == 0), 400, 600);
    }

    private static Tensor Ignoring(int position)
    {
        var labels = Labels;
        labels[position] = tensor(-100L);
        return labels;
    }

    private static IEnumerable<JsonElement> Cases() => Golden.Read("nn_values.json").GetProperty("functions").EnumerateArray();
}
