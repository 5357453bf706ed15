// Whether all values are finite: one pass over memory on the CPU, one fused pass and one answer for each device and type on CUDA.
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

// CUDA: the check that mixed precision makes, with a scale of 1, takes tensors of one device and type. It writes every value
// back as it was; variable_data() has a version counter of its own, so that autograd does not take that for a change.
struct FusedCheck {
    c10::Device device;
    at::ScalarType type;
    std::vector<at::Tensor> tensors;
    at::Tensor found;

    bool takes(const at::Tensor& tensor) const { return tensor.device() == device && tensor.scalar_type() == type; }

    void start() {
        c10::DeviceGuard guard(device);
        const auto options = at::TensorOptions().device(device).dtype(at::kFloat);
        found = at::zeros({1}, options);
        at::_amp_foreach_non_finite_check_and_unscale_(tensors, found, at::ones({1}, options));
    }
};

// Float and half, with no element twice in memory: the rest is checked one by one.
bool is_fused(const at::Tensor& tensor) {
    const at::ScalarType type = tensor.scalar_type();
    return tensor.is_cuda() && (type == at::kFloat || type == at::kHalf) && tensor.numel() > 0 && tensor.is_non_overlapping_and_dense();
}

// Which tensors are known to be finite after the fused checks: all are started before the first is waited for.
std::vector<bool> finite_by_fused_checks(at::Tensor* const* tensors, int64_t count) {
    std::vector<FusedCheck> checks;
    std::vector<int64_t> check_of(count, -1);
    for (int64_t i = 0; i < count; i++) {
        const at::Tensor& tensor = *tensors[i];
        if (!is_fused(tensor)) continue;
        size_t its = 0;
        while (its < checks.size() && !checks[its].takes(tensor)) its++;
        if (its == checks.size()) checks.push_back({tensor.device(), tensor.scalar_type(), {}, {}});
        checks[its].tensors.push_back(tensor.variable_data());
        check_of[i] = static_cast<int64_t>(its);
    }
    for (FusedCheck& check : checks) check.start();
    std::vector<bool> finite;
    for (const FusedCheck& check : checks) finite.push_back(check.found.item<float>() == 0);
    std::vector<bool> known(count, false);
    for (int64_t i = 0; i < count; i++) known[i] = check_of[i] >= 0 && finite[check_of[i]];
    return known;
}

}  // namespace

// The first tensor of a list that holds a value that is not finite, -1 where all are finite, -2 on error. The
// tensors are left as they are.
RN_EXPORT int64_t rn_first_not_finite(at::Tensor* const* tensors, int64_t count) {
    return guarded<int64_t>(-2, [&]() -> int64_t {
        at::NoGradGuard no_grad;
        const std::vector<bool> known = finite_by_fused_checks(tensors, count);
        for (int64_t i = 0; i < count; i++) {
            if (!known[i] && !all_finite(*tensors[i])) return i;
        }
        return -1;
    });
}
