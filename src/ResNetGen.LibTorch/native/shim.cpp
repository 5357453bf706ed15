#include "shim.h"

#include <cstdlib>
#include <cstring>

namespace rt {

static thread_local std::string last_error;

void set_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear(); // out of memory: an empty message still arrives as an exception
    }
}

void store_current_exception() noexcept {
    try {
        throw;
    } catch (const c10::Error& e) {
        // Without the C++ backtrace: a managed exception brings its own, and the message stays readable.
        set_error(e.what_without_backtrace());
    } catch (const std::exception& e) {
        set_error(e.what());
    } catch (...) {
        set_error("libtorch threw an exception of an unknown type.");
    }
}

at::Scalar scalar(const RtScalar& value) {
    switch (value.kind) {
        case 0: return at::Scalar(value.i);
        case 1: return at::Scalar(value.d);
        case 2: return at::Scalar(value.i != 0);
        case 3: {
            double imaginary;
            std::memcpy(&imaginary, &value.i, sizeof imaginary);
            return at::Scalar(c10::complex<double>(value.d, imaginary));
        }
        default: TORCH_CHECK(false, "a number was expected, got none");
    }
}

opt<at::Scalar> optional_scalar(const RtScalar& value) {
    return value.kind == 4 ? none : opt<at::Scalar>(scalar(value));
}

at::TensorOptions options(int32_t type, int32_t device_type, int32_t device_index) {
    at::TensorOptions result = at::TensorOptions().device(device(device_type, device_index));
    return type < 0 ? result : result.dtype(static_cast<at::ScalarType>(type));
}

std::vector<at::Tensor> list(TensorList handles, int32_t length) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(length));
    for (int32_t i = 0; i < length; i++) result.push_back(or_undefined(handles[i]));
    return result;
}

void give(std::vector<at::Tensor>&& tensors, TensorHandle** out, int32_t* count) {
    auto* handles = static_cast<TensorHandle*>(std::calloc(tensors.size() + 1, sizeof(TensorHandle)));
    if (!handles) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); i++) {
        handles[i] = tensors[i].defined() ? new at::Tensor(std::move(tensors[i])) : nullptr;
    }
    *out = handles;
    *count = static_cast<int32_t>(tensors.size());
}

} // namespace rt

// noexcept: a string that is there already.
RT_API const char* rt_last_error() noexcept { return rt::last_error.c_str(); }

RT_API void rt_tensor_free(TensorHandle self) {
    // A destructor may throw from a device's allocator; nothing can be done about it here.
    rt::status([&] { delete self; });
}

// noexcept: free() is C.
RT_API void rt_array_free(TensorHandle* array) noexcept { std::free(array); }

// noexcept: a constant.
RT_API const char* rt_version() noexcept { return TORCH_VERSION; }
