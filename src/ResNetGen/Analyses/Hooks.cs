using static TorchSharp.torch;

namespace ResNetGen.Analyses;

/// <summary>Hooks on modules, taken away together.</summary>
internal sealed class Hooks : IDisposable
{
    private readonly List<Action> _removers = [];

    /// <summary>Shows what a module takes.</summary>
    public void BeforeForward(nn.Module<Tensor, Tensor> module, Action<Tensor> see)
    {
        var remover = module.register_forward_pre_hook((_, input) =>
        {
            see(input);
            return input;
        });
        _removers.Add(remover.remove);
    }

    /// <summary>Shows what a module gives, before anybody writes over it.</summary>
    public void AfterForward(nn.Module<Tensor, Tensor> module, Action<Tensor> see)
    {
        var remover = module.register_forward_hook((_, _, output) =>
        {
            see(output);
            return output;
        });
        _removers.Add(remover.remove);
    }

    public void Dispose() => _removers.ForEach(static remove => remove());
}
