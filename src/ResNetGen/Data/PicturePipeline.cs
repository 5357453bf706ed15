using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// All that happens to one picture between its source and the network: crop, resize, mirror, colours, normalise, and the order
/// of memory. Knows nothing of batches, tensors or threads; any number of threads may use one, each with a <see cref="Picture"/>
/// of its own.
/// </summary>
internal sealed class PicturePipeline(PictureSource source, Normalization normalization, Augmentation augmentation, bool channelsLast)
{
    /// <summary>The shape that a geometry brings every picture to.</summary>
    /// <exception cref="BadInputException">It gives pictures of different sizes, which make no batch.</exception>
    public Shape OutputOf(Geometry geometry) => geometry.GivesOneSize
        ? geometry.Output(source.Shape)
        : throw new BadInputException($"\"{geometry}\" gives pictures of different sizes, which make no batch. Crop them (Geometry.CentreCrop), or render them one by one with PictureRenderer.");

    /// <summary>Writes the view of the picture that is loaded.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="index">Which one it is, for messages.</param>
    /// <param name="geometry">Where to look.</param>
    /// <param name="draw">Its random numbers.</param>
    /// <param name="output">Room for as many values as the view has, channels × height × width or height × width × channels.</param>
    public void Render(Picture picture, int index, Geometry geometry, in PictureDraw draw, Span<float> output)
    {
        // These two normalise before they cut, so that what lies outside the picture is the mean.
        if (geometry is WholePicture or PadAndCrop) RenderUnscaled(picture, index, geometry, draw, output);
        else RenderScaled(picture, index, geometry, draw, output);
    }

    /// <summary>The view of the picture that is loaded, held against what may be shown: memory may be taken for it.</summary>
    /// <exception cref="BadInputException">It is too large.</exception>
    public PictureView ViewOf(Picture picture, int index, Geometry geometry, in PictureDraw draw)
    {
        Shape shape = geometry.Output(source.Shape);
        PictureView view;
        try
        {
            view = geometry.Place(picture.Size, new(shape.Width, shape.Height), draw);
        }
        catch (OverflowException e)
        {
            throw new BadInputException($"{source.Describe(index)} has {picture.Size} pixels; \"{geometry}\" would give it more than {int.MaxValue:N0} on a side. Crop it, or leave it out.", e);
        }
        if (PictureLimits.IsTooLarge(view.Window)) throw PictureLimits.TooLarge(source.Describe(index), picture.Size, view.Window);
        return view with { Mirror = view.Mirror ^ augmentation.Mirrors(draw) };
    }

    private void RenderScaled(Picture picture, int index, Geometry geometry, in PictureDraw draw, Span<float> output)
    {
        PictureView view = ViewOf(picture, index, geometry, draw);
        Shape shape = source.Shape with { Height = view.Window.Height, Width = view.Window.Width };
        Span<uint> pixels = picture.Show(view, exact: augmentation.ExactDecoding || !geometry.IsRandom);
        ReadOnlySpan<byte> bytes = ToPlanes(picture, pixels, shape, draw);
        if (!channelsLast)
        {
            ToFloats(bytes, shape, draw, output);
            return;
        }
        Span<float> planes = picture.Floats((int)shape.Elements);
        ToFloats(bytes, shape, draw, planes);
        PixelKernels.CropInterleaved(planes, shape, 0, 0, 0, mirror: false, output);
    }

    private void RenderUnscaled(Picture picture, int index, Geometry geometry, in PictureDraw draw, Span<float> output)
    {
        Shape shape = source.Shape;
        if (picture.Size != new PictureSize(shape.Width, shape.Height))
            throw new BadInputException($"{source.Describe(index)} has {picture.Size} pixels; \"{geometry}\" takes pictures of {shape.Width}×{shape.Height}. Choose a geometry that resizes, such as Geometry.RandomResizedCrop or Geometry.CentreCrop.");
        PictureView view = ViewOf(picture, index, geometry, draw);
        ReadOnlySpan<byte> bytes = picture.Planes;
        if (bytes.IsEmpty || augmentation.RandAugment is not null) bytes = ToPlanes(picture, picture.ShowWhole(), shape, draw);
        if (view.Window == view.Region && !view.Mirror && !channelsLast)
        {
            ToFloats(bytes, shape, draw, output);
            return;
        }
        Span<float> planes = picture.Floats(source.ImageSize);
        ToFloats(bytes, shape, draw, planes);
        if (channelsLast) PixelKernels.CropInterleaved(planes, shape, 0, view.Window.Top, view.Window.Left, view.Mirror, output);
        else PixelKernels.CropPlanar(planes, shape, 0, view.Window.Top, view.Window.Left, view.Mirror, output);
    }

    private ReadOnlySpan<byte> ToPlanes(Picture picture, Span<uint> pixels, Shape shape, scoped in PictureDraw draw)
    {
        augmentation.RandAugment?.Apply(pixels, new(shape.Width, shape.Height), draw.Sequence(CounterRandom.Stream.RandAugment));
        Span<byte> planes = picture.Bytes((int)shape.Elements);
        // Files are decoded to colour; pictures in memory have the channels that they have.
        if (shape.Channels == 1 && picture.Planes.IsEmpty) PixelPlanes.Grey(pixels, planes);
        else PixelPlanes.Split(pixels, shape.Channels, planes);
        return planes;
    }

    private void ToFloats(ReadOnlySpan<byte> planes, Shape shape, in PictureDraw draw, Span<float> output)
    {
        if (!augmentation.ChangesColour)
        {
            normalization.Apply(planes, shape, output);
            return;
        }
        int plane = (int)shape.Pixels;
        ReadOnlySpan<byte> red = planes[..plane], green = planes.Slice(plane, plane), blue = planes.Slice(2 * plane, plane);
        ColourTransform colours = augmentation.Colours(draw, (ColourKernels.Mean(red), ColourKernels.Mean(green), ColourKernels.Mean(blue)));
        for (int channel = 0; channel < 3; channel++)
            ColourKernels.Apply(red, green, blue, colours[channel], output.Slice(channel * plane, plane));
        normalization.Apply(output[..(3 * plane)], shape);
    }
}
