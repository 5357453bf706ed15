using Microsoft.CodeAnalysis;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>Holds what compiler, generator and analyzers say together against what a test expects.</summary>
internal static class Expect
{
    /// <summary>
    /// Demands exactly these messages, at the marked places, in the order of the places; and so that one mistake brings
    /// one message, whoever might give it.
    /// </summary>
    public static GeneratorRun Messages(string marked, params (string Id, string Message)[] expected) =>
        Messages(marked, new HostOptions(), expected);

    /// <inheritdoc cref="Messages(string, ValueTuple{string, string}[])"/>
    public static GeneratorRun Messages(string marked, HostOptions options, params (string Id, string Message)[] expected)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        GeneratorRun run = GeneratorHost.Run(source.Text, options);
        Assert.Equal(source.Spans.Count, expected.Length);
        Assert.Equal(
            Lines(source.Spans.Zip(expected, (span, each) => $"{each.Id} on «{source.Text.Substring(span.Start, span.Length)}»: {each.Message}")),
            Lines(run.Diagnostics.Select(each => $"{each.Id} on «{Text(each)}»: {GeneratorRun.Message(each)}")));
        Assert.Equal(source.Spans, run.Diagnostics.Select(each => each.Location.SourceSpan));
        return run;
    }

    // One text, so that a failure shows the whole of both.
    private static string Lines(IEnumerable<string> messages) => "\n" + string.Join("\n", messages) + "\n";

    private static string Text(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "";
}
