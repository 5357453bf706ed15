// Tensors from nothing, from memory and from chance.
#include "shim.h"

#include <cstring>

#define RT_RANDOM_FACTORY(name) \
    RT_API TensorHandle rt_##name(const int64_t* sizes, int32_t length, GeneratorHandle generator, int32_t type, int32_t device_type, \
                                  int32_t device_index, int32_t requires_grad) { \
        return rt::tensor([&] { \
            return rt::with_grad(at::name(rt::ints(sizes, length), rt::generator(generator), rt::options(type, device_type, device_index)), \
                                 requires_grad); \
        }); \
    }

namespace rt {

// ATen's factories refuse options that require a gradient; it is set on the result.
static at::Tensor with_grad(at::Tensor&& tensor, int32_t requires_grad) {
    if (requires_grad) tensor.set_requires_grad(true);
    return std::move(tensor);
}

} // namespace rt

#define RT_SIZED(name) \
    RT_API TensorHandle rt_##name(const int64_t* sizes, int32_t length, int32_t type, int32_t device_type, int32_t device_index, \
                                  int32_t requires_grad) { \
        return rt::tensor([&] { \
            return rt::with_grad(at::name(rt::ints(sizes, length), rt::options(type, device_type, device_index)), requires_grad); \
        }); \
    }

RT_SIZED(zeros)
RT_SIZED(ones)
RT_SIZED(empty)
RT_RANDOM_FACTORY(rand)
RT_RANDOM_FACTORY(randn)

RT_API TensorHandle rt_full(const int64_t* sizes, int32_t length, RtScalar value, int32_t type, int32_t device_type, int32_t device_index,
                            int32_t requires_grad) {
    return rt::tensor([&] {
        return rt::with_grad(at::full(rt::ints(sizes, length), rt::scalar(value), rt::options(type, device_type, device_index)), requires_grad);
    });
}

RT_API TensorHandle rt_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t length, GeneratorHandle generator, int32_t type,
                               int32_t device_type, int32_t device_index, int32_t requires_grad) {
    return rt::tensor([&] {
        auto options = rt::options(type < 0 ? static_cast<int32_t>(at::kLong) : type, device_type, device_index);
        return rt::with_grad(at::randint(low, high, rt::ints(sizes, length), rt::generator(generator), options), requires_grad);
    });
}

RT_API TensorHandle rt_randperm(int64_t n, GeneratorHandle generator, int32_t type, int32_t device_type, int32_t device_index,
                                int32_t requires_grad) {
    return rt::tensor([&] {
        auto options = rt::options(type < 0 ? static_cast<int32_t>(at::kLong) : type, device_type, device_index);
        return rt::with_grad(at::randperm(n, rt::generator(generator), options), requires_grad);
    });
}
RT_API int rt_randperm_out(int64_t n, GeneratorHandle generator, TensorHandle out) {
    return rt::status([&] { at::randperm_out(*out, n, rt::generator(generator)); });
}

RT_API TensorHandle rt_arange(RtScalar start, RtScalar stop, RtScalar step, int32_t type, int32_t device_type, int32_t device_index,
                              int32_t requires_grad) {
    return rt::tensor([&] {
        return rt::with_grad(at::arange(rt::scalar(start), rt::scalar(stop), rt::scalar(step), rt::options(type, device_type, device_index)),
                             requires_grad);
    });
}

RT_API TensorHandle rt_linspace(double start, double end, int64_t steps, int32_t type, int32_t device_type, int32_t device_index,
                                int32_t requires_grad) {
    return rt::tensor([&] {
        return rt::with_grad(at::linspace(start, end, steps, rt::options(type, device_type, device_index)), requires_grad);
    });
}

RT_API TensorHandle rt_eye(int64_t rows, int64_t columns, int32_t type, int32_t device_type, int32_t device_index, int32_t requires_grad) {
    return rt::tensor([&] {
        return rt::with_grad(at::eye(rows, columns, rt::options(type, device_type, device_index)), requires_grad);
    });
}

// A device type of -1: as the model tensor's.
static at::TensorOptions like_options(TensorHandle self, int32_t type, int32_t device_type, int32_t device_index) {
    auto options = self->options();
    if (type >= 0) options = options.dtype(static_cast<at::ScalarType>(type));
    if (device_type >= 0) options = options.device(rt::device(device_type, device_index));
    return options;
}

#define RT_LIKE(name) \
    RT_API TensorHandle rt_##name(TensorHandle self, int32_t type, int32_t device_type, int32_t device_index, int32_t requires_grad) { \
        return rt::tensor([&] { \
            return rt::with_grad(at::name(*self, like_options(self, type, device_type, device_index)), requires_grad); \
        }); \
    }
RT_LIKE(zeros_like)
RT_LIKE(ones_like)
RT_LIKE(empty_like)
RT_LIKE(rand_like)
RT_LIKE(randn_like)

RT_API TensorHandle rt_full_like(TensorHandle self, RtScalar value, int32_t type, int32_t device_type, int32_t device_index,
                                 int32_t requires_grad) {
    return rt::tensor([&] {
        return rt::with_grad(at::full_like(*self, rt::scalar(value), like_options(self, type, device_type, device_index)), requires_grad);
    });
}

// Copies `bytes` of memory into a new tensor of the given extents: no lifetime of ours depends on the caller's array.
RT_API TensorHandle rt_from_memory(const void* data, int64_t bytes, const int64_t* sizes, int32_t length, int32_t memory_type, int32_t type,
                                   int32_t device_type, int32_t device_index, int32_t requires_grad) {
    return rt::tensor([&] {
        auto tensor = at::empty(rt::ints(sizes, length), at::TensorOptions().dtype(static_cast<at::ScalarType>(memory_type)));
        TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "an array of ", bytes, " bytes does not fill a tensor of shape ",
                    tensor.sizes(), " and type ", tensor.dtype(), ", which takes ", tensor.nbytes());
        if (bytes > 0) std::memcpy(tensor.data_ptr(), data, static_cast<size_t>(bytes));
        auto target = static_cast<at::ScalarType>(type < 0 ? memory_type : type);
        return rt::with_grad(tensor.to(rt::device(device_type, device_index), target), requires_grad);
    });
}
