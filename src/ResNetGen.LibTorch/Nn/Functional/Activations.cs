namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            // What rt_nn_activation knows.
            private enum Activation { Relu, Sigmoid, Tanh, Silu, Gelu }

            /// <summary>In place, the result is a new handle on the input's tensor.</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => Activate(x, Activation.Relu, inplace);

            public static Tensor sigmoid(Tensor x) => Activate(x, Activation.Sigmoid, false);

            public static Tensor sigmoid(Tensor x, bool inplace) => Activate(x, Activation.Sigmoid, inplace);

            public static Tensor tanh(Tensor x, bool inplace = false) => Activate(x, Activation.Tanh, inplace);

            public static Tensor silu(Tensor x, bool inplace = false) => Activate(x, Activation.Silu, inplace);

            public static Tensor gelu(Tensor x) => Activate(x, Activation.Gelu, false);

            public static Tensor gelu(Tensor x, bool inplace) => Activate(x, Activation.Gelu, inplace);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
                => Tensor.Wrap(NativeMethods.rt_nn_leaky_relu(input, negative_slope, inplace ? 1 : 0));

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null)
                => Tensor.Wrap(NativeMethods.rt_nn_softmax(input, dim, (int?)dtype ?? -1, 0));

            public static Tensor log_softmax(Tensor x, long dim) => Tensor.Wrap(NativeMethods.rt_nn_softmax(x, dim, -1, 1));

            private static Tensor Activate(Tensor x, Activation kind, bool inplace)
                => Tensor.Wrap(NativeMethods.rt_nn_activation(x, (int)kind, inplace ? 1 : 0));
        }
    }
}
