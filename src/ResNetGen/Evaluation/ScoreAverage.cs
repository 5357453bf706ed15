namespace ResNetGen.Evaluation;

/// <summary>What is averaged where a picture is looked at several times, or by several networks.</summary>
public enum ScoreAverage
{
    /// <summary>The probabilities, after softmax: He et al.'s.</summary>
    Probabilities,

    /// <summary>The scores before softmax: fb.resnet.torch's.</summary>
    Scores,
}
