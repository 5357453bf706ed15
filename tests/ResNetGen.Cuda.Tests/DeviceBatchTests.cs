using ResNetGen.Architecture;
using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Cuda.Tests;

/// <summary>Batches that are cut on a device are those that the processor renders, bit for bit; the very same operations run on both.</summary>
public sealed class DeviceBatchTests
{
    private static readonly Shape Size = new(3, 6, 5);

    private static ImageSplit Pictures()
    {
        const int Count = 23;
        byte[] pixels = new byte[Count * Size.Elements];
        for (long i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i * 7919) + (i * i % 251 * 31));
        return new ImageSplit("small", Size, 10, pixels, Enumerable.Range(0, Count).Select(static i => i * 7 % 10).ToArray());
    }

    public static TheoryData<int, bool, bool, string> Cases() => new()
    {
        { 2, true, true, nameof(NormalizationKind.PerPixelMean) },
        { 4, true, false, nameof(NormalizationKind.PerChannel) },
        { 0, false, true, nameof(NormalizationKind.ImageNet) },
        { 0, true, false, nameof(NormalizationKind.None) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_epochs_are_the_processors(int padding, bool flip, bool channelsLast, string normalization) =>
        Compare(padding, flip, channelsLast, Enum.Parse<NormalizationKind>(normalization), CPU);

    [GpuFact]
    public void Two_epochs_on_the_gpu_are_the_processors() => Compare(4, true, true, NormalizationKind.PerPixelMean, device(DeviceType.CUDA));

    private static void Compare(int padding, bool flip, bool channelsLast, NormalizationKind kind, Device device)
    {
        ImageSplit pictures = Pictures();
        Normalization normalization = Normalization.Measure(kind, pictures);
        BatchLoaderOptions options = BatchLoaderOptions.ForTraining(8, seed: -3, Augmentation.PadCropFlip(padding, flip)) with
        {
            ChannelsLast = channelsLast, StartEpoch = 4, StartIteration = 1, Epochs = 2, DropLast = false,
        };
        Assert.True(DeviceBatchLoader.Takes(pictures, options));
        using DevicePictures onDevice = new(pictures, normalization, padding, device);
        using DeviceBatchLoader ours = new(onDevice, normalization, options);
        using BatchLoader theirs = new(pictures, normalization, options);
        int batches = 0;
        while (theirs.Next() is { } expected)
        {
            using (expected)
            using (Batch? actual = ours.Next())
            {
                Assert.NotNull(actual);
                Assert.Equal((expected.Epoch, expected.Iteration, expected.IsLastOfEpoch, expected.Count), (actual.Epoch, actual.Iteration, actual.IsLastOfEpoch, actual.Count));
                Assert.Equal(device.type, actual.Images.device_type);
                Near.Same(expected.Labels, actual.Labels, "labels");
                Near.Same(expected.Images, actual.Images, $"batch {actual.Iteration} of epoch {actual.Epoch}");
                batches++;
            }
        }

        Assert.Null(ours.Next());
        Assert.Equal(5, batches);
    }

    [Fact]
    public void What_changes_colour_or_size_is_left_to_the_processor()
    {
        ImageSplit pictures = Pictures();
        BatchLoaderOptions options = BatchLoaderOptions.ForTraining(8, 0);
        Assert.False(DeviceBatchLoader.Takes(pictures, options with { Augmentation = Augmentation.FbImageNet }));
        Assert.False(DeviceBatchLoader.Takes(pictures, options with { Augmentation = Augmentation.None with { RandAugment = new RandAugment() } }));
        Assert.False(DeviceBatchLoader.Takes(pictures, options with { Views = Geometry.TenCrop(6) }));
    }

    [Fact]
    public void Copied_batches_are_the_loaders() => Copy(CPU);

    [GpuFact]
    public void Batches_copied_to_the_gpu_are_the_loaders() => Copy(device(DeviceType.CUDA));

    private static void Copy(Device device)
    {
        if (!Native.DeviceStream.IsAvailable)
        {
            return;
        }

        ImageSplit pictures = Pictures();
        Normalization normalization = Normalization.Measure(NormalizationKind.PerChannel, pictures);
        BatchLoaderOptions options = BatchLoaderOptions.ForTraining(4, 5) with { Epochs = 3, ChannelsLast = true, Pinned = device.type == DeviceType.CUDA };
        using BatchLoader theirs = new(pictures, normalization, options);
        using UploadingLoader ours = new(new BatchLoader(pictures, normalization, options), device);
        while (theirs.Next() is { } expected)
        {
            using Batch actual = ours.Next()!;
            using (expected)
            {
                Assert.Equal(device.type, actual.Images.device_type);
                Near.Same(expected.Images, actual.Images, $"batch {expected.Iteration} of epoch {expected.Epoch}");
                Near.Same(expected.Labels, actual.Labels, "labels");
            }
        }

        Assert.Null(ours.Next());
    }
}
