using System.Text.Json;

namespace ResNetGen.Tests.Evaluation;

/// <summary>What PyTorch computes, written by make_golden.py.</summary>
internal static class Golden
{
    public static JsonElement Of(params string[] path)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Evaluation", "evaluation.golden.json"));
        JsonElement found = JsonDocument.Parse(file).RootElement;
        return path.Aggregate(found, static (element, name) => element.GetProperty(name));
    }
}
