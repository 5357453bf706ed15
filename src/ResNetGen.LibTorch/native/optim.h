// How an optimizer walks a parameter group.
#pragma once

#include "shim.h"

#include <map>
#include <tuple>

namespace rt::optim {

// Calls body with the indices of parameters that have a gradient: on the CPU one at a time, so that a step's
// temporaries are no larger than the largest parameter; elsewhere all of one device and type together, so that a
// step is a few kernels.
template <class F>
void in_chunks(TensorHandle* parameters, int32_t count, F&& body) {
    using Kind = std::tuple<int, int, int>;
    std::map<Kind, std::vector<int32_t>> together;
    std::vector<int32_t> one(1);
    for (int32_t i = 0; i < count; i++) {
        const at::Tensor& parameter = *parameters[i];
        if (!parameter.grad().defined()) continue;
        if (parameter.device().is_cpu()) {
            one[0] = i;
            body(one);
        } else {
            at::Device device = parameter.device();
            together[Kind(static_cast<int>(device.type()), device.index(), static_cast<int>(parameter.scalar_type()))].push_back(i);
        }
    }
    for (auto& [kind, indices] : together) body(indices);
}

} // namespace rt::optim
