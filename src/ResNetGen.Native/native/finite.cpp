// Whether all values are finite: one pass over memory on the CPU, one fused pass and one answer for each device and type on CUDA.
#include "guard.h"
#include "optimizer_loops.h"
#include "pieces.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/DeviceGuard.h>

#include <atomic>
#include <cstdint>
#include <vector>

using resnetgen::guarded;

namespace {

// A tensor of the processor's as whole numbers: a value is infinite or not a number where all bits of its exponent are set.
struct Bits {
    int64_t index;  // in the list that was given
    at::Tensor dense;
    uint64_t exponent;

    bool finite(int64_t begin, int64_t count) const {
        const auto& loops = resnetgen::finite_loops_for(resnetgen::processor());
        const void* data = dense.data_ptr();
        switch (dense.element_size()) {
            case 2: return loops.of16(static_cast<const uint16_t*>(data) + begin, count, static_cast<uint16_t>(exponent));
            case 4: return loops.of32(static_cast<const uint32_t*>(data) + begin, count, static_cast<uint32_t>(exponent));
            default: return loops.of64(static_cast<const uint64_t*>(data) + begin, count, exponent);
        }
    }
};

// 0 for types whose bits are not looked at here.
uint64_t exponent_of(at::ScalarType type) {
    switch (type) {
        case at::kFloat: return 0x7f800000u;
        case at::kDouble: return 0x7ff0000000000000ull;
        case at::kHalf: return 0x7c00;
        case at::kBFloat16: return 0x7f80;
        default: return 0;
    }
}

// The smallest index of a tensor with such a value, or -1: one parallel region for all of them.
int64_t first_by_bits(const std::vector<Bits>& tensors) {
    resnetgen::Pieces pieces;
    for (size_t i = 0; i < tensors.size(); i++) pieces.add(static_cast<int64_t>(i), tensors[i].dense.numel());
    std::atomic<int64_t> first{INT64_MAX};
    pieces.run([&](const resnetgen::Piece& piece, size_t) {
        const Bits& tensor = tensors[piece.tensor];
        if (tensor.index >= first.load(std::memory_order_relaxed) || tensor.finite(piece.begin, piece.count)) return;
        int64_t before = first.load(std::memory_order_relaxed);
        while (tensor.index < before && !first.compare_exchange_weak(before, tensor.index, std::memory_order_relaxed)) {
        }
    });
    const int64_t found = first.load();
    return found == INT64_MAX ? -1 : found;
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
std::vector<bool> finite_by_fused_checks(const at::Tensor* const* tensors, int64_t count) {
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

int64_t first_not_finite(const at::Tensor* const* tensors, int64_t count) {
    at::NoGradGuard no_grad;
    const std::vector<bool> known = finite_by_fused_checks(tensors, count);
    std::vector<Bits> bits;
    int64_t first = INT64_MAX;
    for (int64_t i = 0; i < count; i++) {
        const at::Tensor& tensor = *tensors[i];
        if (known[i] || tensor.numel() == 0 || !at::isFloatingType(tensor.scalar_type())) continue;
        const uint64_t exponent = exponent_of(tensor.scalar_type());
        if (tensor.device().is_cpu() && exponent != 0) {
            // Any order will do, so channels_last needs no copy.
            bits.push_back({i, tensor.is_non_overlapping_and_dense() ? tensor : tensor.contiguous(), exponent});
        } else if (!tensor.isfinite().all().item<bool>()) {
            first = i;
            break;
        }
    }
    const int64_t on_cpu = first_by_bits(bits);
    if (on_cpu >= 0 && on_cpu < first) first = on_cpu;
    return first == INT64_MAX ? -1 : first;
}

}  // namespace

// The first tensor of a list that holds a value that is not finite, -1 where all are finite, -2 on error. The
// tensors are left as they are.
RN_EXPORT int64_t rn_first_not_finite(at::Tensor* const* tensors, int64_t count) {
    return guarded<int64_t>(-2, [&] { return first_not_finite(tensors, count); });
}

// The same of the gradients of parameters; the index is the parameter's.
RN_EXPORT int64_t rn_first_gradient_not_finite(at::Tensor* const* parameters, int64_t count) {
    return guarded<int64_t>(-2, [&]() -> int64_t {
        std::vector<const at::Tensor*> gradients;
        std::vector<int64_t> owners;
        for (int64_t i = 0; i < count; i++) {
            if (!parameters[i]->grad().defined()) continue;
            gradients.push_back(&parameters[i]->grad());
            owners.push_back(i);
        }
        const int64_t first = first_not_finite(gradients.data(), static_cast<int64_t>(gradients.size()));
        return first < 0 ? first : owners[first];
    });
}
