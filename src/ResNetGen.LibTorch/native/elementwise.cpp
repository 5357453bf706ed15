// Arithmetic, comparison and functions, element by element.
#include "shim.h"

#include <ATen/ScalarOps.h>

// A number as the operand of a tensor. libtorch wraps numbers as int64 or float64 tensors and casts them in each kernel,
// which costs more than the arithmetic on a small tensor; beside float32 and float64 the cast is done here, for the same
// value, and the tensor is marked as a number so that types promote as they do with numbers.
static at::Tensor number(const at::Tensor& self, const RtScalar& value) {
    const auto type = self.scalar_type();
    const bool real = value.kind != 3;
    auto result = real && (type == at::kFloat || type == at::kDouble)
        ? at::detail::scalar_tensor_static(rt::scalar(value), type, at::kCPU)
        : c10::scalar_to_tensor(rt::scalar(value));
    result.unsafeGetTensorImpl()->set_wrapped_number(true);
    return result;
}

RT_UNARY(abs)
RT_UNARY(ceil)
RT_UNARY(exp)
RT_UNARY(floor)
RT_UNARY(frac)
RT_UNARY(isfinite)
RT_UNARY(isnan)
RT_UNARY(log)
RT_UNARY(neg)
RT_UNARY(relu)
RT_UNARY(rsqrt)
RT_UNARY(sigmoid)
RT_UNARY(sign)
RT_UNARY(sqrt)
RT_UNARY(square)
RT_UNARY(tanh)
RT_UNARY(bitwise_not)
RT_UNARY(sin)
RT_UNARY(cos)
RT_UNARY_INPLACE(relu_)
RT_UNARY_INPLACE(sigmoid_)
RT_UNARY_INPLACE(zero_)

RT_BINARY(mul)
RT_BINARY(pow)
RT_BINARY(remainder)
RT_BINARY(eq)
RT_BINARY(ne)
RT_BINARY(lt)
RT_BINARY(le)
RT_BINARY(gt)
RT_BINARY(ge)
RT_BINARY(bitwise_and)
RT_BINARY(bitwise_or)
RT_BINARY(bitwise_xor)
RT_BINARY_INPLACE(mul_)
RT_BINARY_INPLACE(pow_)

RT_BINARY_SCALAR(pow)
RT_BINARY_SCALAR(remainder)
RT_BINARY_SCALAR(eq)
RT_BINARY_SCALAR(ne)
RT_BINARY_SCALAR(lt)
RT_BINARY_SCALAR(le)
RT_BINARY_SCALAR(gt)
RT_BINARY_SCALAR(ge)
RT_BINARY_SCALAR_INPLACE(pow_)
RT_BINARY_SCALAR_INPLACE(fill_)

#define RT_ALPHA(name) \
    RT_API TensorHandle rt_##name(TensorHandle self, TensorHandle other, RtScalar alpha) { \
        return rt::tensor([&] { return self->name(*other, rt::scalar(alpha)); }); \
    } \
    RT_API TensorHandle rt_##name##_scalar(TensorHandle self, RtScalar other, RtScalar alpha) { \
        return rt::tensor([&] { return self->name(number(*self, other), rt::scalar(alpha)); }); \
    } \
    RT_API int rt_##name##_(TensorHandle self, TensorHandle other, RtScalar alpha) { \
        return rt::status([&] { self->name##_(*other, rt::scalar(alpha)); }); \
    } \
    RT_API int rt_##name##_scalar_(TensorHandle self, RtScalar other, RtScalar alpha) { \
        return rt::status([&] { self->name##_(number(*self, other), rt::scalar(alpha)); }); \
    }
RT_API TensorHandle rt_mul_scalar(TensorHandle self, RtScalar other) {
    return rt::tensor([&] { return self->mul(number(*self, other)); });
}
RT_API int rt_mul_scalar_(TensorHandle self, RtScalar other) {
    return rt::status([&] { self->mul_(number(*self, other)); });
}
RT_ALPHA(add)
RT_ALPHA(sub)

RT_API TensorHandle rt_rsub_scalar(TensorHandle self, RtScalar left) {
    return rt::tensor([&] { return at::rsub(*self, rt::scalar(left)); });
}
RT_API TensorHandle rt_rdiv_scalar(TensorHandle self, RtScalar left) {
    return rt::tensor([&] { return self->reciprocal().mul(rt::scalar(left)); });
}

// RoundingMode: 0 true division, 1 towards zero, 2 downwards.
static rt::opt<c10::string_view> rounding(int32_t mode) {
    switch (mode) {
        case 1: return c10::string_view("trunc");
        case 2: return c10::string_view("floor");
        default: return rt::none;
    }
}
RT_API TensorHandle rt_div(TensorHandle self, TensorHandle other, int32_t mode) {
    return rt::tensor([&] { return self->div(*other, rounding(mode)); });
}
RT_API TensorHandle rt_div_scalar(TensorHandle self, RtScalar other, int32_t mode) {
    return rt::tensor([&] { return self->div(number(*self, other), rounding(mode)); });
}
RT_API int rt_div_(TensorHandle self, TensorHandle other, int32_t mode) {
    return rt::status([&] { self->div_(*other, rounding(mode)); });
}
RT_API int rt_div_scalar_(TensorHandle self, RtScalar other, int32_t mode) {
    return rt::status([&] { self->div_(number(*self, other), rounding(mode)); });
}

RT_API TensorHandle rt_addcdiv(TensorHandle self, TensorHandle tensor1, TensorHandle tensor2, RtScalar value) {
    return rt::tensor([&] { return self->addcdiv(*tensor1, *tensor2, rt::scalar(value)); });
}
RT_API int rt_addcdiv_(TensorHandle self, TensorHandle tensor1, TensorHandle tensor2, RtScalar value) {
    return rt::status([&] { self->addcdiv_(*tensor1, *tensor2, rt::scalar(value)); });
}
RT_API TensorHandle rt_addcmul(TensorHandle self, TensorHandle tensor1, TensorHandle tensor2, RtScalar value) {
    return rt::tensor([&] { return self->addcmul(*tensor1, *tensor2, rt::scalar(value)); });
}
RT_API int rt_addcmul_(TensorHandle self, TensorHandle tensor1, TensorHandle tensor2, RtScalar value) {
    return rt::status([&] { self->addcmul_(*tensor1, *tensor2, rt::scalar(value)); });
}
RT_API TensorHandle rt_lerp(TensorHandle self, TensorHandle end, TensorHandle weight) {
    return rt::tensor([&] { return self->lerp(*end, *weight); });
}
RT_API int rt_lerp_(TensorHandle self, TensorHandle end, TensorHandle weight) {
    return rt::status([&] { self->lerp_(*end, *weight); });
}
RT_API TensorHandle rt_clamp(TensorHandle self, RtScalar min, RtScalar max) {
    return rt::tensor([&] { return self->clamp(rt::optional_scalar(min), rt::optional_scalar(max)); });
}
RT_API int rt_clamp_(TensorHandle self, RtScalar min, RtScalar max) {
    return rt::status([&] { self->clamp_(rt::optional_scalar(min), rt::optional_scalar(max)); });
}
RT_API TensorHandle rt_clamp_tensor(TensorHandle self, OptionalTensor min, OptionalTensor max) {
    return rt::tensor([&] { return self->clamp(rt::optional(min), rt::optional(max)); });
}
RT_API int rt_clamp_tensor_(TensorHandle self, OptionalTensor min, OptionalTensor max) {
    return rt::status([&] { self->clamp_(rt::optional(min), rt::optional(max)); });
}
RT_API TensorHandle rt_round(TensorHandle self, int64_t decimals) {
    return rt::tensor([&] { return decimals == 0 ? self->round() : self->round(decimals); });
}
// The limits arrive as absent scalars where they are not given.
RT_API TensorHandle rt_nan_to_num(TensorHandle self, double nan, RtScalar posinf, RtScalar neginf) {
    return rt::tensor([&] {
        auto limit = [](const RtScalar& value) { return value.kind == 4 ? rt::opt<double>() : rt::opt<double>(value.d); };
        return self->nan_to_num(nan, limit(posinf), limit(neginf));
    });
}
RT_API TensorHandle rt_where(TensorHandle condition, TensorHandle x, TensorHandle y) {
    return rt::tensor([&] { return at::where(*condition, *x, *y); });
}
RT_API TensorHandle rt_masked_fill(TensorHandle self, TensorHandle mask, RtScalar value) {
    return rt::tensor([&] { return self->masked_fill(*mask, rt::scalar(value)); });
}
RT_API int rt_masked_fill_(TensorHandle self, TensorHandle mask, RtScalar value) {
    return rt::status([&] { self->masked_fill_(*mask, rt::scalar(value)); });
}
RT_API int rt_copy_(TensorHandle self, TensorHandle source, int32_t non_blocking) {
    return rt::status([&] { self->copy_(*source, non_blocking != 0); });
}
RT_API TensorHandle rt_softmax(TensorHandle self, int64_t dim, int32_t type) {
    return rt::tensor([&] { return self->softmax(dim, rt::dtype(type)); });
}
RT_API TensorHandle rt_log_softmax(TensorHandle self, int64_t dim, int32_t type) {
    return rt::tensor([&] { return self->log_softmax(dim, rt::dtype(type)); });
}
RT_API TensorHandle rt_real(TensorHandle self) { return rt::tensor([&] { return at::real(*self); }); }
RT_API TensorHandle rt_imag(TensorHandle self) { return rt::tensor([&] { return at::imag(*self); }); }
RT_API int rt_allclose(TensorHandle self, TensorHandle other, double rtol, double atol, int32_t equal_nan, int32_t* out) {
    return rt::status([&] { *out = self->allclose(*other, rtol, atol, equal_nan != 0); });
}
RT_API int rt_equal(TensorHandle self, TensorHandle other, int32_t* out) { return rt::status([&] { *out = self->equal(*other); }); }
