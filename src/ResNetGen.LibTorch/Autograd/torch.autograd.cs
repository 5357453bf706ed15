using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using var outputs = TensorHandles.Of(tensors);
            using var gradients = TensorHandles.Of(grad_tensors);
            using var leaves = TensorHandles.Of(inputs);
            Check(rt_backward(outputs.Span, outputs.Length, gradients.Span, gradients.Length,
                retain_graph is { } retain ? (retain ? 1 : 0) : -1, create_graph ? 1 : 0, leaves.Span, leaves.Length));
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
            => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
            => backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var results = TensorHandles.Of(outputs);
            using var leaves = TensorHandles.Of(inputs);
            using var gradients = TensorHandles.Of(grad_outputs);
            Check(rt_grad(results.Span, results.Length, leaves.Span, leaves.Length, gradients.Span, gradients.Length,
                retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, out var array, out var count));
            return TakeOptional(array, count)!;
        }
    }
}
