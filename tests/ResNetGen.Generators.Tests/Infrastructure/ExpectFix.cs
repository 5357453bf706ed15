using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace ResNetGen.Generators.Tests.Infrastructure;

/// <summary>Applies the fixes of a message and compiles what they leave.</summary>
internal static class ExpectFix
{
    /// <summary>
    /// Demands that the source brings one message, that exactly these fixes are offered for it, by title, and that each of
    /// them leaves exactly this source, which compiles and of which nobody has anything to say.
    /// </summary>
    public static void Offered(string source, params (string Title, string After)[] expected) => Offered(source, new HostOptions(), expected);

    /// <inheritdoc cref="Offered(string, ValueTuple{string, string}[])"/>
    public static void Offered(string source, HostOptions options, params (string Title, string After)[] expected)
    {
        using FixHost host = new(source, options);
        IReadOnlyList<CodeAction> actions = host.Fixes(Assert.Single(host.Diagnose()));
        Assert.Equal(expected.Select(each => each.Title), actions.Select(each => each.Title));
        foreach ((CodeAction action, (_, string after)) in actions.Zip(expected))
        {
            string text = Assert.Single(host.Apply(action)).Text;
            Assert.Equal(after, text);
            GeneratorHost.Run(text, options).Clean();
        }
    }

    /// <summary>Demands that the first fix of the first message, applied to all messages of its id at once, leaves this source.</summary>
    public static void Everywhere(string source, string after)
    {
        using FixHost host = new(source);
        Diagnostic first = host.Diagnose()[0];
        string text = Assert.Single(host.ApplyToAll(first.Id, host.Fixes(first)[0].EquivalenceKey!)).Text;
        Assert.Equal(after, text);
        GeneratorHost.Run(text).Clean();
    }
}
