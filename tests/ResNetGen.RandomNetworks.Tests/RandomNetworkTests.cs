using System.Globalization;
using System.Reflection;
using ResNetGen.Architecture;
using ResNetGen.RandomNetworks.Tests.Checks;
using ResNetGen.RandomNetworks.Tests.Draws;
using TorchSharp;

namespace ResNetGen.RandomNetworks.Tests;

/// <summary>
/// Networks that nobody has thought of: drawn at random, compiled together, run, and held against their architecture. The
/// usual run draws few with a fixed seed; <c>RESNETGEN_RANDOM_NETWORKS=1000</c> draws as many, and
/// <c>RESNETGEN_RANDOM_SEED</c> says from where (<c>random</c> for a new place each time).
/// </summary>
public class RandomNetworkTests
{
    private const int Usual = 100;

    [Fact]
    public void WhatTheCompilerAcceptsRunsAsItsArchitectureSays()
    {
        (int count, ulong seed) = (Number("RESNETGEN_RANDOM_NETWORKS", Usual), Seed());
        try
        {
            Compiled compiled = Compiled.From(Drawing.Draw(count, seed));
            // Two inference plans take as long as all else that is checked: of many networks, those of as many as there usually are.
            int stride = Math.Max(1, count / Usual);
            List<string> faults = [.. compiled.Draws.SelectMany((draw, i) => Faults(compiled, draw, isPlanned: i % stride == 0))];
            Assert.True(faults.Count == 0, $"{faults.Count} faults\n\n{string.Join("\n\n", faults.Take(10))}");
            // A test of nothing proves nothing: most draws are networks, and some are not.
            int networks = compiled.Draws.Count(draw => compiled.SaidOf(draw).Count == 0);
            Assert.InRange(networks, count / 2, count - 1);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"With RESNETGEN_RANDOM_SEED={seed} and RESNETGEN_RANDOM_NETWORKS={count}: {exception.Message}"), exception);
        }
    }

    private static IEnumerable<string> Faults(Compiled compiled, Draw draw, bool isPlanned)
    {
        IReadOnlyList<string> said = compiled.SaidOf(draw);
        string text = string.Join("\n", said);
        if (draw.Expected == Expectation.Mistake)
            return said.Count > 0 ? [] : [$"Nothing is said against this:\n{draw.Source}"];
        if (said.Count > 0)
            return draw.Expected == Expectation.Either ? [] : [$"This is a network:\n{draw.Source}\n{text}"];

        try
        {
            Type type = compiled.Assembly.GetType(draw.Name)!;
            var architecture = (NetworkArchitecture)type.GetProperty("Architecture", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
            using var network = (torch.nn.Module<torch.Tensor, torch.Tensor>)Activator.CreateInstance(type)!;
            return [.. Constants(type, architecture).Concat(new Run(network, architecture).Faults(isPlanned)).Select(fault => $"{fault}\n{draw.Source}")];
        }
        catch (Exception exception)
        {
            return [$"{exception.GetBaseException()}\n{draw.Source}\n{string.Concat(compiled.Generated[draw.Name + ".g.cs"])}"];
        }
    }

    private static IEnumerable<string> Constants(Type type, NetworkArchitecture architecture)
    {
        (string Name, long Value)[] all =
        [
            ("ParameterCount", architecture.ParameterCount), ("MultiplyAdds", architecture.MultiplyAdds),
            ("Flops", architecture.Flops), ("WeightedLayers", architecture.WeightedLayers),
        ];
        return from each in all
               let found = Convert.ToInt64(type.GetField(each.Name)!.GetRawConstantValue(), CultureInfo.InvariantCulture)
               where found != each.Value
               select $"{each.Name}: the architecture says {each.Value}, the constant {found}";
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : usual;

    private static ulong Seed() => Environment.GetEnvironmentVariable("RESNETGEN_RANDOM_SEED") switch
    {
        "random" => (ulong)Random.Shared.NextInt64(),
        { } text when ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed) => seed,
        _ => 20151210,
    };
}
