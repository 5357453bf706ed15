using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ResNetGen.Tests.Networks.Custom;

/// <summary>Layers as one would write them by hand, on the tensors of a state_dict.</summary>
internal sealed class Hand(nn.Module network)
{
    private readonly Dictionary<string, Tensor> _state = State(network);

    public Tensor Conv(Tensor x, string key, long stride = 1, long padding = 1, long dilation = 1, long groups = 1) => F.conv2d(
        x, _state[key + ".weight"], _state.GetValueOrDefault(key + ".bias"), [stride, stride], [padding, padding], [dilation, dilation], groups);

    public Tensor Norm(Tensor x, string key) => network.training
        ? F.batch_norm(x, null, null, _state[key + ".weight"], _state[key + ".bias"], training: true)
        : F.batch_norm(x, _state[key + ".running_mean"], _state[key + ".running_var"], _state[key + ".weight"], _state[key + ".bias"]);

    public Tensor ConvNorm(Tensor x, string key, long stride = 1) => Norm(Conv(x, key + ".conv", stride), key + ".bn");

    public Tensor NormConv(Tensor x, string key, long stride = 1) => Conv(Norm(x, key + ".bn").relu(), key + ".conv", stride);

    public Tensor Linear(Tensor x, string key) => F.linear(x, _state[key + ".weight"], _state[key + ".bias"]);

    public static Tensor Mean(Tensor x) => x.mean([2L, 3L]);

    // The parameters themselves, so that gradients reach them; state_dict may give detached ones.
    private static Dictionary<string, Tensor> State(nn.Module network)
    {
        Dictionary<string, Tensor> state = network.named_buffers().ToDictionary(each => each.name, each => each.buffer);
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
            state[name] = parameter;

        return state;
    }
}
