using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Training;

/// <summary>Mixes pictures as a <see cref="MixDraw"/> says; the pictures that come in stay as they are.</summary>
internal static class BatchMixer
{
    /// <summary>The mixed pictures, new.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="partners">The pictures to mix in, likewise.</param>
    /// <param name="draw">How.</param>
    public static Tensor Mix(Tensor images, Tensor partners, MixDraw draw)
    {
        if (draw.Box is not { } box)
        {
            return images.mul(draw.Weight).add_(partners, alpha: 1 - draw.Weight);
        }

        Tensor mixed = images.clone();
        Cut(mixed, box).copy_(Cut(partners, box));
        return mixed;
    }

    private static Tensor Cut(Tensor images, MixBox box) => images.narrow(2, box.Top, box.Height).narrow(3, box.Left, box.Width);
}
