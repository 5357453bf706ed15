using ResNetGen;
using ResNetGen.RoundTrip;
using ResNetGen.Weights;
using ResNetGen.Weights.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

// Our half of the round trip; run.sh says what it is part of.
if (args is not [var folder])
{
    Console.Error.WriteLine("usage: run.sh");
    return 1;
}

try
{
    Pass<Cifar20>("resnet20-cifar");
    Pass<Cifar32>("resnet32-cifar");
    Pass<Cifar44>("resnet44-cifar");
    Pass<Cifar56>("resnet56-cifar");
    Pass<Cifar110>("resnet110-cifar");
    Pass<Cifar1202>("resnet1202-cifar");
    Pass<ResNet18>("resnet18");
    Pass<ResNet50>("resnet50");
    return 0;
}
catch (BadInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

void Pass<TNetwork>(string name) where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
{
    using DisposeScope scope = NewDisposeScope();
    using IDisposable evaluation = no_grad();
    using PyTorchFile given = PyTorchFile.Open(Path.Combine(folder, $"{name}.images.pth"));
    using TNetwork network = TNetwork.Create();
    Console.Error.WriteLine(network.LoadWeights(Path.Combine(folder, $"{name}.pth")));
    network.eval();

    // What comes back must have come from the file that is written here: another network reads it and computes.
    network.SaveWeights(Path.Combine(folder, $"{name}.safetensors"));
    using TNetwork again = TNetwork.Create();
    again.LoadWeights(Path.Combine(folder, $"{name}.safetensors"));
    again.eval();
    Tensor images = given.Read("images");
    Safetensors.Save(Path.Combine(folder, $"{name}.logits.safetensors"), [new("logits", again.call(images))]);
}
