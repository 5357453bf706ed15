extern alias generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using generators::ResNetGen.Generators;

namespace ResNetGen.Generators.Bench;

/// <summary>One action on a project of a size.</summary>
/// <param name="Networks">Networks in the project.</param>
/// <param name="Action">What is done.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="FilesEmitted">Files that the generator printed for it.</param>
internal sealed record GeneratorRow(int Networks, string Action, Measurement Cost, int FilesEmitted);

/// <summary>Measures the generator with a driver that is used again, as an editor does.</summary>
internal static class GeneratorBench
{
    /// <summary>All actions on a project of a size.</summary>
    public static IEnumerable<GeneratorRow> Rows(int networks, int turns)
    {
        CSharpCompilation project = UserProject.Of(networks);
        yield return new GeneratorRow(networks, "cold",
            Measure.Medians(Math.Min(turns, 5), _ => UserProject.Fresh(project), fresh => Driver(track: false).RunGenerators(fresh)),
            Emitted(Driver(track: true).RunGenerators(project)));
        yield return Edit("edit of another file", UserProject.EditUnrelated);
        yield return Edit("edit of a class body", UserProject.EditBody);
        yield return Edit("edit of an attribute", UserProject.EditNetwork);

        GeneratorRow Edit(string action, Func<CSharpCompilation, int, CSharpCompilation> edit)
        {
            GeneratorDriver driver = Driver(track: false).RunGenerators(project);
            Measurement cost = Measure.Medians(turns, turn => edit(project, turn), edited => driver = driver.RunGenerators(edited));
            return new GeneratorRow(networks, action, cost, Emitted(Driver(track: true).RunGenerators(project).RunGenerators(edit(project, turns))));
        }
    }

    /// <summary>A driver that has seen nothing.</summary>
    /// <param name="track">Whether it remembers what each step did, which takes time and is not measured.</param>
    public static GeneratorDriver Driver(bool track) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));

    private static int Emitted(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(static steps => steps)
            .SelectMany(static step => step.Outputs)
            .Count(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
}
