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
internal sealed class FiniteGuard(nn.Module<Tensor, Tensor> network, ComputePlan plan)
{
    // Asked for once: walking the modules by name at each step would cost more than the check.
    private readonly List<(string Name, Parameter Parameter)> _parameters = [.. network.named_parameters()];

    /// <summary>Looks at the loss and at all gradients.</summary>
    /// <param name="loss">The loss, a number.</param>
    /// <param name="images">The batch that gave it, as the network got it, [N, C, H, W].</param>
    /// <exception cref="NotFiniteException">A value is not finite; the message names the layer that was first.</exception>
    public void Require(Tensor loss, Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> values = [loss];
        List<string> names = [""];
        foreach ((string name, Parameter parameter) in _parameters)
        {
            if (parameter.grad is { } gradient)
            {
                values.Add(gradient);
                names.Add(name);
            }
        }

        int first = Finite.FirstNotFinite(values);
        if (first < 0)
        {
            return;
        }

        IReadOnlyList<LayerWalk.Visit> visits = LayerWalk.Run(network, plan, images);
        throw first == 0 ? InForward(loss, images, visits) : InBackward(values, names, visits);
    }

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
    private static NotFiniteException InBackward(List<Tensor> values, List<string> names, IReadOnlyList<LayerWalk.Visit> visits)
    {
        Dictionary<string, int> order = [];
        foreach (LayerWalk.Visit visit in visits)
        {
            order[visit.Name] = order.Count;
        }

        List<int> bad = [.. Enumerable.Range(1, values.Count - 1).Where(i => Finite.FirstNotFinite([values[i]]) == 0)];
        int first = bad.OrderByDescending(i => order.GetValueOrDefault(LayerOf(names[i]), -1)).First();
        return new NotFiniteException(
            $"the gradient of {names[first]} is not finite",
            string.Create(CultureInfo.InvariantCulture,
                $"The loss was finite. Going back from it, {names[first]} was the first parameter with such a gradient ({LayerWalk.Count(values[first])}); of {values.Count - 1:N0} gradients, {bad.Count:N0} hold such values."),
            LayerOf(names[first]));
    }

    private IEnumerable<(string Name, Tensor Tensor)> Own(string layer) =>
        network.state_dict().Where(pair => LayerOf(pair.Key) == layer).Select(pair => (pair.Key[(layer.Length + 1)..], pair.Value));

    private static string LayerOf(string parameter) =>
        parameter.LastIndexOf('.') is >= 0 and var dot ? parameter[..dot] : "";
}
