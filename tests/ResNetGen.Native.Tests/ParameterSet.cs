using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

/// <summary>
/// Parameters of every kind that a network has: convolution weights of both layouts, vectors, single numbers, one longer than a
/// thread's share; made twice alike, for two ways to compute.
/// </summary>
internal sealed class ParameterSet
{
    private static readonly long[][] s_shapes = [[64, 3, 7, 7], [16], [1], [33, 65, 1, 1], [10, 64], [70_001], [8, 16, 3, 3], [2, 1, 5, 5]];

    public ParameterSet(ScalarType type = ScalarType.Float32)
    {
        Generator generator = new(7);
        Parameters = [.. s_shapes.Select((shape, i) =>
        {
            Tensor values = randn(shape, generator: generator).to(type);
            return ($"p{i}", new Parameter(shape.Length == 4 && i != 6 ? MemoryFormat.ChannelsLast(values) : values));
        })];
    }

    public (string Name, Parameter Parameter)[] Parameters { get; }

    /// <summary>Every third parameter does not decay.</summary>
    public double[] Decay { get; } = [.. s_shapes.Select(static (_, i) => i % 3 == 2 ? 0 : 0.05)];

    /// <summary>Gradients of a step; the second parameter has one in even steps alone, the seventh's lies otherwise than it does
    /// (not in bfloat16, which torch itself adds with other roundings where layouts differ).</summary>
    public void SetGradients(int step)
    {
        Generator generator = new((ulong)(100 + step));
        for (int i = 0; i < Parameters.Length; i++)
        {
            Parameter parameter = Parameters[i].Parameter;
            using IDisposable guard = no_grad();
            Tensor drawn = randn(parameter.shape, generator: generator).to(parameter.dtype);
            parameter.grad = i == 1 && step % 2 == 1 ? null : i == 6 && parameter.dtype != ScalarType.BFloat16 ? MemoryFormat.ChannelsLast(drawn) : empty_like(parameter).copy_(drawn);
        }
    }

    /// <summary>Groups of torch's own optimizers: a group for each decay.</summary>
    public IEnumerable<(double Decay, Parameter[] Parameters)> Groups => Parameters.Select((p, i) => (Decay: Decay[i], p.Parameter))
        .GroupBy(static p => p.Decay).Select(static group => (group.Key, group.Select(static p => p.Parameter).ToArray()));

    /// <summary>The elements of a tensor in their order, bit for bit.</summary>
    public static byte[] Bits(Tensor tensor)
    {
        using Tensor plain = tensor.detach().contiguous();
        return plain.bytes.ToArray();
    }

    public static void AssertSame(ParameterSet expected, ParameterSet found)
    {
        for (int i = 0; i < expected.Parameters.Length; i++)
            Assert.True(Bits(expected.Parameters[i].Parameter).SequenceEqual(Bits(found.Parameters[i].Parameter)), expected.Parameters[i].Name);
    }
}
