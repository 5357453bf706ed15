namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
                => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    using static TorchSharp.torch;

    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        /// <summary>How many dimensions the native call shall insist on; 0 where only managed code knows.</summary>
        private protected virtual int Dimensions => 0;

        public override Tensor forward(Tensor input)
        {
            if (Dimensions == 0)
                ValidateInputDimensions(input);

            var handle = NativeMethods.rt_nn_batch_norm_module(input, _running_mean, _running_var, _weight, _bias, _num_batches_tracked,
                training ? 1 : 0, track_running_stats ? 1 : 0, momentum ?? double.NaN, eps, Dimensions, out int wrongDimensions);
            if (wrongDimensions != 0)
                ValidateInputDimensions(input);
            return Tensor.Wrap(handle);
        }
    }

    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
        {
        }

        private protected override int Dimensions => 4;

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim != 4)
                throw new ArgumentException($"expected 4D input, but got {input.ndim}D input.");
        }
    }
}
