using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>How activations are written: as modules, and as calls on a tensor where a family has no module for them.</summary>
internal static class ActivationCode
{
    public static string Make(Slot slot, Activation activation, CodeContext code)
    {
        string inPlace = code.WorksInPlace(slot) ? "inplace: true" : "";
        return activation.Function switch
        {
            Function.ReLU => $"{code.Nn}.ReLU({inPlace})",
            Function.LeakyReLU =>
                $"{code.Nn}.LeakyReLU({ParameterSet.Literal(activation.NegativeSlope)}{(inPlace.Length == 0 ? "" : ", " + inPlace)})",
            Function function => $"{code.Nn}.{function}()",
        };
    }

    /// <summary>The call on a tensor, in place where that is allowed.</summary>
    public static string Call(Activation activation, bool inPlace) => activation.Function switch
    {
        Function.ReLU => inPlace ? "relu_()" : "relu()",
        Function.LeakyReLU => $"leaky_relu{(inPlace ? "_" : "")}({ParameterSet.Literal(activation.NegativeSlope)})",
        Function.GELU => "gelu()",
        Function.SiLU => "silu()",
        _ => inPlace ? "sigmoid_()" : "sigmoid()",
    };
}
