using ResNetGen;
using ResNetGen.Data;
using ResNetGen.Samples;
using ResNetGen.Training;

// What the compiler knows of a network, before any of it is made.
Console.WriteLine(TinyNet.Architecture);
Console.WriteLine($"TwoPaths: {TwoPaths.ParameterCount:N0} parameters, {TwoPaths.MultiplyAdds:N0} multiply-adds an image\n");

// Typed layers, down to the weights. The state_dict's key is "reduce.branch.a.conv.weight".
using TinyNet net = new();
Console.WriteLine($"net.Reduce.Branch.A.Conv.weight: [{string.Join(", ", net.Reduce.Branch.A.Conv.weight!.shape)}]\n");

// It trains as the networks of the papers do; whether the pictures fit it, the compiler has checked. 120 steps on pictures
// that the program draws itself.
string folder = Path.Combine(Path.GetTempPath(), $"custom-network-{Environment.ProcessId}");
try
{
    TrainingResult result = Trainer.Fit<TinyNet, Cifar10>(
        Recipes.Quick with { Length = TrainingLength.Iterations(120), Schedule = new OneCycle(Peak: 0.1), BatchSize = 32, MeasureEvery = 40 },
        new TrainerOptions
        {
            Data = ProceduralPictures.Write(folder, picturesPerFile: 256),
            Output = Path.Combine(folder, "run"),
            Observers = [new PlainReporter(Console.Out)],
        });
    Console.WriteLine($"accuracy after {result.Iteration} steps: {result.LastEvaluation!.Accuracy:P1} (chance: 10 %)");
}
finally
{
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
}
