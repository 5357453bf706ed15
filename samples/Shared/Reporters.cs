using ResNetGen.Training;
using Spectre.Console;

namespace ResNetGen.Samples;

/// <summary>Who tells how a run goes: a moving display on a terminal, plain lines anywhere else, such as a terminal that cannot move its cursor.</summary>
internal static class Reporters
{
    /// <summary>The reporter for <paramref name="output"/>; it is disposable where it draws.</summary>
    public static ITrainingObserver For(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi
            ? new LiveReporter(AnsiConsole.Console)
            : new PlainReporter(output);
}
