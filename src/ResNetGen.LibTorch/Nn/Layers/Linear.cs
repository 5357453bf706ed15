namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
                => new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}

namespace TorchSharp.Modules
{
    using TorchSharp.Utils;
    using static TorchSharp.torch;

    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            var shape = weight.shape;
            (out_features, in_features) = (shape[0], shape[1]);
            this.weight = weight;
            this.bias = bias;
        }

        /// <summary>PyTorch's default values: uniform in ±1/√in_features, for the bias too.</summary>
        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            (out_features, in_features) = (outputSize, inputSize);
            weight = new Parameter(empty(outputSize, inputSize, dtype: dtype, device: device));
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (!hasBias)
                return;
            bias = new Parameter(empty(outputSize, dtype: dtype, device: device));
            double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            nn.init.uniform_(_bias!, -bound, bound);
        }

        public Parameter? bias
        {
            get => _bias;
            set => ReplaceOwn(ref _bias, value, nameof(bias));
        }

        public Parameter weight
        {
            get => _weight!;
            set => ReplaceOwn(ref _weight, value, nameof(weight));
        }

        public long in_features { get; set; }
        public long out_features { get; set; }

        public override Tensor forward(Tensor tensor) => Tensor.Wrap(NativeMethods.rt_nn_linear(tensor, weight, _bias));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _weight?.Dispose();
                _bias?.Dispose();
            }
            base.Dispose(disposing);
        }

        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => ConvertOwn(device, dtype);

        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            => ConvertOwn(new Device(deviceType, deviceIndex), null);

        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => ConvertOwn(null, dtype);

        private Linear ConvertOwn(Device? device, ScalarType? dtype)
        {
            if (ReplaceParameter(dtype, device, _weight!, out var w))
                weight = w!;
            if (_bias is not null && ReplaceParameter(dtype, device, _bias, out var b))
                bias = b;
            return this;
        }
    }
}
