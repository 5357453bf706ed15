namespace ResNetGen.Analyses;

/// <summary>What kind of work an operation of a step is.</summary>
public enum StepKind
{
    /// <summary>Convolutions, with what they do to bring their inputs into order.</summary>
    Convolution,

    /// <summary>Batch normalisation, shortcuts (addition, subsampling, padding) and activations: what fusion makes one pass of.</summary>
    NormalisationShortcutActivation,

    /// <summary>Pooling, global average pooling among it.</summary>
    Pooling,

    /// <summary>Linear layers.</summary>
    Linear,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The optimizer.</summary>
    Optimizer,

    /// <summary>Conversions between number formats.</summary>
    Cast,

    /// <summary>Operations of no other kind: the check for finite values, metrics, dropout, concatenation.</summary>
    Rest,

    /// <summary>Time outside of all operations: managed code, the calls into torch, and what is not recorded.</summary>
    Outside,
}

/// <summary>Which part of a step an operation belongs to.</summary>
public enum StepPhase
{
    /// <summary>From the images to the loss.</summary>
    Forward,

    /// <summary>From the loss to the gradients; what is computed anew for it belongs to it.</summary>
    Backward,

    /// <summary>The optimizer, and what else a step does.</summary>
    Update,
}
