using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class AveragingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_average_is_PyTorchs(bool fused)
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear network = nn.Linear(3, 4);
        using IDisposable guard = no_grad();
        network.weight.copy_(RecipeGolden.Of("weight").Values(4, 3));
        using MovingAverage average = new(network, decay: 0.9, fused);
        for (int step = 0; step < 3; step++)
        {
            network.weight.sub_(RecipeGolden.Of("gradients")[step][0].Values(4, 3));
            average.Update();
            RecipeGolden.Near(RecipeGolden.Of("average")[step], average.Capture()["weight"]);
        }
    }

    [Fact]
    public void The_average_lends_itself_to_the_network_and_the_weights_come_back_bit_for_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear network = nn.Linear(3, 4);
        using MovingAverage average = new(network, decay: 0.9);
        using IDisposable guard = no_grad();
        byte[] first = [.. network.weight.bytes];
        network.weight.add_(1);
        byte[] trained = [.. network.weight.bytes];
        using (average.PutIn())
        {
            Assert.Equal(first, network.weight.bytes.ToArray());
        }

        Assert.Equal(trained, network.weight.bytes.ToArray());
    }

    [Fact]
    public void An_average_of_other_parameters_is_refused_by_name()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear network = nn.Linear(3, 4);
        using MovingAverage average = new(network, decay: 0.9);
        Assert.Contains("\"weight\"", Assert.Throws<FormatException>(() => average.Restore(new Dictionary<string, Tensor>())).Message,
            StringComparison.Ordinal);
    }
}
