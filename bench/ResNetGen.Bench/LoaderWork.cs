using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Bench;

/// <summary>Our side of bench/loader.py: one pass over a folder of pictures.</summary>
internal static class LoaderWork
{
    public static Action Pass(string folder, int workers, bool full)
    {
        FolderSplit pictures = FolderSplit.Open("train", Path.Combine(folder, "train"), new Shape(3, 224, 224));
        Normalization normalization = Normalization.Measure(NormalizationKind.ImageNet, pictures);
        int epoch = 0;
        return () =>
        {
            BatchLoaderOptions options = BatchLoaderOptions.ForTraining(50, seed: 1, Augmentation.RandomResizedCropFlip with { ExactDecoding = full }) with
            {
                DropLast = false,
                Workers = workers,
                StartEpoch = epoch++,
                Epochs = 1,
            };
            using BatchLoader loader = new(pictures, normalization, options);
            int seen = loader.Batches().Sum(static batch => batch.Count);
            if (seen != pictures.Count) throw new InvalidOperationException($"{seen} of {pictures.Count} pictures came.");
        };
    }
}
