namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a number, a slice, a tensor, an ellipsis, or a new dimension.</summary>
    public struct TensorIndex
    {
        private readonly torch.Tensor? _tensor;
        private readonly IndexValue _value;

        private TensorIndex(long kind, long start = IndexValue.NotGiven, long stop = IndexValue.NotGiven, long step = IndexValue.NotGiven, torch.Tensor? tensor = null)
        {
            _tensor = tensor;
            _value = new IndexValue(kind, start, stop, step, IntPtr.Zero);
        }

        /// <summary>The index for one call; the tensor is asked for its handle now, so that a disposed one is refused.</summary>
        internal readonly IndexValue Value => _tensor is null ? _value : _value.With(_tensor.Checked);

        /// <summary>A colon: the whole of its dimension.</summary>
        internal readonly bool IsWhole => _value is { Kind: IndexValue.IsSlice, Start: IndexValue.NotGiven, Stop: IndexValue.NotGiven, Step: IndexValue.NotGiven };

        internal readonly torch.Tensor? Held => _tensor;

        public static TensorIndex Ellipsis = new(IndexValue.IsEllipsis);

        public static TensorIndex None = new(IndexValue.IsNone);

        public static TensorIndex Null = new(IndexValue.IsSlice);

        public static TensorIndex Colon = new(IndexValue.IsSlice);

        public static TensorIndex Bool(bool value) => new(IndexValue.IsBoolean, value ? 1 : 0);

        public static TensorIndex Single(long? index) => index is { } number ? new(IndexValue.IsInteger, number) : None;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
            => new(IndexValue.IsSlice, start ?? IndexValue.NotGiven, stop ?? IndexValue.NotGiven, step ?? IndexValue.NotGiven);

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(From(range.Start, atEnd: false), From(range.End, atEnd: true));

        public static TensorIndex Tensor(Tensor tensor) => new(IndexValue.IsTensor, tensor: tensor ?? throw new ArgumentNullException(nameof(tensor)));

        // An index counted from the end is negative; ^0 is the end itself, which a slice leaves open.
        private static long? From(Index index, bool atEnd)
        {
            if (!index.IsFromEnd) return index.Value;
            if (index.Value != 0) return -index.Value;
            return atEnd ? null : throw new ArgumentOutOfRangeException(nameof(index), "A slice cannot begin at ^0, the end itself.");
        }

        internal readonly Tensor TensorOrThrow() => _tensor
            ?? throw new InvalidCastException("This index is not a tensor.");

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator torch.Tensor(TensorIndex value) => value.TensorOrThrow();

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}
