namespace ResNetGen.LibTorch.Tests.Nn;

using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Forward, gradients of input and parameters, and buffers of every module, against PyTorch.</summary>
public sealed class ModuleValueTests
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Modules = new()
    {
        ["conv3x3"] = () => Conv2d(4, 6, 3),
        ["conv3x3_stride2_pad1_nobias"] = () => Conv2d(4, 6, 3, stride: 2, padding: 1, bias: false),
        ["conv1x3_pairs"] = () => Conv2d(4, 2, (1, 3), (2, 1), (0, 1), (1, 2)),
        ["conv_groups"] = () => Conv2d(4, 8, 3, padding: 1, groups: 2),
        ["conv_depthwise"] = () => Conv2d(4, 4, 3, padding: 1, groups: 4, bias: false),
        ["conv_same"] = () => Conv2d(4, 2, (3, 2), Padding.Same),
        ["conv_valid"] = () => Conv2d(4, 2, 2, Padding.Valid),
        ["conv_reflect"] = () => Conv2d(4, 2, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Reflect),
        ["conv_replicate"] = () => Conv2d(4, 2, 3, padding: 1, padding_mode: PaddingModes.Replicate),
        ["conv_circular_same"] = () => Conv2d(4, 2, (3, 2), Padding.Same, padding_mode: PaddingModes.Circular),
        ["conv_unbatched"] = () => Conv2d(4, 2, 3),
        ["bn_train"] = () => BatchNorm2d(4),
        ["bn_momentum"] = () => BatchNorm2d(4, eps: 0.1, momentum: 0.5),
        ["bn_cumulative"] = () => Cumulative(BatchNorm2d(4)),
        ["bn_eval"] = () => BatchNorm2d(4),
        ["bn_noaffine"] = () => BatchNorm2d(4, affine: false),
        ["bn_nostats"] = () => BatchNorm2d(4, track_running_stats: false),
        ["bn_nostats_eval"] = () => BatchNorm2d(4, track_running_stats: false),
        ["linear"] = () => Linear(5, 3),
        ["linear_nobias"] = () => Linear(5, 3, hasBias: false),
        ["relu"] = () => ReLU(),
        ["sigmoid"] = () => Sigmoid(),
        ["tanh"] = () => Tanh(),
        ["softmax"] = () => Softmax(1),
        ["log_softmax"] = () => LogSoftmax(1),
        ["maxpool"] = () => MaxPool2d(2),
        ["maxpool_3_2_1"] = () => MaxPool2d(3, 2, 1),
        ["maxpool_ceil_dilated"] = () => MaxPool2d((2, 3), (2, 1), (1, 1), (2, 1), ceil_mode: true),
        ["avgpool"] = () => AvgPool2d(2),
        ["avgpool_options"] = () => AvgPool2d((3, 2), (2, 1), (1, 0), ceil_mode: true, count_include_pad: false),
        ["avgpool_divisor"] = () => AvgPool2d(3, 2, 1, divisor_override: 5),
        ["adaptive_1"] = () => AdaptiveAvgPool2d(1),
        ["adaptive_pair"] = () => AdaptiveAvgPool2d((2, 3)),
        ["flatten"] = () => Flatten(),
        ["flatten_dims"] = () => Flatten(0, 2),
        ["identity"] = () => Identity(),
        ["dropout_eval"] = () => Dropout(),
        ["dropout2d_eval"] = () => Dropout2d(),
        ["zero_pad"] = () => ZeroPad2d((1, 2, 0, 1)),
        ["constant_pad"] = () => ConstantPad2d(1, 3.5),
        ["reflection_pad"] = () => ReflectionPad2d(2),
        ["sequential"] = () => Sequential(Conv2d(4, 3, 3), BatchNorm2d(3), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(3, 2)),
    };

    public static TheoryData<string> Names => new(Modules.Keys);

    [Fact]
    public void Every_golden_module_is_tested()
        => Assert.Equal(Cases().Select(c => c.GetProperty("name").GetString()!).Order(), Modules.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_PyTorch_computes(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Cases().Single(c => c.GetProperty("name").GetString() == name);
        using var module = Modules[name]();
        var parameters = module.parameters().ToArray();
        using (no_grad())
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].copy_(Golden.Fill(parameters[i].shape, 10 + i));
        }
        module.train(!golden.GetProperty("evaluate").GetBoolean());

        Tensor x = null!, y = null!;
        for (int call = 0; call < golden.GetProperty("calls").GetInt32(); call++)
        {
            module.zero_grad();
            x = Golden.Fill(golden.GetProperty("input").Longs(), call).requires_grad_();
            y = module.call(x);
            y.backward([Golden.Fill(y.shape, 99)]);
        }

        Assert.Equal(golden.GetProperty("shape").Longs(), y.shape);
        Golden.Close(golden.GetProperty("output").Doubles(), y, "output");
        var gradients = golden.GetProperty("gradients").EnumerateArray().Select(g => g.Doubles()).ToArray();
        Assert.Equal(gradients.Length, 1 + parameters.Length);
        Golden.Close(gradients[0], x.grad!, "gradient of the input");
        for (int i = 0; i < parameters.Length; i++)
            Golden.Close(gradients[1 + i], parameters[i].grad!, $"gradient of parameter {i}", 1e-4);
        var buffers = golden.GetProperty("buffers").EnumerateArray().Select(b => b.Doubles()).ToArray();
        var own = module.buffers().ToArray();
        Assert.Equal(buffers.Length, own.Length);
        for (int i = 0; i < own.Length; i++)
            Golden.Close(buffers[i], own[i], $"buffer {i}");
    }

    private static IEnumerable<JsonElement> Cases() => Golden.Read("nn_values.json").GetProperty("modules").EnumerateArray();

    private static BatchNorm2d Cumulative(BatchNorm2d norm)
    {
        norm.momentum = null;
        return norm;
    }
}
