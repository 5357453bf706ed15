using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Models;

/// <summary>A message of the generator's own, as values: a place by its file and its lines, so that no tree is kept.</summary>
/// <param name="Id">The message, e.g. <c>RNG0001</c>.</param>
/// <param name="Details">What its text is made of.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">The characters.</param>
/// <param name="Lines">The lines.</param>
internal sealed record Refusal(string Id, EquatableArray<string> Details, string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>The message at its place.</summary>
    public Diagnostic Report(DiagnosticDescriptor descriptor) =>
        Diagnostic.Create(descriptor, Location.Create(Path, Span, Lines), [.. Details]);
}
