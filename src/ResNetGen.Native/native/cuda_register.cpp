// Tells the parts that all devices share that CUDA has kernels of its own.
#include "batch_norm.h"
#include "cuda_headers.h"
#include "launcher.h"
#include "optimizer.h"

#ifdef RN_CUDA

namespace resnetgen::kernels {

const batch_norm::Backend& batch_norm_backend();
const Kernels& optimizer_kernels();

namespace {

// Whether the kernels could be compiled and loaded; where not, plain tensor operations do the work, which is said once.
bool can_launch() {
    static const bool can = [] {
        try {
            launcher_for(at::empty({1}, at::TensorOptions().device(at::kCUDA).dtype(at::kFloat)));
            return true;
        } catch (const c10::Error& error) {
            TORCH_WARN("ResNetGen's fused CUDA kernels are not used: ", error.what_without_backtrace());
            return false;
        }
    }();
    return can;
}

bool takes_maps(const at::Tensor& input) { return batch_norm_backend().takes(input) && can_launch(); }

bool takes_type(at::ScalarType type) { return type == at::kFloat && can_launch(); }

const batch_norm::Registration registration(at::kCUDA, {takes_maps, batch_norm_backend().forward, batch_norm_backend().backward});

[[maybe_unused]] const bool registered = (set_kernels(at::kCUDA, &optimizer_kernels(), takes_type), true);

}  // namespace

}  // namespace resnetgen::kernels

#endif
