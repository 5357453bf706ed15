using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>LAMB's state by name, the same whoever computes: two moments for each parameter, and the number of steps.</summary>
internal static class LambState
{
    private const string Mean = ".exp_avg";
    private const string Square = ".exp_avg_sq";
    private const string Count = "step";

    /// <summary>The tensors under their names; not copies.</summary>
    public static IReadOnlyDictionary<string, Tensor> Capture(
        IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<Tensor> means, IReadOnlyList<Tensor> squares, Tensor count)
    {
        Dictionary<string, Tensor> state = new(StringComparer.Ordinal) { [Count] = count };
        for (int i = 0; i < parameters.Count; i++)
        {
            state.Add(parameters[i].Name + Mean, means[i]);
            state.Add(parameters[i].Name + Square, squares[i]);
        }

        return state;
    }

    /// <summary>Fills the tensors with copies of what was saved.</summary>
    /// <returns>The number of steps.</returns>
    /// <exception cref="FormatException">One is missing or has another shape or type; the message names it.</exception>
    public static long Restore(
        IReadOnlyDictionary<string, Tensor> saved, IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<Tensor> means, IReadOnlyList<Tensor> squares, Tensor count)
    {
        using IDisposable guard = no_grad();
        Tensor steps = Get(saved, Count);
        if (steps.dtype != ScalarType.Int64 || steps.numel() != 1)
        {
            throw new FormatException($"Its optimizer's \"{Count}\" is {steps.numel()} numbers of {steps.dtype}; expected one Int64.");
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            (string name, Parameter parameter) = parameters[i];
            Refill(means[i], parameter, name + Mean, saved);
            Refill(squares[i], parameter, name + Square, saved);
        }

        long number = steps.item<long>();
        count.fill_(number);
        return number;
    }

    private static void Refill(Tensor own, Parameter parameter, string name, IReadOnlyDictionary<string, Tensor> saved)
    {
        Tensor values = Get(saved, name);
        ParameterOptimizer.RequireShape(parameter, name, values);
        own.copy_(values);
    }

    private static Tensor Get(IReadOnlyDictionary<string, Tensor> saved, string name) =>
        saved.TryGetValue(name, out Tensor? tensor) ? tensor : throw new FormatException($"Its optimizer has no \"{name}\".");
}
