using System.Reflection;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>What a dataset's <see cref="ImageDatasetAttribute"/> says: the one place where a dataset of files states its shape.</summary>
internal static class DeclaredImages<TDataset>
{
    private static readonly ImageDatasetAttribute? Attribute = typeof(TDataset).GetCustomAttribute<ImageDatasetAttribute>();

    public static Shape Shape => new(Found.Channels, Found.Height, Found.Width);

    public static int Classes => Found.Classes;

    private static ImageDatasetAttribute Found => Attribute
        ?? throw new BadInputException($"{typeof(TDataset).Name} does not say what its pictures look like. Write [ImageDataset(3, 224, 224, classes)] above the class.");
}
