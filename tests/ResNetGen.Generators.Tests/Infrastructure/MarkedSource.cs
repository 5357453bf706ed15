using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>Source in which <c>[|</c> and <c>|]</c> stand around the places where a squiggle is expected.</summary>
internal sealed record MarkedSource(string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Takes the markers out and remembers where they were, in the order of their beginnings.</summary>
    public static MarkedSource Parse(string marked)
    {
        StringBuilder text = new();
        List<TextSpan> spans = [];
        Stack<int> open = [];
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("[|"))
                open.Push(text.Length);
            else if (marked.AsSpan(i).StartsWith("|]"))
                spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
            else
            {
                text.Append(marked[i]);
                continue;
            }
            i++;
        }
        Assert.Empty(open);
        return new MarkedSource(text.ToString(), [.. spans.OrderBy(span => span.Start)]);
    }
}
