using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => rt_abs(this);

        public Tensor ceil() => rt_ceil(this);

        public Tensor exp() => rt_exp(this);

        public Tensor floor() => rt_floor(this);

        public Tensor frac() => rt_frac(this);

        public Tensor isfinite() => rt_isfinite(this);

        public Tensor isnan() => rt_isnan(this);

        public Tensor log() => rt_log(this);

        public Tensor neg() => rt_neg(this);

        public Tensor relu() => rt_relu(this);

        public Tensor round(long decimals = 0) => rt_round(this, decimals);

        public Tensor rsqrt() => rt_rsqrt(this);

        public Tensor sigmoid() => rt_sigmoid(this);

        public Tensor sign() => rt_sign(this);

        public Tensor sqrt() => rt_sqrt(this);

        public Tensor square() => rt_square(this);

        public Tensor tanh() => rt_tanh(this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => rt_softmax(this, dim, dtype.AsNative());

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => rt_log_softmax(this, dim, dtype.AsNative());

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => rt_clamp(this, min.OrNone(), max.OrNone());

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => rt_clamp_tensor(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor lerp(Tensor end, Tensor weight) => rt_lerp(this, end, weight);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => rt_addcdiv(this, tensor1, tensor2, value.Required(nameof(value)));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => rt_addcdiv(this, tensor1, tensor2, ScalarValue.One);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => rt_addcmul(this, tensor1, tensor2, value.Required(nameof(value)));

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null)
            => rt_nan_to_num(this, nan, OrNone(posinf), OrNone(neginf));

        private static ScalarValue OrNone(double? value) => value is { } number ? ScalarValue.Of(number) : ScalarValue.None;

        public Tensor masked_fill(Tensor mask, Scalar value) => rt_masked_fill(this, mask, value.Required(nameof(value)));

        public Tensor where(Tensor condition, Tensor y) => rt_where(condition, this, y);

        public Tensor real => rt_real(this);

        public Tensor imag => rt_imag(this);
    }
}
