namespace ResNetGen;

/// <summary>The residual block a network is made of (He et al. 2015, figure 5).</summary>
public enum Block
{
    /// <summary>What the depth implies: basic blocks up to 34 layers, bottlenecks from 50 on; basic blocks in CIFAR networks.</summary>
    Auto,

    /// <summary>Two 3×3 convolutions.</summary>
    Basic,

    /// <summary>A 1×1, a 3×3 and a 1×1 convolution, the last one four times as wide.</summary>
    Bottleneck,

    /// <summary>One 3×3 convolution a shortcut, in CIFAR networks only (He et al. 2016, table 3).</summary>
    SingleLayer,
}

/// <summary>
/// Where normalisation and activation stand in a residual unit (He et al. 2016, figure 4 and table 2). Post-activation
/// units end with what follows the addition; pre-activation units leave the sum as it is and begin with it.
/// </summary>
public enum Unit
{
    /// <summary>Figure 4a, the unit of 2015: ReLU follows the addition.</summary>
    Original,

    /// <summary>Figure 4b: the last batch normalisation follows the addition as well. Projections have none of their own.</summary>
    BatchNormAfterAddition,

    /// <summary>Figure 4c: the last ReLU precedes the addition, so that a branch can only add.</summary>
    ReLUBeforeAddition,

    /// <summary>Figure 4d: ReLU, convolution, batch normalisation; nothing follows the addition but a ReLU after the last one.</summary>
    ReLUOnlyPreActivation,

    /// <summary>
    /// Figure 4e: batch normalisation, ReLU, convolution. As in the paper's appendix the first unit has no pre-activation
    /// of its own, a change of shape shares it between branch and shortcut, projections have no normalisation, and batch
    /// normalisation and ReLU follow the last addition.
    /// </summary>
    FullPreActivation,
}

/// <summary>What happens on the shortcut of every unit (He et al. 2016, section 3, figure 2 and table 1).</summary>
public enum Skip
{
    /// <summary>Nothing: x goes through.</summary>
    Identity,

    /// <summary>A constant scales it, and where wanted another one the branch.</summary>
    ConstantScale,

    /// <summary>A gate g from a 1×1 convolution and a sigmoid of x: g scales the branch, 1 − g the shortcut.</summary>
    ExclusiveGate,

    /// <summary>The same gate, which scales the shortcut alone.</summary>
    ShortcutOnlyGate,

    /// <summary>A 1×1 convolution, without normalisation, in place of every shortcut.</summary>
    Conv1x1,

    /// <summary>Dropout with probability 0.5.</summary>
    Dropout,
}

/// <summary>How a shortcut gets over a change of shape (He et al. 2015, section 4.1).</summary>
public enum Shortcut
{
    /// <summary>Identity with zero channels added and, where the block strides, every second pixel taken: no parameters.</summary>
    A,

    /// <summary>A 1×1 projection where the shape changes, identity elsewhere.</summary>
    B,

    /// <summary>A 1×1 projection on every block.</summary>
    C,
}

/// <summary>Which convolution of a bottleneck carries the stride. Parameters are the same, multiply-adds and outputs are not.</summary>
public enum StridePlacement
{
    /// <summary>The first 1×1 convolution, as in the paper ("v1").</summary>
    First1x1,

    /// <summary>The 3×3 convolution, as in torchvision ("v1.5").</summary>
    Conv3x3,
}

/// <summary>The layers before the first stage.</summary>
public enum Stem
{
    /// <summary>A 7×7 convolution of stride 2 and a 3×3 max pooling of stride 2: a quarter of the input's height and width.</summary>
    ImageNet,

    /// <summary>A 3×3 convolution of stride 1, no pooling: the input's height and width.</summary>
    Cifar,

    /// <summary>
    /// Three 3×3 convolutions, the first of stride 2, in place of the 7×7 one, and the same pooling (He, T. et al. 2018,
    /// "Bag of tricks", ResNet-C and -D). The first two are half as wide. Names are timm's.
    /// </summary>
    Deep,
}

/// <summary>Where shortcut A puts its zero channels. The paper does not say.</summary>
public enum ZeroPadding
{
    /// <summary>After the channels that are there, as fb.resnet.torch does.</summary>
    End,

    /// <summary>Half before and half after them.</summary>
    Both,
}

/// <summary>
/// What training computes a second time in the backward pass instead of keeping it from the forward pass: memory for time. The
/// results are the same. It is nothing that weights know of.
/// </summary>
public enum Recompute
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// What batch normalisation and ReLU give to the convolution after them, inside a block or a sequence: a pass over the map, and
    /// no product, is done again.
    /// </summary>
    Normalisation,

    /// <summary>Whole blocks: only their inputs are kept, and each block runs again before its backward pass, about a third more work.</summary>
    Block,
}

/// <summary>How a join brings feature maps together.</summary>
public enum Merge
{
    /// <summary>Their sum; all shapes are equal, nothing is broadcast.</summary>
    Add,

    /// <summary>One after the other along the channels; heights and widths are equal.</summary>
    Concat,
}
