namespace ResNetGen.LibTorch.Tests.Nn;

using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>The values of tests/golden/make_nn_golden.py, and the inputs they belong to.</summary>
internal static class Golden
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", file);

    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path(file))).RootElement;

    /// <summary>Distinct values in [-1, 1), computed as the script computes them.</summary>
    public static Tensor Fill(long[] shape, int seed)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        var values = new float[count];
        for (long i = 0; i < count; i++)
            values[i] = (float)((i * 919 + seed * 373) % 1000 / 500.0 - 1);
        return tensor(values).reshape(shape);
    }

    public static Tensor Labels(int count, int classes, int seed)
        => tensor(Enumerable.Range(0, count).Select(i => (long)((i * 3 + seed) % classes)).ToArray());

    public static long[] Longs(this JsonElement array) => array.EnumerateArray().Select(e => e.GetInt64()).ToArray();

    public static double[] Doubles(this JsonElement array) => array.EnumerateArray().Select(e => e.GetDouble()).ToArray();

    /// <summary>A tensor's values, as doubles whatever its type.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var flat = tensor.detach().to(ScalarType.Float64).reshape(-1).contiguous();
        return flat.data<double>().ToArray();
    }

    public static void Close(double[] expected, Tensor actual, string what, double tolerance = 2e-5)
        => Close(expected, Values(actual), what, tolerance);

    public static void Close(double[] expected, double[] actual, string what, double tolerance = 2e-5)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, found {actual.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{what}, value {i}: expected {expected[i]}, found {actual[i]}");
        }
    }
}
