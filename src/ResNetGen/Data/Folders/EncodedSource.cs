using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>Pictures that are JPEG or PNG files, wherever their bytes lie. They are decoded when they are asked for, as RGB (or grey, for one channel).</summary>
/// <remarks>The orientation that a camera notes in EXIF is not looked at: torchvision does not, either.</remarks>
public abstract class EncodedSource : PictureSource
{
    /// <summary>Makes a source.</summary>
    /// <param name="name">What it is called in messages, such as <c>train</c>.</param>
    /// <param name="shape">The shape that pictures are cropped to: 3 channels, or 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="BadInputException">The shape has another number of channels.</exception>
    protected EncodedSource(string name, Shape shape, int classes) : base(name, shape, classes)
    {
        if (shape.Channels is not (1 or 3))
            throw new BadInputException($"{shape.Channels} channels: JPEG and PNG files are read as 3 (red, green, blue) or 1 (grey). Declare the dataset so: [ImageDataset(3, {shape.Height}, {shape.Width}, {classes})].");
    }

    /// <summary>Reads the bytes of a picture's file into memory that is used again.</summary>
    /// <param name="index">Which picture.</param>
    /// <param name="memory">Gives memory of a length.</param>
    private protected abstract ReadOnlyMemory<byte> Read(int index, Func<int, Memory<byte>> memory);

    /// <inheritdoc/>
    protected internal sealed override void Load(int index, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        picture.SetEncoded(Read(index, picture.Content), Describe(index));
    }

    /// <summary>Reads a part of a file.</summary>
    private protected static Memory<byte> ReadPart(string path, string name, long start, long? length, Func<int, Memory<byte>> memory)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            long count = length ?? RandomAccess.GetLength(file);
            if (count > PictureLimits.MostBytes)
                throw new BadInputException($"{name} has {count:N0} bytes; a picture may have {PictureLimits.MostBytes:N0}. Scale it down, or delete it.");
            Memory<byte> bytes = memory((int)count);
            int have = 0;
            while (have < bytes.Length)
            {
                int read = RandomAccess.Read(file, bytes.Span[have..], start + have);
                if (read == 0) throw new BadInputException($"{name} ended after {have:N0} of {count:N0} bytes while it was read. Is something writing to it?");
                have += read;
            }
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{name} cannot be read: {e.Message} Check that it is still there, its permissions and the disk.", e);
        }
    }
}
