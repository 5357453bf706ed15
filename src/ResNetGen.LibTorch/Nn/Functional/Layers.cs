namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly long[] One = [1], Zero = [0];

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
            {
                strides ??= One;
                padding ??= Zero;
                dilation ??= One;
                return Tensor.Wrap(NativeMethods.rt_nn_conv2d(input, weight, bias, strides, strides.Length, padding, padding.Length, dilation, dilation.Length, groups));
            }

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Tensor.Wrap(NativeMethods.rt_nn_linear(input, weights, bias));

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1E-05)
                => Tensor.Wrap(NativeMethods.rt_nn_batch_norm(input, running_mean, running_var, weight, bias, training ? 1 : 0, momentum, eps));

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Tensor.Wrap(NativeMethods.rt_nn_dropout(input, p, training ? 1 : 0, inplace ? 1 : 0, 0));

            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => Tensor.Wrap(NativeMethods.rt_nn_dropout(input, p, training ? 1 : 0, inplace ? 1 : 0, 1));

            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1E-12)
                => Tensor.Wrap(NativeMethods.rt_nn_normalize(input, p, dim, eps));

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Tensor.Wrap(NativeMethods.rt_nn_one_hot(x, num_classes));
        }
    }
}
