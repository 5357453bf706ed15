// The process: threads, devices, defaults, files in libtorch's own format.
#include "shim.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/ScalarTypeToTypeMeta.h>
#include <torch/csrc/jit/serialization/pickle.h>
#include <torch/serialize.h>

#include <atomic>

RT_API int rt_get_num_threads(int32_t* out) { return rt::status([&] { *out = at::get_num_threads(); }); }

// at::set_num_threads also makes threads for XNNPACK, which compete with everybody else's for a while: not for a number that holds
// anyway. It holds for every thread where it was set here before, or was never set and is libtorch's own choice.
RT_API int rt_set_num_threads(int32_t count) {
    return rt::status([&] {
        static std::atomic<int32_t> chosen{0};
        const int32_t before = chosen.exchange(count);
        if ((before != 0 && before != count) || at::get_num_threads() != count) at::set_num_threads(count);
    });
}
RT_API int rt_get_num_interop_threads(int32_t* out) {
    return rt::status([&] { *out = static_cast<int32_t>(at::get_num_interop_threads()); });
}
RT_API int rt_set_num_interop_threads(int32_t count) { return rt::status([&] { at::set_num_interop_threads(count); }); }

RT_API int rt_get_default_dtype(int32_t* out) {
    return rt::status([&] { *out = static_cast<int32_t>(c10::get_default_dtype_as_scalartype()); });
}
RT_API int rt_set_default_dtype(int32_t type) {
    return rt::status([&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(type))); });
}

RT_API int32_t rt_cuda_is_available() {
    int32_t result = 0;
    rt::status([&] { result = at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0; });
    return result;
}
RT_API int32_t rt_cuda_device_count() {
    int32_t result = 0;
    rt::status([&] { result = at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0; });
    return result;
}
RT_API int32_t rt_cudnn_is_available() {
    int32_t result = 0;
    rt::status([&] { result = at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0 && at::detail::getCUDAHooks().hasCuDNN(); });
    return result;
}
RT_API int rt_cuda_synchronize(int32_t index) {
    return rt::status([&] {
        TORCH_CHECK(at::hasCUDA(), "cuda.synchronize: this libtorch has no CUDA");
        auto& hooks = at::detail::getCUDAHooks();
        hooks.deviceSynchronize(static_cast<c10::DeviceIndex>(index < 0 ? hooks.current_device() : index));
    });
}

// The getters check too: a recent libtorch's for TF32 throws where the older and the newer setting contradict each other.
RT_API int rt_get_context_flag(int32_t which, int32_t* out) {
    return rt::status([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: *out = context.allowTF32CuBLAS(); break;
            case 1: *out = context.allowTF32CuDNN(); break;
            case 2: *out = context.allowFP16ReductionCuBLAS() ? 1 : 0; break;
            case 3: *out = context.userEnabledFlashSDP(); break;
            default: *out = context.userEnabledMathSDP(); break;
        }
    });
}
RT_API int rt_set_context_flag(int32_t which, int32_t value) {
    return rt::status([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: context.setAllowTF32CuBLAS(value != 0); break;
            case 1: context.setAllowTF32CuDNN(value != 0); break;
            case 2: context.setAllowFP16ReductionCuBLAS(value != 0); break;
            case 3: context.setSDPUseFlash(value != 0); break;
            default: context.setSDPUseMath(value != 0); break;
        }
    });
}

RT_API int rt_save(TensorHandle self, const char* path) {
    return rt::status([&] { torch::save(*self, std::string(path)); });
}
RT_API TensorHandle rt_load(const char* path) {
    return rt::tensor([&] {
        at::Tensor result;
        torch::load(result, std::string(path));
        return result;
    });
}
