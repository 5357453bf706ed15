using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Tests.Training;

namespace ResNetGen.DataParallel.Tests;

/// <summary>The tiny set, read picture by picture, until it cannot be read any more.</summary>
internal sealed class BreakableSet(Func<bool> broken) : IImageDataset<BreakableSet>
{
    public static Shape Shape => TinySet.Shape;

    public static int Classes => TinySet.Classes;

    public static string Name => "BreakableSet";

    public string Description => "tiny pictures";

    public IReadOnlyList<string> ClassNames => TinySet.Instance.ClassNames;

    public PictureSource Train { get; } = new Source((ImageSplit)TinySet.Instance.Train, broken);

    public PictureSource Test { get; } = new Source((ImageSplit)TinySet.Instance.Test, broken);

    public static BreakableSet Open(string folder) => new(static () => false);

    private sealed class Source(ImageSplit pictures, Func<bool> broken) : PictureSource(pictures.Name, pictures.Shape, pictures.Classes)
    {
        public override bool VariesInSize => false;

        public override ReadOnlySpan<int> Labels => pictures.Labels;

        public override string Fingerprint => pictures.Fingerprint;

        protected internal override void Load(int index, Picture picture)
        {
            if (broken())
            {
                throw new BadInputException($"{Describe(index)} cannot be read: it is gone.");
            }

            picture.SetPixels(pictures.Image(index).ToArray(), Shape);
        }
    }
}
