namespace ResNetGen.Training;

/// <summary>Which parameters decay. Papers and frameworks differ here, so a recipe says it by name.</summary>
public enum WeightDecayTarget
{
    /// <summary>The weights of convolutions and linear layers alone: BatchNorm and biases do not decay (the paper's reading).</summary>
    ConvolutionAndLinearWeights,

    /// <summary>Every parameter, as PyTorch's SGD does where it is not told otherwise.</summary>
    AllParameters,
}
