using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Tests.Training;

/// <summary>The tiny set's pictures, one file each, read anew whenever one is wanted: a folder that can vanish under a run.</summary>
internal sealed class FolderSet(string folder) : IImageDataset<FolderSet>
{
    public static Shape Shape => TinySet.Shape;

    public static int Classes => TinySet.Classes;

    public static string Name => "FolderSet";

    public string Description => $"tiny pictures in {folder}";

    public IReadOnlyList<string> ClassNames => TinySet.Instance.ClassNames;

    public PictureSource Train { get; } = new Files(folder, (ImageSplit)TinySet.Instance.Train);

    public PictureSource Test { get; } = new Files(folder, (ImageSplit)TinySet.Instance.Test);

    public static FolderSet Open(string folder) => new(folder);

    private sealed class Files : PictureSource
    {
        private readonly string _folder;
        private readonly ImageSplit _pictures;

        public Files(string folder, ImageSplit pictures) : base(pictures.Name, pictures.Shape, pictures.Classes)
        {
            (_folder, _pictures) = (Directory.CreateDirectory(Path.Combine(folder, pictures.Name)).FullName, pictures);
            for (int i = 0; i < pictures.Count; i++)
            {
                File.WriteAllBytes(Describe(i), pictures.Image(i));
            }
        }

        public override bool VariesInSize => false;

        public override ReadOnlySpan<int> Labels => _pictures.Labels;

        public override string Fingerprint => _pictures.Fingerprint;

        public override string Describe(int index) => Path.Combine(_folder, index.ToString("D3", CultureInfo.InvariantCulture));

        protected internal override void Load(int index, Picture picture)
        {
            try
            {
                picture.SetPixels(File.ReadAllBytes(Describe(index)), Shape);
            }
            catch (IOException e)
            {
                throw new BadInputException($"{Describe(index)} cannot be read: {e.Message}", e);
            }
        }
    }
}
