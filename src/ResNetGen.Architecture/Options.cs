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
}

/// <summary>Where shortcut A puts its zero channels. The paper does not say.</summary>
public enum ZeroPadding
{
    /// <summary>After the channels that are there, as fb.resnet.torch does.</summary>
    End,

    /// <summary>Half before and half after them.</summary>
    Both,
}

/// <summary>How a join brings feature maps together.</summary>
public enum Merge
{
    /// <summary>Their sum; all shapes are equal, nothing is broadcast.</summary>
    Add,

    /// <summary>One after the other along the channels; heights and widths are equal.</summary>
    Concat,
}
