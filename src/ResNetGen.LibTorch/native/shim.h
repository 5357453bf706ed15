// What every file of the shim shares: the boundary between libtorch's C++ and managed code.
//
// Rules of the boundary:
//  - a tensor is an at::Tensor* that the managed side owns and frees with rt_tensor_free;
//  - a function that makes a tensor returns it, or nullptr after an error; other functions return 0, or 1 after an
//    error, and give their results through out-parameters; rt_last_error() has the message, per thread;
//  - no C++ exception leaves: bodies run inside rt::tensor(...) or rt::status(...), or cannot throw and are declared
//    noexcept, with the reason beside them;
//  - optional tensors are nullptr; scalars come by value; arrays as pointer and length.
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#if __has_include(<torch/version.h>)
#include <torch/version.h>
#endif

#include <cstdint>
#include <string>
#include <vector>

#define RT_API extern "C" __attribute__((visibility("default")))

// True where the libtorch at hand is at least major.minor.
#define RT_TORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

using TensorHandle = at::Tensor*;
using OptionalTensor = at::Tensor*; // may be nullptr
using TensorList = at::Tensor* const*;
using GeneratorHandle = at::Generator*; // nullptr: the default generator

// Layout shared with Interop/ScalarValue.cs.
struct RtScalar {
    int64_t i;
    double d;
    int32_t kind; // 0 integer, 1 double, 2 bool, 3 complex (d real, i the bits of the imaginary part), 4 none
};

namespace rt {

#if RT_TORCH_AT_LEAST(2, 5)
template <class T> using opt = std::optional<T>;
inline constexpr auto none = std::nullopt;
#else
template <class T> using opt = c10::optional<T>;
inline constexpr auto none = c10::nullopt;
#endif

void set_error(const char* message) noexcept;
// Call inside catch (...): stores the message of the exception in flight.
void store_current_exception() noexcept;

template <class F>
inline TensorHandle tensor(F&& body) noexcept {
    try {
        return new at::Tensor(body());
    } catch (...) {
        store_current_exception();
        return nullptr;
    }
}

template <class F>
inline int status(F&& body) noexcept {
    try {
        body();
        return 0;
    } catch (...) {
        store_current_exception();
        return 1;
    }
}

at::Scalar scalar(const RtScalar& value);
opt<at::Scalar> optional_scalar(const RtScalar& value);

inline at::IntArrayRef ints(const int64_t* values, int32_t length) {
    return at::IntArrayRef(values, static_cast<size_t>(length));
}

inline opt<at::Tensor> optional(OptionalTensor handle) {
    return handle ? opt<at::Tensor>(*handle) : none;
}

inline at::Tensor or_undefined(OptionalTensor handle) { return handle ? *handle : at::Tensor(); }

// A dtype of -1 says "not given".
inline opt<at::ScalarType> dtype(int32_t type) {
    return type < 0 ? none : opt<at::ScalarType>(static_cast<at::ScalarType>(type));
}

inline at::Device device(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

at::TensorOptions options(int32_t type, int32_t device_type, int32_t device_index);

std::vector<at::Tensor> list(TensorList handles, int32_t length);

// Hands a list of tensors over: an array from malloc, freed with rt_array_free after its handles were taken.
void give(std::vector<at::Tensor>&& tensors, TensorHandle** out, int32_t* count);

inline opt<at::Generator> generator(GeneratorHandle handle) {
    return handle ? opt<at::Generator>(*handle) : none;
}

} // namespace rt

// The common shapes of a function.
#define RT_UNARY(name) \
    RT_API TensorHandle rt_##name(TensorHandle self) { return rt::tensor([&] { return self->name(); }); }
#define RT_UNARY_INPLACE(name) \
    RT_API int rt_##name(TensorHandle self) { return rt::status([&] { self->name(); }); }
#define RT_BINARY(name) \
    RT_API TensorHandle rt_##name(TensorHandle self, TensorHandle other) { return rt::tensor([&] { return self->name(*other); }); }
#define RT_BINARY_INPLACE(name) \
    RT_API int rt_##name(TensorHandle self, TensorHandle other) { return rt::status([&] { self->name(*other); }); }
#define RT_BINARY_SCALAR(name) \
    RT_API TensorHandle rt_##name##_scalar(TensorHandle self, RtScalar other) { \
        return rt::tensor([&] { return self->name(rt::scalar(other)); }); \
    }
#define RT_BINARY_SCALAR_INPLACE(name) \
    RT_API int rt_##name##scalar_(TensorHandle self, RtScalar other) { \
        return rt::status([&] { self->name(rt::scalar(other)); }); \
    }
