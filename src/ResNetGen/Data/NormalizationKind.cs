namespace ResNetGen.Data;

/// <summary>How pixel values become network input.</summary>
public enum NormalizationKind
{
    /// <summary>Divided by 255 only.</summary>
    None,

    /// <summary>The papers': the mean training picture is subtracted, pixel by pixel (arXiv 1512.03385, section 4.2).</summary>
    PerPixelMean,

    /// <summary>Mean subtracted and standard deviation divided, channel by channel, as measured on the training pictures.</summary>
    PerChannel,

    /// <summary>
    /// ImageNet's constants, as torchvision's weights take them: mean 0.485, 0.456, 0.406 and standard deviation 0.229, 0.224,
    /// 0.225 of red, green and blue on the scale 0 … 1.
    /// </summary>
    ImageNet,
}
