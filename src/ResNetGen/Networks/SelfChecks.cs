using System.Runtime.InteropServices;
using ResNetGen.Architecture;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen;

/// <summary>Compares networks with their architectures while they live.</summary>
public static class SelfChecks
{
    /// <summary>
    /// Compares this network with its <see cref="INetwork{TSelf}.Architecture"/>: the keys, shapes and types of its state_dict,
    /// the counts of its parameters and buffers, and the shape that it makes of one black image. Changes nothing in the network.
    /// </summary>
    /// <param name="network">The network, on any device.</param>
    public static SelfCheckReport SelfCheck<TNetwork>(this TNetwork network)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork> => SelfCheck(network, TNetwork.Architecture);

    /// <summary>Compares a module with the architecture that is said to describe it.</summary>
    /// <param name="module">A module that takes a batch of images.</param>
    /// <param name="architecture">The architecture.</param>
    public static SelfCheckReport SelfCheck(this nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(architecture);
        return new SelfCheckReport
        {
            Network = architecture.Name,
            Differences = [.. State(module, architecture), .. Counts(module, architecture), .. Output(module, architecture)],
        };
    }

    private static IEnumerable<string> State(nn.Module module, NetworkArchitecture architecture)
    {
        Dictionary<string, Tensor> found = module.state_dict();
        HashSet<string> trainable = [.. module.named_parameters().Select(entry => entry.name)];
        HashSet<string> expected = [];
        foreach (StateEntry entry in architecture.StateDict)
        {
            expected.Add(entry.Key);
            if (!found.TryGetValue(entry.Key, out Tensor? tensor))
            {
                yield return $"{entry.Key}: expected {Describe(entry)}, found nothing";
                continue;
            }

            bool isParameter = trainable.Contains(entry.Key);
            bool fits = tensor.shape.SequenceEqual(entry.Shape.Select(size => (long)size))
                && isParameter == (entry.Kind == StateKind.Parameter)
                && (entry.Kind == StateKind.Counter ? tensor.dtype == ScalarType.Int64 : IsFloating(tensor));
            if (!fits)
                yield return $"{entry.Key}: expected {Describe(entry)}, found {Describe(tensor, isParameter)}";
        }

        foreach ((string key, Tensor tensor) in found.Where(entry => !expected.Contains(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{key}: expected nothing, found {Describe(tensor, trainable.Contains(key))}";
    }

    private static IEnumerable<string> Counts(nn.Module module, NetworkArchitecture architecture)
    {
        long parameters = module.parameters().Sum(parameter => parameter.numel());
        if (parameters != architecture.ParameterCount)
            yield return FormattableString.Invariant($"parameters: expected {architecture.ParameterCount:N0}, found {parameters:N0}");

        // The counters of batches are buffers to torch; the count is of what they count for.
        long buffers = module.buffers().Where(IsFloating).Sum(buffer => buffer.numel());
        if (buffers != architecture.BufferCount)
            yield return FormattableString.Invariant($"buffers: expected {architecture.BufferCount:N0} running means and variances, found {buffers:N0}");
    }

    private static IEnumerable<string> Output(nn.Module<Tensor, Tensor> module, NetworkArchitecture architecture)
    {
        long[] expected = Batch(architecture.Output);
        string? difference = null;
        // Modes of single modules are restored one by one: somebody may have frozen some.
        (nn.Module Module, bool Training)[] modes = [.. module.modules().Prepend(module).Select(each => (each, each.training))];
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            module.eval();
            Tensor? weight = module.parameters().FirstOrDefault();
            Tensor image = zeros(Batch(architecture.Input), dtype: weight?.dtype ?? ScalarType.Float32, device: weight?.device ?? CPU);
            long[] found = module.call(image).shape;
            if (!found.SequenceEqual(expected))
                difference = $"[{string.Join(", ", found)}]";
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or ExternalException)
        {
            difference = error.Message;
        }
        finally
        {
            foreach ((nn.Module each, bool training) in modes)
                each.train(training);
        }

        if (difference is not null)
            yield return $"forward of one image [{string.Join(", ", Batch(architecture.Input))}]: expected [{string.Join(", ", expected)}], found {difference}";
    }

    private static bool IsFloating(Tensor tensor) =>
        tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    private static long[] Batch(Shape shape) => shape.IsVector ? [1, shape.Channels] : [1, shape.Channels, shape.Height, shape.Width];

    private static string Describe(StateEntry entry) => (entry.Kind switch
    {
        StateKind.Parameter => "a parameter",
        StateKind.Statistic => "a buffer",
        _ => "an int64 buffer",
    }) + $" [{string.Join(", ", entry.Shape)}]";

    private static string Describe(Tensor tensor, bool isParameter) =>
        $"a {(isParameter ? "parameter" : "buffer")} [{string.Join(", ", tensor.shape)}] of {tensor.dtype}";
}
