using ResNetGen;
#if (trains)
using ResNetGen.Data;
using ResNetGen.Training;
#else
using static TorchSharp.torch;
#endif

// Layers, shapes and costs are known before anything runs.
Console.WriteLine(ResNet20.Architecture);

#if (trains)
// The folder given; else CIFAR-10 where it can be had; else pictures of ResNetGen's own.
DataSource data = DataSource.Resolve(new DataSourceOptions { Data = args.FirstOrDefault() }, Console.WriteLine);
Console.WriteLine(data.Reason);

TrainingResult result = Trainer.Fit<ResNet20, Cifar10>(Recipes.Quick, new TrainerOptions
{
    Data = data.Folder,
    Output = $"runs/{DateTime.Now:yyyyMMdd-HHmmss}",
    Observers = [new PlainReporter(Console.Out)],
});
Console.WriteLine($"{result.Iteration:N0} iterations in {result.ElapsedSeconds:0} s");
#else
using var network = new ResNet20();
network.eval();

using var _ = no_grad();
using Tensor image = randn(1, 3, 224, 224);
using Tensor scores = network.call(image);
Console.WriteLine($"{ResNet20.ParameterCount:N0} parameters; scores of shape [{string.Join(", ", scores.shape)}]");
#endif

[CifarResNet(Depth = 20)]
public partial class ResNet20;
