using System.Globalization;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>
/// Stands between the backward pass and the update: a loss or a gradient that is not finite never reaches the weights. As long
/// as all is well it costs one pass over the gradients; only then is it looked for the layer that was first.
/// </summary>
internal sealed class FiniteGuard
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly ComputePlan _plan;

    // Asked for once: walking the modules by name at each step would cost more than the check.
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly FusedGradients? _gradients;

    /// <param name="network">The network.</param>
    /// <param name="plan">Its arithmetic.</param>
    /// <param name="gradients">Its gradients, in the order of its parameters; null looks at them one by one.</param>
    public FiniteGuard(nn.Module<Tensor, Tensor> network, ComputePlan plan, FusedGradients? gradients)
    {
        _network = network;
        _plan = plan;
        _parameters = [.. network.named_parameters().Select(static p => (p.name, p.parameter))];
        _gradients = gradients;
    }

    /// <summary>Looks at the loss of a batch, or of a part of one.</summary>
    /// <param name="loss">The loss, a number.</param>
    /// <param name="images">What gave it, as the network got it, [N, C, H, W].</param>
    /// <exception cref="NotFiniteException">It is not finite; the message names the layer that was first.</exception>
    public void RequireLoss(Tensor loss, Tensor images)
    {
        if (Finite.FirstNotFinite([loss]) >= 0)
        {
            using DisposeScope scope = NewDisposeScope();
            throw InForward(loss, images);
        }
    }

    /// <summary>Looks at all gradients, those of all parts of a batch together: what was not finite in one part still is not.</summary>
    /// <param name="images">Gives pictures of the batch as the network got them; asked only when something is wrong.</param>
    /// <exception cref="NotFiniteException">A value is not finite; the message names the layer that was first.</exception>
    public void RequireGradients(Func<Tensor> images)
    {
        if (!GradientsAreFinite())
        {
            using DisposeScope scope = NewDisposeScope();
            throw InBackward(images());
        }
    }

    /// <summary>Whether all gradients are finite.</summary>
    public bool GradientsAreFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        return (_gradients?.FirstNotFinite() ?? Finite.FirstNotFinite([.. Gradients().Select(static g => g.Gradient)])) < 0;
    }

    /// <summary>Which layer was first to give what made a loss not finite.</summary>
    /// <param name="loss">The loss, a number.</param>
    /// <param name="images">What gave it, as the network got it, [N, C, H, W].</param>
    public NotFiniteException InForward(Tensor loss, Tensor images) => InForward(loss, images, LayerWalk.Run(_network, _plan, images));

    /// <summary>Which parameter was first to have a gradient that is not finite.</summary>
    /// <param name="images">Pictures of the batch as the network got them.</param>
    public NotFiniteException InBackward(Tensor images) => InBackward([.. Gradients()], LayerWalk.Run(_network, _plan, images));

    private IEnumerable<(string Name, Tensor Gradient)> Gradients() =>
        _parameters.Select(static p => (p.Name, Gradient: p.Parameter.grad!)).Where(static p => p.Gradient is not null);

    private NotFiniteException InForward(Tensor loss, Tensor images, IReadOnlyList<LayerWalk.Visit> visits)
    {
        string what = $"the loss is {(double.IsNaN(loss.to(ScalarType.Float64).item<double>()) ? "not a number" : "infinite")}";
        if (Finite.FirstNotFinite([images]) == 0)
        {
            return new NotFiniteException(what, $"The pictures of the batch hold values that are not finite already ({LayerWalk.Count(images)}).", null);
        }

        if (visits.FirstOrDefault(static visit => !visit.Finite) is not { } layer)
        {
            return new NotFiniteException(what,
                "Every layer gave finite values when the batch was tried again: the loss itself overflows, or random numbers (dropout) decide.", null);
        }

        string weights = string.Concat(Own(layer.Name).Where(static own => Finite.FirstNotFinite([own.Tensor]) == 0)
            .Select(static own => $" Its {own.Name} holds such values ({LayerWalk.Count(own.Tensor)}): the update before made them so."));
        return new NotFiniteException(what,
            $"Going forward, {layer.Name} ({layer.Kind}) was the first layer to give values that are not finite ({layer.Counts}).{weights}", layer.Name);
    }

    /// <summary>Gradients arise from the loss down: the layer that runs last has its own first.</summary>
    private static NotFiniteException InBackward(IReadOnlyList<(string Name, Tensor Gradient)> gradients, IReadOnlyList<LayerWalk.Visit> visits)
    {
        Dictionary<string, int> order = [];
        foreach (LayerWalk.Visit visit in visits)
        {
            order[visit.Name] = order.Count;
        }

        List<(string Name, Tensor Gradient)> bad = [.. gradients.Where(static g => Finite.FirstNotFinite([g.Gradient]) == 0)];
        (string name, Tensor gradient) = bad.OrderByDescending(g => order.GetValueOrDefault(LayerOf(g.Name), -1)).First();
        return new NotFiniteException(
            $"the gradient of {name} is not finite",
            string.Create(CultureInfo.InvariantCulture,
                $"The loss was finite. Going back from it, {name} was the first parameter with such a gradient ({LayerWalk.Count(gradient)}); of {gradients.Count:N0} gradients, {bad.Count:N0} hold such values."),
            LayerOf(name));
    }

    private IEnumerable<(string Name, Tensor Tensor)> Own(string layer) =>
        _network.state_dict().Where(pair => LayerOf(pair.Key) == layer).Select(pair => (pair.Key[(layer.Length + 1)..], pair.Value));

    private static string LayerOf(string parameter) =>
        parameter.LastIndexOf('.') is >= 0 and var dot ? parameter[..dot] : "";
}
