using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

/// <summary>What PyTorch, and NumPy after the papers, computes: written by make_recipe_goldens.py.</summary>
internal static class RecipeGolden
{
    private static readonly JsonElement s_root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "recipe.golden.json"))).RootElement;

    public static JsonElement Of(string name) => s_root.GetProperty(name);

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(static v => v.GetDouble())];

    /// <summary>A float tensor of a shape.</summary>
    public static Tensor Values(this JsonElement array, params long[] shape) =>
        tensor(array.EnumerateArray().Select(static v => v.GetSingle()).ToArray()).reshape(shape);

    /// <summary>Equal but for the last bits of fp32: relative to the largest value.</summary>
    public static void Near(JsonElement expected, Tensor found, string what = "", double tolerance = 2e-6)
    {
        double[] wanted = expected.Numbers();
        float[] values = found.detach().cpu().contiguous().data<float>().ToArray();
        Assert.Equal(wanted.Length, values.Length);
        double scale = wanted.Max(Math.Abs);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(Math.Abs(wanted[i] - values[i]) <= tolerance * scale, $"{what}[{i}]: expected {wanted[i]}, found {values[i]}");
        }
    }
}
