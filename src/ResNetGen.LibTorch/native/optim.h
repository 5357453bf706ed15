// How an optimizer walks a parameter group.
#pragma once

#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <map>
#include <tuple>

namespace rt::optim {

// Calls body with the indices of the parameters that have a gradient, many of one device and type at a time, so that a
// step is a few kernels. On the CPU, where that gains little, a chunk ends at a size: a step's temporaries are then no
// larger than 1 MiB or the largest parameter.
template <class F>
void in_chunks(TensorHandle* parameters, int32_t count, F&& body) {
    struct Chunk {
        std::vector<int32_t> indices;
        int64_t elements = 0;
    };
    std::map<std::tuple<int, int, int>, Chunk> open;
    for (int32_t i = 0; i < count; i++) {
        const at::Tensor& parameter = *parameters[i];
        if (!parameter.grad().defined()) continue;
        at::Device device = parameter.device();
        Chunk& chunk = open[{static_cast<int>(device.type()), device.index(), static_cast<int>(parameter.scalar_type())}];
        chunk.indices.push_back(i);
        chunk.elements += parameter.numel();
        if (device.is_cpu() && chunk.elements >= 1 << 18) {
            body(chunk.indices);
            chunk = Chunk();
        }
    }
    for (auto& [kind, chunk] : open) {
        if (!chunk.indices.empty()) body(chunk.indices);
    }
}

} // namespace rt::optim
