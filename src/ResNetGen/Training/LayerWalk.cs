using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>One forward pass with a look at what every layer gives, in the order in which they run.</summary>
internal static class LayerWalk
{
    /// <summary>What a layer gave.</summary>
    /// <param name="Name">Its name, as in the state_dict.</param>
    /// <param name="Kind">Its class.</param>
    /// <param name="Finite">Whether all values of its output were finite.</param>
    /// <param name="Counts">Where not: how many of how many, in words.</param>
    internal sealed record Visit(string Name, string Kind, bool Finite, string Counts);

    /// <summary>
    /// Runs the network as it is, through TorchSharp's forward hooks. Only for a run that ends: in training mode BatchNorm's
    /// running statistics take the batch in once more.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">Its arithmetic.</param>
    /// <param name="images">The batch, [N, C, H, W], on the network's device.</param>
    public static IReadOnlyList<Visit> Run(nn.Module<Tensor, Tensor> network, ComputePlan plan, Tensor images)
    {
        List<Visit> visits = [];
        List<Action> remove = [];
        using IDisposable guard = no_grad();
        try
        {
            foreach ((string name, nn.Module module) in network.named_modules())
            {
                if (module is nn.Module<Tensor, Tensor> layer)
                {
                    var hook = layer.register_forward_hook((self, _, output) =>
                    {
                        visits.Add(Look(name, self.GetName(), output));
                        return output;
                    });
                    remove.Add(hook.remove);
                }
            }

            using DisposeScope scope = NewDisposeScope();
            TrainingStep.Forward(network, plan, images);
        }
        finally
        {
            remove.ForEach(static action => action());
        }

        return visits;
    }

    /// <summary>How many values of a tensor are not finite, such as "12 of 2,304 values, all of them not a number".</summary>
    public static string Count(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        long all = tensor.numel();
        long nan = tensor.isnan().sum().item<long>();
        long bad = all - tensor.isfinite().sum().item<long>();
        string kinds = nan == bad ? "not a number" : nan == 0 ? "infinite" : string.Create(CultureInfo.InvariantCulture, $"{nan:N0} of them not a number");
        return string.Create(CultureInfo.InvariantCulture, $"{bad:N0} of {all:N0} values, {kinds}");
    }

    private static Visit Look(string name, string kind, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        bool finite = output.isfinite().all().item<bool>();
        return new Visit(name, kind, finite, finite ? "" : Count(output));
    }
}
