using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit;
using Xunit.Sdk;

namespace ResNetGen.Gpu;

/// <summary>Runs an assembly's xunit tests where there is no `dotnet test`: facts and theories, one after another, in the order of their names.</summary>
internal static class TestRunner
{
    private sealed record Outcome(string Test, string Result, double Seconds, string? Message);

    /// <summary>Runs them, prints each, and writes a summary.</summary>
    /// <returns>0 where none failed and one passed.</returns>
    public static int Run(Assembly tests, string? output, string? filter)
    {
        List<Outcome> outcomes = [];
        foreach ((MethodInfo method, object?[] arguments, string name) in Cases(tests).OrderBy(static each => each.Name, StringComparer.Ordinal))
        {
            if (filter is null || name.Contains(filter, StringComparison.Ordinal))
            {
                Outcome outcome = RunOne(method, arguments, name);
                Console.WriteLine($"{outcome.Result,-7} {outcome.Seconds,7:F2} s  {name}{(outcome.Message is null ? "" : $"\n        {outcome.Message}")}");
                outcomes.Add(outcome);
            }
        }

        (int passed, int failed, int skipped) = (Count("passed"), Count("failed"), Count("skipped"));
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        if (output is not null)
        {
            using FileStream file = File.Create(output);
            JsonSerializer.Serialize(file, new { passed, failed, skipped, tests = outcomes });
        }

        return failed == 0 && passed > 0 ? 0 : 1;

        int Count(string result) => outcomes.Count(outcome => outcome.Result == result);
    }

    private static IEnumerable<(MethodInfo Method, object?[] Arguments, string Name)> Cases(Assembly tests)
    {
        foreach (MethodInfo method in tests.GetTypes().Where(static type => type is { IsClass: true, IsAbstract: false, IsPublic: true }).SelectMany(static type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FactAttribute>() is not { } fact)
            {
                continue;
            }

            string name = $"{method.DeclaringType!.Name}.{method.Name}";
            if (fact is not TheoryAttribute || fact.Skip is not null)
            {
                yield return (method, [], name);
                continue;
            }

            foreach (object?[] row in method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)))
            {
                yield return (method, row, $"{name}({string.Join(", ", row)})");
            }
        }
    }

    private static Outcome RunOne(MethodInfo method, object?[] arguments, string name)
    {
        if (method.GetCustomAttribute<FactAttribute>()!.Skip is { } reason)
        {
            return new Outcome(name, "skipped", 0, reason);
        }

        long started = Stopwatch.GetTimestamp();
        try
        {
            object instance = Activator.CreateInstance(method.DeclaringType!)!;
            try
            {
                method.Invoke(instance, arguments);
            }
            finally
            {
                (instance as IDisposable)?.Dispose();
            }

            return new Outcome(name, "passed", Stopwatch.GetElapsedTime(started).TotalSeconds, null);
        }
        catch (TargetInvocationException e)
        {
            return new Outcome(name, "failed", Stopwatch.GetElapsedTime(started).TotalSeconds, $"{e.InnerException!.GetType().Name}: {e.InnerException.Message}");
        }
    }
}
