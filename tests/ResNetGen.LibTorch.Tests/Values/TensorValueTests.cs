using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Values;

/// <summary>Forward values, types, shapes and gradients of every operation, against PyTorch's (tests/golden/make_tensor_golden.py).</summary>
public sealed class TensorValueTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "tensor_values.json"))).RootElement;

    // A handful of roundings of float32 (6e-8 each): the operations are libtorch's own, but versions differ in the order
    // of a sum and in vectorised exp and tanh, and gradients add up two dozen terms.
    private const double Relative = 2e-6, Absolute = 1e-6;

    public static TheoryData<string> Names => [.. TensorCases.All.Keys];

    [Fact]
    public void Each_case_has_a_golden_value_and_the_other_way_round()
        => Assert.Equal(Golden.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal), TensorCases.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_pytorchs(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.GetProperty(name);
        var inputs = golden.GetProperty("inputs").EnumerateArray().Select(Made).ToArray();
        foreach (var input in inputs)
            if (input.dtype == ScalarType.Float32) input.requires_grad_();

        var output = TensorCases.All[name](inputs);
        Check("output", golden.GetProperty("output"), output);
        Assert.Equal(golden.TryGetProperty("gradients", out var gradients), output.requires_grad);
        if (!output.requires_grad) return;

        var weight = arange(1, output.numel() + 1, output.dtype).reshape(output.shape);
        (output * weight).sum().backward();
        foreach (var (input, expected, index) in inputs.Zip(gradients.EnumerateArray(), Enumerable.Range(0, inputs.Length)))
        {
            if (expected.ValueKind == JsonValueKind.Null) Assert.Null(input.grad);
            else Check($"gradient {index}", expected, input.grad!);
        }
    }

    private static Tensor Made(JsonElement described)
    {
        var shape = described.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()).ToArray();
        var type = Type(described);
        return type == ScalarType.Int64
            ? tensor(described.GetProperty("data").EnumerateArray().Select(e => e.GetInt64()).ToList(), shape, type)
            : tensor(Numbers(described), shape, type);
    }

    private static ScalarType Type(JsonElement described) => described.GetProperty("dtype").GetString() switch
    {
        "float32" => ScalarType.Float32,
        "float64" => ScalarType.Float64,
        "int32" => ScalarType.Int32,
        "int64" => ScalarType.Int64,
        "bool" => ScalarType.Bool,
        var other => throw new InvalidDataException($"The golden file has a type that the test does not know: {other}."),
    };

    private static double[] Numbers(JsonElement described)
        => described.GetProperty("data").EnumerateArray().Select(e => e.ValueKind switch
        {
            JsonValueKind.True => 1.0,
            JsonValueKind.False => 0.0,
            _ => e.GetDouble(),
        }).ToArray();

    private static void Check(string what, JsonElement expected, Tensor actual)
    {
        Assert.Equal(Type(expected), actual.dtype);
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()), actual.shape);
        var wanted = Numbers(expected);
        var found = actual.detach().to(float64).data<double>().ToArray();
        for (var i = 0; i < wanted.Length; i++)
        {
            var error = Math.Abs(wanted[i] - found[i]);
            Assert.True(error <= Absolute + Relative * Math.Abs(wanted[i]), $"{what}, element {i}: expected {wanted[i]:R}, found {found[i]:R}.");
        }
    }
}
