// The passes in plain tensor operations, for devices and types that have no kernels of their own; and who has which.
#include "optimizer.h"

#include <array>
#include <cmath>

namespace resnetgen {

const Kernels* cpu_kernels(at::ScalarType type);

namespace {

struct Registered {
    const Kernels* kernels = nullptr;
    bool (*takes)(at::ScalarType) = nullptr;
};

Registered& registered(c10::DeviceType device) {
    static std::array<Registered, static_cast<size_t>(c10::DeviceType::COMPILE_TIME_MAX_DEVICE_TYPES)> all;
    return all[static_cast<size_t>(device)];
}

bool is_stopped(const Known& known) { return known.found.defined() && known.found.item<float>() != 0; }
double rate_of(const Known& known, double rate) { return known.rate.defined() ? known.rate.item<double>() : rate; }

std::vector<at::Tensor> gradients_of(const std::vector<Slice>& slices, const Known& known) {
    std::vector<at::Tensor> gradients;
    for (const Slice& slice : slices) gradients.push_back(known.scale.defined() ? slice.gradient.mul(known.scale.to(slice.gradient.device())) : slice.gradient);
    return gradients;
}

// The order of operations is torch.optim.SGD's.
void sgd_of(const std::vector<const Slice*>& slices, std::vector<at::Tensor> gradients, const SgdStep& step, double rate) {
    std::vector<at::Tensor> weights, goes, going;
    for (const Slice* slice : slices) weights.push_back(slice->weight);
    if (slices[0]->decay != 0) gradients = at::_foreach_add(gradients, weights, slices[0]->decay);
    if (slices[0]->first.defined()) {
        std::vector<at::Tensor> momenta;
        for (size_t i = 0; i < slices.size(); i++) {
            momenta.push_back(slices[i]->first);
            if (slices[i]->fresh) {
                slices[i]->first.copy_(gradients[i]);
            } else {
                goes.push_back(slices[i]->first);
                going.push_back(gradients[i]);
            }
        }
        if (!goes.empty()) {
            at::_foreach_mul_(goes, step.momentum);
            at::_foreach_add_(goes, going, 1);
        }
        gradients = step.nesterov ? at::_foreach_add(gradients, momenta, step.momentum) : momenta;
    }
    at::_foreach_add_(weights, gradients, -rate);
}

void sgd(const std::vector<Slice>& slices, const SgdStep& step, const Known& known) {
    if (is_stopped(known)) return;
    const std::vector<at::Tensor> gradients = gradients_of(slices, known);
    // A list of one decay at a time: the operations on lists take one number for all.
    std::vector<bool> done(slices.size(), false);
    for (size_t i = 0; i < slices.size(); i++) {
        if (done[i]) continue;
        std::vector<const Slice*> alike;
        std::vector<at::Tensor> theirs;
        for (size_t k = i; k < slices.size(); k++) {
            if (done[k] || slices[k].decay != slices[i].decay) continue;
            done[k] = true;
            alike.push_back(&slices[k]);
            theirs.push_back(gradients[k]);
        }
        sgd_of(alike, std::move(theirs), step, rate_of(known, step.rate));
    }
}

void lamb(const std::vector<Slice>& slices, const LambStep& step, const Known& known) {
    if (is_stopped(known)) return;
    const double rate = rate_of(known, step.rate);
    const std::vector<at::Tensor> gradients = gradients_of(slices, known);
    for (size_t i = 0; i < slices.size(); i++) {
        const Slice& slice = slices[i];
        at::Tensor mean = slice.first, square = slice.second, weight = slice.weight;
        mean.mul_(step.beta1).add_(gradients[i], 1 - step.beta1);
        square.mul_(step.beta2).addcmul_(gradients[i], gradients[i], 1 - step.beta2);
        at::Tensor update = mean.div(step.correction1).div_(square.sqrt().div_(std::sqrt(step.correction2)).add_(step.epsilon));
        if (slice.decay != 0) {
            update.add_(weight, slice.decay);
            const at::Tensor length = weight.norm(), taken = update.norm(), one = at::ones_like(length);
            update.mul_(at::where(length.gt(0), at::where(taken.gt(0), length.div(taken), one), one));
        }
        weight.add_(update, -rate);
    }
}

void average(const std::vector<Pair>& pairs, double decay, const Known& known) {
    if (is_stopped(known)) return;
    std::vector<at::Tensor> averages, values;
    for (const Pair& pair : pairs) {
        averages.push_back(pair.average);
        values.push_back(pair.value);
    }
    at::_foreach_mul_(averages, decay);
    at::_foreach_add_(averages, values, 1 - decay);
}

void scale(const std::vector<at::Tensor>& tensors, const Known& known) {
    for (at::Tensor tensor : tensors) tensor.mul_(known.scale);
}

void measure(const std::vector<at::Tensor>& tensors, const at::Tensor& squares, const at::Tensor& found) {
    std::vector<at::Tensor> norms;
    for (const at::Tensor& norm : at::_foreach_norm(tensors)) norms.push_back(norm.to(squares.scalar_type()));
    at::Tensor(squares).add_(at::stack(norms).square().sum());
    // Where the sum is a number, so is every value. Where it is not, a norm may only have overflowed: each value is asked.
    if (std::isfinite(squares.item<double>())) return;
    for (const at::Tensor& tensor : tensors) at::Tensor(found).logical_or_(tensor.isfinite().all().logical_not());
}

constexpr Kernels table{sgd, lamb, average, scale, measure};

}  // namespace

const Kernels& plain_kernels() { return table; }

void set_kernels(c10::DeviceType device, const Kernels* kernels, bool (*takes)(at::ScalarType)) { registered(device) = {kernels, takes}; }

const Kernels* kernels_for(c10::Device device, at::ScalarType type) {
    if (device.is_cpu()) return cpu_kernels(type);
    const Registered& its = registered(device.type());
    return its.kernels != nullptr && its.takes(type) ? its.kernels : nullptr;
}

}  // namespace resnetgen
