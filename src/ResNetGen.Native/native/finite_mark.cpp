// Whether values are finite, left on the device: a step that nobody waits for reads it there.
#include "guard.h"

#include <ATen/core/grad_mode.h>

#include <vector>

using resnetgen::guarded;

// Sets `found` (float32, one number) to 1 where a floating value is not finite, and leaves it as it is otherwise. All tensors are on
// its device. Nothing is waited for on CUDA. 0, or 1 on error.
RN_EXPORT int32_t rn_mark_not_finite(at::Tensor* const* tensors, int64_t count, const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> fused;
        for (int64_t i = 0; i < count; i++) {
            const at::Tensor& tensor = *tensors[i];
            if (tensor.numel() == 0 || !at::isFloatingType(tensor.scalar_type())) continue;
            TORCH_CHECK(tensor.device() == found->device(), "expected all values on ", found->device(), ", found some on ", tensor.device());
            // The check that mixed precision makes, with a scale of 1: writes every value back as it was.
            if (tensor.is_cuda() && tensor.scalar_type() == at::kFloat && tensor.is_non_overlapping_and_dense()) {
                fused.push_back(tensor.variable_data());
            } else {
                found->copy_(at::maximum(*found, tensor.isfinite().all().logical_not().to(at::kFloat)));
            }
        }
        if (!fused.empty()) at::_amp_foreach_non_finite_check_and_unscale_(fused, const_cast<at::Tensor&>(*found), at::ones({1}, found->options()));
        return 0;
    });
}
