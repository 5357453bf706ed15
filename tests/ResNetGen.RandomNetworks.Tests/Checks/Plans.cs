using ResNetGen.Architecture;
using ResNetGen.Native;
using ResNetGen.Planning;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.RandomNetworks.Tests.Checks;

/// <summary>Holds a network's inference plans against its own forward, and their memory against their lifetimes.</summary>
internal static class Plans
{
    private const int Batch = 2;

    // float32 rounding over all layers, of the largest output.
    private const double Tolerance = 1e-4;

    /// <summary>Everything that is wrong; empty where all is well.</summary>
    /// <param name="network">The network, whose statistics training has moved.</param>
    /// <param name="architecture">Its architecture.</param>
    public static IEnumerable<string> Faults(nn.Module<Tensor, Tensor> network, NetworkArchitecture architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        network.eval();
        Tensor images = rand(Batch, architecture.Input.Channels, architecture.Input.Height, architecture.Input.Width);
        Tensor expected = network.call(images), copy = images.clone();
        double largest = expected.abs().max().item<float>();
        List<string> faults = [.. Order(OperationGraph.Of(architecture, network.state_dict()).Fused())];
        foreach (bool isFused in new[] { true, false })
        {
            using InferencePlan plan = NetworkInference.Prepare(network, architecture, new InferenceOptions { BatchSize = Batch }, isFused);
            double difference = plan.Run(images).sub(expected).abs().max().item<float>();
            if (!(difference <= Tolerance * largest))
                faults.Add($"{plan.Description}: differs from forward by {difference:E1}, the largest output is {largest:E1}");
            if (plan.Runner is FusedRunner fused)
                faults.AddRange(Overlaps(fused.Program.Regions));
        }

        if (!images.Equals(copy))
            faults.Add("A plan has written over the caller's images.");

        return faults;
    }

    // Every map is made before it is read, once, and not read after another operation has written over it.
    private static IEnumerable<string> Order(OperationGraph graph)
    {
        HashSet<Map> there = [graph.Input], over = [];
        foreach (Operation operation in graph.Operations)
        {
            if (operation.Inputs.Any(input => !there.Contains(input) || over.Contains(input)))
                yield return $"{operation.Path} ({operation.GetType().Name}) reads what is not there";
            if (!there.Add(operation.Output))
                yield return $"{operation.Path} makes what is there already";
            if (operation is Adding { Addend: { } addend })
                over.Add(addend);
        }

        if (!there.Contains(graph.Output) || over.Contains(graph.Output) || over.Contains(graph.Input))
            yield return "the output is not there in the end, or the images are written over";
    }

    private static IEnumerable<string> Overlaps(IReadOnlyList<InferenceRegion> regions) =>
        from i in Enumerable.Range(0, regions.Count)
        from j in Enumerable.Range(i + 1, regions.Count - i - 1)
        let a = regions[i]
        let b = regions[j]
        where a.First <= b.Last && b.First <= a.Last && a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes
        select $"{a} and {b} live together and overlap";
}
