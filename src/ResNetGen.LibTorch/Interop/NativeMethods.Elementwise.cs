using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/elementwise.cpp.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rt_abs(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ceil(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_exp(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_floor(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_frac(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_isfinite(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_isnan(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_log(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_neg(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_relu(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rsqrt(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sigmoid(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sign(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sqrt(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_square(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_tanh(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bitwise_not(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sin(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_cos(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_relu_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_sigmoid_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_zero_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mul(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_pow(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_remainder(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_eq(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ne(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_lt(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_le(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_gt(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ge(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bitwise_and(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bitwise_or(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_bitwise_xor(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rt_mul_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rt_pow_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_mul_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_pow_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_remainder_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_eq_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ne_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_lt_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_le_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_gt_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_ge_scalar(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial int rt_mul_scalar_(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial int rt_pow_scalar_(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial int rt_fill_scalar_(Tensor self, ScalarValue other);

    [LibraryImport(Library)]
    internal static partial Tensor rt_add(Tensor self, Tensor other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rt_add_scalar(Tensor self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int rt_add_(Tensor self, Tensor other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int rt_add_scalar_(Tensor self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sub(Tensor self, Tensor other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rt_sub_scalar(Tensor self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int rt_sub_(Tensor self, Tensor other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int rt_sub_scalar_(Tensor self, ScalarValue other, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rsub_scalar(Tensor self, ScalarValue left);

    [LibraryImport(Library)]
    internal static partial Tensor rt_rdiv_scalar(Tensor self, ScalarValue left);

    [LibraryImport(Library)]
    internal static partial Tensor rt_div(Tensor self, Tensor other, int mode);

    [LibraryImport(Library)]
    internal static partial Tensor rt_div_scalar(Tensor self, ScalarValue other, int mode);

    [LibraryImport(Library)]
    internal static partial int rt_div_(Tensor self, Tensor other, int mode);

    [LibraryImport(Library)]
    internal static partial int rt_div_scalar_(Tensor self, ScalarValue other, int mode);

    [LibraryImport(Library)]
    internal static partial Tensor rt_addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_addcdiv_(Tensor self, Tensor tensor1, Tensor tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial Tensor rt_addcmul(Tensor self, Tensor tensor1, Tensor tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_addcmul_(Tensor self, Tensor tensor1, Tensor tensor2, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial Tensor rt_lerp(Tensor self, Tensor end, Tensor weight);

    [LibraryImport(Library)]
    internal static partial int rt_lerp_(Tensor self, Tensor end, Tensor weight);

    [LibraryImport(Library)]
    internal static partial Tensor rt_clamp(Tensor self, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial int rt_clamp_(Tensor self, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial Tensor rt_clamp_tensor(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? min, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? max);

    [LibraryImport(Library)]
    internal static partial int rt_clamp_tensor_(Tensor self, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? min, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? max);

    [LibraryImport(Library)]
    internal static partial Tensor rt_round(Tensor self, long decimals);

    [LibraryImport(Library)]
    internal static partial Tensor rt_nan_to_num(Tensor self, double nan, ScalarValue posinf, ScalarValue neginf);

    [LibraryImport(Library)]
    internal static partial Tensor rt_where(Tensor condition, Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial Tensor rt_masked_fill(Tensor self, Tensor mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_masked_fill_(Tensor self, Tensor mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int rt_copy_(Tensor self, Tensor source, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial Tensor rt_softmax(Tensor self, long dim, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_log_softmax(Tensor self, long dim, int type);

    [LibraryImport(Library)]
    internal static partial Tensor rt_real(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rt_imag(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rt_allclose(Tensor self, Tensor other, double rtol, double atol, int equalNan, out int result);

    [LibraryImport(Library)]
    internal static partial int rt_equal(Tensor self, Tensor other, out int result);
}
