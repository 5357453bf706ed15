namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }

    public static partial class TensorExtensionMethods
    {
        public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);
    }
}

namespace TorchSharp.Modules
{
    using static TorchSharp.torch;

    /// <summary>
    /// A tensor that a module registers as a parameter. It takes the native tensor away from <c>data</c>, which is
    /// invalid afterwards, and takes its place in its dispose scope.
    /// </summary>
    public class Parameter : Tensor
    {
        public Parameter(Tensor data, bool requires_grad = true)
            : this(data.requires_grad_(requires_grad), data.OwningDisposeScope)
        {
        }

        private Parameter(Tensor data, DisposeScope? scope) : base(data.DecoupleFromNativeHandle())
        {
            if (OwningDisposeScope == scope)
                return;
            DetachFromDisposeScope();
            scope?.Attach(this);
        }
    }
}
