using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A new object at each reading, null while there is no gradient.</summary>
        public Tensor? grad
        {
            get
            {
                Check(rt_get_grad(this, out var handle));
                return handle == IntPtr.Zero ? null : new Tensor(handle);
            }
            set => Check(rt_set_grad(this, value));
        }

        public void backward() => Check(rt_backward_one(this));

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
            => autograd.backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        public void retain_grad() => Check(rt_retain_grad(this));

        public Tensor detach() => rt_detach(this);

        public Tensor detach_() => Done(rt_detach_(this));
    }
}
