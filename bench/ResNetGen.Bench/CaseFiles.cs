using System.Runtime.InteropServices;
using ResNetGen.Architecture;
using ResNetGen.Native;
using static TorchSharp.torch;

namespace ResNetGen.Bench;

/// <summary>The folder that all contestants share, as bench/pytorch/case.py writes it: weights, images, labels.</summary>
internal sealed class CaseFiles(string folder)
{
    public string Weights => Path.Combine(folder, "weights.pth");

    public string Onnx => Path.Combine(folder, "network.onnx");

    /// <summary>Some images from <paramref name="first"/> on, [N, C, H, W] in channels_last, outside of all dispose scopes.</summary>
    public Tensor Images(int first, int count, Shape shape)
    {
        long size = (long)shape.Channels * shape.Height * shape.Width;
        float[] values = Read<float>("images.f32", first * size, count * size);
        using Tensor planes = tensor(values, [count, shape.Channels, shape.Height, shape.Width]);
        return MemoryFormat.ChannelsLast(planes).DetachFromDisposeScope();
    }

    /// <summary>Their labels, [N].</summary>
    public Tensor Labels(int first, int count) => tensor(Read<long>("labels.i64", first, count)).DetachFromDisposeScope();

    private unsafe T[] Read<T>(string name, long first, long count)
        where T : unmanaged
    {
        T[] values = new T[count];
        using FileStream file = File.OpenRead(Path.Combine(folder, name));
        file.Position = first * sizeof(T);
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
