using ResNetGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Tests.Training;

public sealed class DecayGroupsTests
{
    [Fact]
    public void Convolution_and_linear_weights_decay_and_nothing_else()
    {
        using TinyNet network = new();
        DecayGroups groups = DecayGroups.Of(network, WeightDecayTarget.ConvolutionAndLinearWeights);
        Assert.Equal(["conv1.weight", "conv2.weight", "fc.weight"], groups.Decaying);
        Assert.Equal(["bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias", "fc.bias"], groups.Exempt);
    }

    [Fact]
    public void All_parameters_decay_where_a_recipe_says_so()
    {
        using TinyNet network = new();
        DecayGroups groups = DecayGroups.Of(network, WeightDecayTarget.AllParameters);
        Assert.Equal(network.named_parameters().Select(static p => p.name), groups.Decaying);
        Assert.Empty(groups.Exempt);
    }

    [Fact]
    public void Without_a_gradient_a_step_shrinks_the_decaying_weights_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using TinyNet network = new();
        Dictionary<string, Tensor> before = network.named_parameters().ToDictionary(static p => p.name, static p => p.parameter.detach().clone());
        DecayGroups groups = DecayGroups.Of(network, WeightDecayTarget.ConvolutionAndLinearWeights);
        using ParameterOptimizer optimizer = new Sgd().Create(groups.Parameters(network, weightDecay: 0.5));
        foreach ((_, Parameter parameter) in network.named_parameters())
        {
            parameter.grad = zeros_like(parameter);
        }

        optimizer.Step(rate: 0.1);
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            // v = 0.5 w, w -= 0.1 v.
            Tensor expected = groups.Decaying.Contains(name) ? before[name].mul(0.95) : before[name];
            Assert.True(allclose(expected, parameter, rtol: 1e-6, atol: 0), name);
        }
    }
}
