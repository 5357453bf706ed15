// What the managed side calls: tensors are gathered by device and type, laid alike, and given to the kernels of their device.
#include "optimizer.h"
#include "same_layout.h"

#include <ATen/core/grad_mode.h>
#include <ATen/record_function.h>
#include <cmath>

using resnetgen::guarded;
using resnetgen::Kernels;
using resnetgen::Known;
using resnetgen::Pair;
using resnetgen::Slice;

namespace {

const at::Tensor& main_tensor(const Slice& slice) { return slice.weight; }
const at::Tensor& main_tensor(const Pair& pair) { return pair.average; }
const at::Tensor& main_tensor(const at::Tensor& tensor) { return tensor; }

// Items whose tensors are on one device, of one type, and walked alike. Tensors with gaps or elements in common have no order
// of memory: they are left to plain operations.
template <typename Item>
class Batches {
public:
    void add(Item item) {
        const at::Tensor& tensor = main_tensor(item);
        if (tensor.numel() == 0) return;
        const bool dense = tensor.is_non_overlapping_and_dense();
        for (Batch& batch : batches_) {
            const at::Tensor& like = main_tensor(batch.items[0]);
            if (batch.dense == dense && like.device() == tensor.device() && like.scalar_type() == tensor.scalar_type()) {
                batch.items.push_back(std::move(item));
                return;
            }
        }
        batches_.push_back({dense, {std::move(item)}});
    }

    // Calls one entry of the kernels that are right for each batch, with its items and what else is given.
    template <typename Entry, typename... Rest>
    void run(Entry Kernels::*entry, const Rest&... rest) const {
        for (const Batch& batch : batches_) {
            const auto kernel = batch.dense ? resnetgen::kernel(entry, main_tensor(batch.items[0])) : resnetgen::plain_kernels().*entry;
            kernel(batch.items, rest...);
        }
    }

private:
    struct Batch {
        bool dense;
        std::vector<Item> items;
    };
    std::vector<Batch> batches_;
};

at::Tensor or_undefined(const at::Tensor* tensor) { return tensor == nullptr ? at::Tensor() : *tensor; }

Known known(const at::Tensor* rate, const at::Tensor* scale, const at::Tensor* found) {
    return {or_undefined(rate), or_undefined(scale), or_undefined(found)};
}

// Which parameters have a gradient; of the rest of them the step takes no notice.
std::vector<int64_t> live_of(at::Tensor* const* parameters, int64_t count) {
    std::vector<int64_t> live;
    for (int64_t i = 0; i < count; i++) {
        if (parameters[i]->grad().defined()) live.push_back(i);
    }
    return live;
}

std::vector<at::Tensor> gradients_of(at::Tensor* const* parameters, int64_t count) {
    std::vector<at::Tensor> gradients;
    for (const int64_t i : live_of(parameters, count)) gradients.push_back(parameters[i]->grad());
    return gradients;
}

Batches<at::Tensor> batches_of(const std::vector<at::Tensor>& gradients) {
    Batches<at::Tensor> batches;
    for (const at::Tensor& gradient : gradients) {
        TORCH_CHECK(gradient.layout() == at::kStrided, "gradients must be dense tensors here, found one that is ", gradient.layout());
        batches.add(gradient);
    }
    return batches;
}

}  // namespace

// Which passes a tensor's device computes with kernels of its own, that take all of `Known` from the device and wait for nothing: bit 0
// SGD, 1 LAMB, 2 the average, 3 scaling, 4 measuring. The processor's kernels have nothing to wait for, and read `Known` at once.
RN_EXPORT int32_t rn_own_kernels(const at::Tensor* like) {
    return guarded<int32_t>(0, [&] {
        const Kernels* own = resnetgen::kernels_for(like->device(), like->scalar_type());
        return own == nullptr ? 0
                              : (own->sgd != nullptr) | (own->lamb != nullptr) << 1 | (own->average != nullptr) << 2 | (own->scale != nullptr) << 3
                | (own->measure != nullptr) << 4;
    });
}

// One step of SGD as torch.optim.SGD makes it (dampening 0). momenta and begun may be null where momentum is 0; begun says
// for each parameter whether its momentum has begun, and is brought up to date. 0 on success.
RN_EXPORT int32_t rn_sgd(at::Tensor* const* parameters, at::Tensor* const* momenta, uint8_t* begun, const double* decay, int64_t count,
                         double rate, double momentum, int32_t nesterov, const at::Tensor* rate_tensor, const at::Tensor* scale,
                         const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        RECORD_FUNCTION("rn::sgd_step", std::vector<c10::IValue>());
        at::NoGradGuard no_grad;
        Batches<Slice> batches;
        const std::vector<int64_t> live = live_of(parameters, count);
        for (const int64_t i : live) {
            const at::Tensor& parameter = *parameters[i];
            Slice slice;
            slice.weight = parameter;
            slice.gradient = resnetgen::laid_like(parameter.grad(), parameter);
            slice.decay = decay[i];
            if (momentum != 0) {
                resnetgen::follow(*momenta[i], parameter);
                slice.first = *momenta[i];
                slice.fresh = begun[i] == 0;
            }
            batches.add(std::move(slice));
        }
        batches.run(&Kernels::sgd, resnetgen::SgdStep{rate, momentum, nesterov != 0}, known(rate_tensor, scale, found));
        for (const int64_t i : live) {
            resnetgen::changed(*parameters[i]);
            if (momentum != 0) begun[i] = 1;
        }
        return 0;
    });
}

// Step number `step`, from 1, of LAMB. 0 on success.
RN_EXPORT int32_t rn_lamb(at::Tensor* const* parameters, at::Tensor* const* means, at::Tensor* const* squares, const double* decay, int64_t count,
                          double rate, double beta1, double beta2, double epsilon, int64_t step, const at::Tensor* scale, const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        RECORD_FUNCTION("rn::lamb_step", std::vector<c10::IValue>());
        at::NoGradGuard no_grad;
        Batches<Slice> batches;
        const std::vector<int64_t> live = live_of(parameters, count);
        for (const int64_t i : live) {
            const at::Tensor& parameter = *parameters[i];
            resnetgen::follow(*means[i], parameter);
            resnetgen::follow(*squares[i], parameter);
            batches.add({parameter, resnetgen::laid_like(parameter.grad(), parameter), *means[i], *squares[i], decay[i], false});
        }
        const double t = static_cast<double>(step);
        const resnetgen::LambStep numbers{rate, beta1, beta2, epsilon, 1 - std::pow(beta1, t), 1 - std::pow(beta2, t)};
        batches.run(&Kernels::lamb, numbers, known(nullptr, scale, found));
        for (const int64_t i : live) resnetgen::changed(*parameters[i]);
        return 0;
    });
}

// average = decay * average + (1 - decay) * value for each of some tensors. 0 on success.
RN_EXPORT int32_t rn_average(at::Tensor* const* averages, at::Tensor* const* values, int64_t count, double decay, const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        RECORD_FUNCTION("rn::average", std::vector<c10::IValue>());
        at::NoGradGuard no_grad;
        Batches<Pair> batches;
        for (int64_t i = 0; i < count; i++) {
            resnetgen::follow(*averages[i], *values[i]);
            batches.add({*averages[i], *values[i]});
        }
        batches.run(&Kernels::average, decay, known(nullptr, nullptr, found));
        for (int64_t i = 0; i < count; i++) resnetgen::changed(*averages[i]);
        return 0;
    });
}

// What is known of the parameters' gradients together: the sum of their squares (float64, one number), added to `squares`, and
// whether a value is not finite (float32, one number), which is then set to 1. Both on the device of the gradients. 0 on success.
RN_EXPORT int32_t rn_measure_gradients(at::Tensor* const* parameters, int64_t count, const at::Tensor* squares, const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        RECORD_FUNCTION("rn::measure_gradients", std::vector<c10::IValue>());
        at::NoGradGuard no_grad;
        batches_of(gradients_of(parameters, count)).run(&Kernels::measure, *squares, *found);
        return 0;
    });
}

// Multiplies all gradients by a number on their device. 0 on success.
RN_EXPORT int32_t rn_scale_gradients(at::Tensor* const* parameters, int64_t count, const at::Tensor* scale) {
    return guarded<int32_t>(1, [&] {
        RECORD_FUNCTION("rn::scale_gradients", std::vector<c10::IValue>());
        at::NoGradGuard no_grad;
        const std::vector<at::Tensor> gradients = gradients_of(parameters, count);
        batches_of(gradients).run(&Kernels::scale, known(nullptr, scale, nullptr));
        for (const at::Tensor& gradient : gradients) resnetgen::changed(gradient);
        return 0;
    });
}

// Gives all gradients back, so that their memory serves the next pass. 0 on success.
RN_EXPORT int32_t rn_clear_gradients(at::Tensor* const* parameters, int64_t count) {
    return guarded<int32_t>(1, [&] {
        for (int64_t i = 0; i < count; i++) parameters[i]->mutable_grad().reset();
        return 0;
    });
}
