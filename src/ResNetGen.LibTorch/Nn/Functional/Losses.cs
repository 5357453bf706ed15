namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0)
                => Tensor.Wrap(NativeMethods.rt_nn_cross_entropy(input, target, weight, (long)reduction, ignore_index, label_smoothing));

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => Tensor.Wrap(NativeMethods.rt_nn_nll_loss(input, target, weight, (long)reduction));

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
                => Tensor.Wrap(NativeMethods.rt_nn_mse_loss(input, target, (long)reduction));

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                => Tensor.Wrap(NativeMethods.rt_nn_binary_cross_entropy_with_logits(input, target, weight, pos_weights, (long)reduction));
        }
    }
}
