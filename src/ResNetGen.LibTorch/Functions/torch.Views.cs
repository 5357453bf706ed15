using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public static Tensor gather(Tensor input, long dim, Tensor index) => rt_gather(input, dim, index, 0);

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => rt_gather(input, dim, index, sparse_grad ? 1 : 0);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        using var handles = TensorHandles.Of(tensors);
        return rt_cat(handles.Span, handles.Length, dim);
    }

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        using var handles = TensorHandles.Of(tensors);
        return rt_cat(handles.Span, handles.Length, dim);
    }

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0)
    {
        using var handles = TensorHandles.Of(tensors);
        return rt_cat(handles.Span, handles.Length, dim);
    }

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        using var handles = TensorHandles.Of(tensors);
        return rt_cat(handles.Span, handles.Length, dim);
    }

    public static Tensor concat(Tensor[] tensors, long dim = 0) => concat((IList<Tensor>)tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using var handles = TensorHandles.Of(tensors as IList<Tensor> ?? tensors.ToArray());
        return rt_stack(handles.Span, handles.Length, dim);
    }

    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);
}
