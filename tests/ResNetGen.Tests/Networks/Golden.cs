using System.Text.Json;
using TorchSharp;

namespace ResNetGen.Tests.Networks;

/// <summary>What PyTorch computes for the small networks, and the formula behind their weights and images.</summary>
internal static class Golden
{
    private static readonly JsonElement[] s_files = [Read("networks.golden.json"), Read("families.golden.json")];

    /// <summary>The entry of a network.</summary>
    public static JsonElement Of(string name) =>
        s_files.Select(file => file.TryGetProperty(name, out JsonElement entry) ? entry : (JsonElement?)null).First(entry => entry is not null)!.Value;

    /// <summary>Numbers in [-0.5, 0.5) from a key and the position, as in make_network_golden.py.</summary>
    public static float[] Fill(string key, long count)
    {
        long seed = key.Select((letter, index) => (index + 1L) * letter).Sum();
        var values = new float[count];
        for (long j = 0; j < count; j++)
            values[j] = (float)((((j * j * 7) + (j * 7919) + seed) % 2003 / 2003.0) - 0.5);

        return values;
    }

    /// <summary>A tensor of such numbers.</summary>
    public static torch.Tensor Tensor(string key, params long[] shape)
    {
        using torch.Tensor flat = torch.tensor(Fill(key, shape.Aggregate(1L, (product, size) => product * size)));
        return flat.reshape(shape);
    }

    /// <summary>Writes the formula's weights into a network.</summary>
    public static void SetWeights(torch.nn.Module network)
    {
        using IDisposable noGrad = torch.no_grad();
        foreach ((string key, torch.Tensor tensor) in network.state_dict())
        {
            string kind = key[(key.LastIndexOf('.') + 1)..];
            if (kind == "num_batches_tracked")
                continue;

            long[] shape = tensor.shape;
            float[] values = Fill(key, tensor.numel());
            if (shape.Length == 4)
                Scale(values, 0, (float)Math.Sqrt(24.0 / (shape[1] * shape[2] * shape[3])));
            else if (kind == "running_var" || (kind == "weight" && shape.Length == 1))
                Scale(values, 1, 0.5f);

            using torch.Tensor flat = torch.tensor(values);
            using torch.Tensor shaped = flat.reshape(shape);
            tensor.copy_(shaped);
        }
    }

    private static void Scale(float[] values, float offset, float factor)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = offset + (factor * values[i]);
    }

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", file))).RootElement;
}
