extern alias generators;

using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using generators::ResNetGen.Generators;
using generators::ResNetGen.Generators.Parsing;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>What an incremental generator must not do: work twice, or keep a compilation alive.</summary>
internal static class Pipeline
{
    /// <summary>The names of our own steps; Roslyn's are its own affair.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. Family.All.Select(NetworkGenerator.StepName)];

    /// <summary>What the models of our steps came to, by step, in the latest run.</summary>
    public static IReadOnlyList<(string Step, object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorDriverRunResult result) =>
    [
        .. from each in result.Results
           from name in Steps
           where each.TrackedSteps.ContainsKey(name)
           from step in each.TrackedSteps[name]
           from output in step.Outputs
           select (name, output.Value, output.Reason),
    ];

    /// <summary>What happened to each generated file in the latest run.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> Files(GeneratorDriverRunResult result) =>
    [
        .. from each in result.Results
           from step in each.TrackedOutputSteps.SelectMany(pair => pair.Value)
           from output in step.Outputs
           select output.Reason,
    ];

    /// <summary>Demands that the latest run found every model as it was and printed nothing.</summary>
    public static void DoesNothingTwice(GeneratorDriverRunResult result)
    {
        Assert.All(Outputs(result), output => Assert.True(IsReused(output.Reason), $"{output.Step}: {output.Reason}"));
        Assert.All(Files(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    /// <summary>Whether a step's output served again as it was.</summary>
    public static bool IsReused(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    /// <summary>Demands that nothing a step keeps leads to the compilation.</summary>
    public static void HoldsValuesOnly(GeneratorDriverRunResult result)
    {
        foreach ((string step, object value, _) in Outputs(result))
            Walk(value, step, new HashSet<object>(ReferenceEqualityComparer.Instance));
    }

    /// <summary>Walks an object graph and refuses what may not be in it.</summary>
    public static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || value is Type || !seen.Add(value))
            return;
        if (value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or SyntaxTrivia or SyntaxReference or Location
            or Compilation or SemanticModel or AttributeData or TypedConstant or Diagnostic)
        {
            Assert.Fail($"{path} holds a {value.GetType().Name}: the model would never be equal to the next one, and would keep the compilation alive.");
        }
        if (value is Delegate)
            Assert.Fail($"{path} holds a delegate: what it closes over cannot be compared.");
        if (value is IEnumerable items)
        {
            int i = 0;
            foreach (object? item in items)
                Walk(item, $"{path}[{i++}]", seen);
        }
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
