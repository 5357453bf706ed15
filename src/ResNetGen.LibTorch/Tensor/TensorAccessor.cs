using System.Collections;
using System.Runtime.InteropServices;
using static TorchSharp.NativeMethods;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, in order of their indices whatever the strides. Keeps the tensor's memory alive until disposed.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly IntPtr _data;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        // The accessor outlives the scope in which it was made; its own Dispose lets go.
        _tensor = tensor.DetachFromDisposeScope();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Check(rt_data_ptr(tensor, out _data));
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => At(Offset(indices));
        set => At(Offset(indices)) = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public Array ToNDArray()
    {
        var result = Array.CreateInstance(typeof(T), _shape);
        CopyTo(MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(result)), result.Length));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = Within(target.Length, tensorIndex);
        if (_contiguous)
            Elements(tensorIndex, count).CopyTo(target);
        else
            for (var i = 0; i < count; i++) target[i] = At(Strided(tensorIndex + i));
        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = Within(source.Length, tensorIndex);
        if (_contiguous)
            source[..count].CopyTo(Elements(tensorIndex, count));
        else
            for (var i = 0; i < count; i++) At(Strided(tensorIndex + i)) = source[i];
        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(_contiguous ? i : Strided(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => HashCode.Combine(Count, _data);

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right)
        => ReferenceEquals(left, right) || (left is not null && right is not null && left.Count == right.Count && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public void Dispose() => _tensor.Dispose();

    private int Within(int length, long tensorIndex)
        => tensorIndex >= 0 && tensorIndex <= Count
            ? (int)Math.Min(length, Count - tensorIndex)
            : throw new ArgumentOutOfRangeException(nameof(tensorIndex), $"Element {tensorIndex} is not within the tensor's {Count} elements.");

    private unsafe ref T At(long offset)
    {
        if (_tensor.IsInvalid) throw new InvalidOperationException("Tensor invalid -- empty handle.");
        return ref ((T*)_data)[offset];
    }

    private unsafe Span<T> Elements(long start, int count)
    {
        if (_tensor.IsInvalid) throw new InvalidOperationException("Tensor invalid -- empty handle.");
        return new Span<T>((T*)_data + start, count);
    }

    private long Offset(long[] indices)
    {
        // A single number counts through all elements; else one is needed for each dimension.
        if (indices.Length == 1 && _shape.Length != 1)
        {
            if (indices[0] < 0 || indices[0] >= Count) throw new IndexOutOfRangeException($"Index {indices[0]} is not within the tensor's {Count} elements.");
            return Strided(indices[0]);
        }
        if (indices.Length != _shape.Length) throw new ArgumentException($"The tensor has {_shape.Length} dimensions, got {indices.Length} indices.");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i]) throw new IndexOutOfRangeException($"Index {indices[i]} is not within dimension {i} of size {_shape[i]}.");
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    private long Strided(long index)
    {
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            (index, var within) = Math.DivRem(index, _shape[i]);
            offset += within * _strides[i];
        }
        return offset;
    }
}
