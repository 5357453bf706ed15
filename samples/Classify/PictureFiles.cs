using ResNetGen.Architecture;
using ResNetGen.Data;

namespace ResNetGen.Samples.Classify;

/// <summary>Pictures by their files' names. Nobody knows their labels: that is what is asked.</summary>
/// <param name="files">The files, JPEG or PNG.</param>
/// <param name="shape">What the network takes.</param>
/// <param name="classes">Number of classes.</param>
internal sealed class PictureFiles(IReadOnlyList<string> files, Shape shape, int classes) : PictureSource("pictures", shape, classes)
{
    // A larger file is no picture that anybody took.
    private const long MostBytes = 512L << 20;

    private readonly int[] _labels = new int[files.Count];

    public override ReadOnlySpan<int> Labels => _labels;

    public override string Fingerprint => throw new NotSupportedException("Pictures that are only looked at have no fingerprint.");

    public override string Describe(int index) => files[index];

    protected override void Load(int index, Picture picture)
    {
        string file = files[index];
        try
        {
            if (Directory.Exists(file))
                throw new BadInputException($"{file} is a folder; expected a JPEG or PNG file.");

            long length = new FileInfo(file).Length;
            if (length > MostBytes)
                throw new BadInputException($"{file} has {length:N0} bytes; a picture may have {MostBytes:N0}.");

            picture.SetEncoded(File.ReadAllBytes(file), file);
        }
        catch (FileNotFoundException e)
        {
            throw new BadInputException($"The picture {file} does not exist. Give the name of a JPEG or PNG file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The picture {file} cannot be read: {e.Message} Check the path and its permissions.", e);
        }
    }
}
