using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Tests.Parity;

namespace ResNetGen.Tests.Evaluation;

/// <summary>Pictures of several sizes in memory, from the same bytes as make_golden.py's.</summary>
internal sealed class VariedPictures : PictureSource
{
    private readonly (Shape Shape, byte[] Pixels)[] _pictures;
    private readonly int[] _labels;

    public VariedPictures(string name, Shape shape, int[] labels, params (int Height, int Width)[] sizes)
        : base("test", shape, 10)
    {
        _labels = labels;
        _pictures = [.. sizes.Select((size, i) => (new Shape(3, size.Height, size.Width), Bytes($"{name}{i}", 3 * size.Height * size.Width)))];
    }

    /// <summary>Fails at this picture.</summary>
    public int? Unreadable { get; init; }

    public override ReadOnlySpan<int> Labels => _labels;

    public override string Fingerprint => "varied";

    protected internal override void Load(int index, Picture picture)
    {
        if (index == Unreadable) throw new BadInputException($"{Describe(index)} is damaged.");
        picture.SetPixels(_pictures[index].Pixels, _pictures[index].Shape);
    }

    private static byte[] Bytes(string name, int count) => [.. Formula.Uniform(name, count).Select(static u => (byte)(u * 256))];
}
