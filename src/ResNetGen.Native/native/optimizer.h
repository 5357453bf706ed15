// What the passes over all parameters of a network have in common: how tensors come to them, and who computes on which device.
// A pass is one call for all tensors, and on the processor one parallel region; every element is read and written once.
#pragma once

#include "guard.h"

#include <vector>

namespace resnetgen {

// One parameter in an optimizer's pass. All tensors of it are dense, with the same strides, so that their elements are walked in
// the order of memory; all slices of a pass are on one device and of one type.
struct Slice {
    at::Tensor weight;
    at::Tensor gradient;
    at::Tensor first;   // SGD: momentum, undefined where there is none; LAMB: mean of the gradients
    at::Tensor second;  // LAMB: mean of their squares
    double decay = 0;
    bool fresh = false;  // SGD: the momentum begins with this step, whatever it holds
};

// Numbers that are only known on the device when a pass is queued; each a float32 tensor of one number there, or undefined.
struct Known {
    at::Tensor rate;   // the learning rate, instead of the number: a captured graph is replayed with others
    at::Tensor scale;  // every gradient is multiplied by it
    at::Tensor found;  // where it is not 0 the pass writes nothing: a value was not finite
};

struct SgdStep {
    double rate;
    double momentum;
    bool nesterov;
};

// The corrections are 1 - beta^t for step t.
struct LambStep {
    double rate;
    double beta1;
    double beta2;
    double epsilon;
    double correction1;
    double correction2;
};

struct Pair {
    at::Tensor average;
    at::Tensor value;
};

// A device's own kernels. Each may be null: then plain tensor operations do it, which wait for Known::found.
struct Kernels {
    void (*sgd)(const std::vector<Slice>&, const SgdStep&, const Known&);
    void (*lamb)(const std::vector<Slice>&, const LambStep&, const Known&);
    // average = decay * average + (1 - decay) * value
    void (*average)(const std::vector<Pair>&, double decay, const Known&);
    // Multiplies each tensor by Known::scale.
    void (*scale)(const std::vector<at::Tensor>&, const Known&);
    // Adds the sum of all squares to `squares` (float64, one number) and sets `found` (float32) to 1 where a value is not finite.
    void (*measure)(const std::vector<at::Tensor>&, const at::Tensor& squares, const at::Tensor& found);
};

// The kernels of a device for a type of elements; nullptr where it has none. CUDA's are registered by who has them.
const Kernels* kernels_for(c10::Device device, at::ScalarType type);
const Kernels& plain_kernels();
// `takes` says which types the kernels are for.
void set_kernels(c10::DeviceType device, const Kernels* kernels, bool (*takes)(at::ScalarType));

// What kernels_for gives, entry by entry, with plain_kernels() where it gives none.
template <typename Member>
auto kernel(Member Kernels::*entry, const at::Tensor& like) {
    const Kernels* own = kernels_for(like.device(), like.scalar_type());
    return own != nullptr && own->*entry != nullptr ? own->*entry : plain_kernels().*entry;
}

}  // namespace resnetgen
