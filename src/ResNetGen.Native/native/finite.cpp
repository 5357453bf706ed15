// Whether all values are finite: one pass over memory on the CPU, one fused pass and one answer on CUDA.
#include "guard.h"

#include <ATen/Parallel.h>
#include <c10/core/DeviceGuard.h>

#include <atomic>
#include <cstring>
#include <vector>

using resnetgen::guarded;

namespace {

// A value is infinite or not a number where all bits of its exponent are set. Whole numbers are compared, in blocks of one
// length and without leaving a block early: that is what compilers turn into vector instructions.
template <typename Bits, Bits Exponent>
Bits any_not_finite(const Bits* bits, int64_t count) {
    Bits found = 0;
    for (int64_t i = 0; i < count; i++) found |= static_cast<Bits>((bits[i] & Exponent) == Exponent);
    return found;
}

template <typename Bits, Bits Exponent>
bool bits_finite(const void* data, int64_t count) {
    constexpr int64_t block = 1 << 10;
    constexpr int64_t grain = 1 << 18;
    const auto* bits = static_cast<const Bits*>(data);
    std::atomic<bool> finite{true};
    at::parallel_for(0, count, grain, [&](int64_t begin, int64_t end) {
        Bits found = 0;
        int64_t i = begin;
        for (; i + block <= end && found == 0; i += block) found = any_not_finite<Bits, Exponent>(bits + i, block);
        if (found == 0) found = any_not_finite<Bits, Exponent>(bits + i, end - i);
        if (found != 0) finite.store(false, std::memory_order_relaxed);
    });
    return finite.load();
}

bool all_finite(const at::Tensor& tensor) {
    if (tensor.numel() == 0 || !at::isFloatingType(tensor.scalar_type())) return true;
    if (!tensor.device().is_cpu()) return tensor.isfinite().all().item<bool>();
    // Any order will do, so channels_last needs no copy.
    const at::Tensor dense = tensor.is_non_overlapping_and_dense() ? tensor : tensor.contiguous();
    switch (dense.scalar_type()) {
        case at::kFloat: return bits_finite<uint32_t, 0x7f800000u>(dense.data_ptr(), dense.numel());
        case at::kDouble: return bits_finite<uint64_t, 0x7ff0000000000000ull>(dense.data_ptr(), dense.numel());
        case at::kHalf: return bits_finite<uint16_t, 0x7c00>(dense.data_ptr(), dense.numel());
        case at::kBFloat16: return bits_finite<uint16_t, 0x7f80>(dense.data_ptr(), dense.numel());
        default: return dense.isfinite().all().item<bool>();
    }
}

// CUDA: the check that mixed precision makes, with a scale of 1. The device is waited for once, for all tensors.
bool all_finite_on_cuda(at::TensorList tensors) {
    c10::DeviceGuard guard(tensors[0].device());
    const auto options = tensors[0].options().dtype(at::kFloat);
    at::Tensor found = at::zeros({1}, options);
    at::_amp_foreach_non_finite_check_and_unscale_(tensors, found, at::ones({1}, options));
    return found.item<float>() == 0;
}

}  // namespace

// The first tensor of a list that holds a value that is not finite, -1 where all are finite, -2 on error. The
// tensors are left as they are.
RN_EXPORT int64_t rn_first_not_finite(at::Tensor* const* tensors, int64_t count) {
    return guarded<int64_t>(-2, [&]() -> int64_t {
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> on_cuda;
        for (int64_t i = 0; i < count; i++) {
            if (tensors[i]->is_cuda() && tensors[i]->scalar_type() == at::kFloat) on_cuda.push_back(tensors[i]->detach());
        }
        if (static_cast<int64_t>(on_cuda.size()) == count && count > 0 && all_finite_on_cuda(on_cuda)) return -1;
        for (int64_t i = 0; i < count; i++) {
            if (!all_finite(*tensors[i])) return i;
        }
        return -1;
    });
}
