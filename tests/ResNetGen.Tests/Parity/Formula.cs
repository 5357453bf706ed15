using System.Text;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Parity;

/// <summary>
/// Weights and batches from a formula, the same here and in <c>tests/golden/parity_networks.py</c>, so that networks of
/// sixty million weights can be compared through a small file.
/// </summary>
internal static class Formula
{
    /// <summary>Numbers in [0, 1) that depend on the name alone: FNV-1a of the name, then splitmix64 of each index.</summary>
    internal static float[] Uniform(string name, long count)
    {
        ulong seed = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) seed = (seed ^ b) * 0x100000001B3;
        var numbers = new float[count];
        for (long i = 0; i < count; i++)
        {
            ulong z = seed + (ulong)(i + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            numbers[i] = (z >> 40) / (float)(1 << 24);
        }
        return numbers;
    }

    /// <summary>Gives every entry of the network's state_dict the value that belongs to its key.</summary>
    internal static void Fill(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using IDisposable quiet = no_grad();
        foreach ((string key, Tensor entry) in network.state_dict())
        {
            if (key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                entry.fill_(0);
                continue;
            }
            long[] shape = entry.shape;
            float[] u = Uniform(key, entry.numel());
            (float scale, float shift) = shape.Length switch
            {
                4 => Symmetric(MathF.Sqrt(6f / (shape[0] * shape[2] * shape[3]))),
                2 => Symmetric(MathF.Sqrt(1f / shape[1])),
                _ when key.EndsWith("weight", StringComparison.Ordinal) => (0.2f, 0.2f),
                _ when key.EndsWith("running_var", StringComparison.Ordinal) => (0.5f, 0.5f),
                _ => (0.2f, -0.1f),
            };
            for (int i = 0; i < u.Length; i++) u[i] = u[i] * scale + shift;
            entry.copy_(tensor(u, shape));
        }
    }

    /// <summary>Values in [-2, 2).</summary>
    internal static Tensor Images(string name, params long[] shape)
    {
        float[] u = Uniform(name, shape.Aggregate(1L, (a, b) => a * b));
        for (int i = 0; i < u.Length; i++) u[i] = u[i] * 4 - 2;
        return tensor(u, shape);
    }

    internal static Tensor Labels(string name, int count, int classes) =>
        tensor(Uniform(name, count).Select(u => (long)(u * classes)).ToArray(), int64);

    private static (float, float) Symmetric(float bound) => (2 * bound, -bound);
}
