// The optimizer's passes on CUDA: kernels/optimizer.cu, launched. Needs no header of CUDA.
#include "launcher.h"
#include "optimizer.h"

#include <c10/core/DeviceGuard.h>

#include <algorithm>

namespace {

namespace kernels = resnetgen::kernels;
using kernels::Grid;
using resnetgen::Known;
using resnetgen::SgdStep;

namespace device {
#include "kernels/arguments.h"
}

constexpr size_t slices_at_once = 64;
constexpr int64_t elements_a_thread = 4;

float* data(const at::Tensor& tensor) { return tensor.defined() ? static_cast<float*>(tensor.data_ptr()) : nullptr; }

device::Pass pass_of(const Known& known) {
    device::Pass pass{};
    pass.rate_there = data(known.rate);
    pass.scale = data(known.scale);
    pass.found = data(known.found);
    return pass;
}

// Blocks for the largest of a launch's tensors; those of the smaller ones that are too many end at once.
unsigned blocks_for(int64_t largest, unsigned busy) {
    return static_cast<unsigned>(std::clamp<int64_t>((largest + 256 * elements_a_thread - 1) / (256 * elements_a_thread), 1, busy));
}

// Calls launch(first, count, blocks) for each 64 items.
template <typename Items, typename Numel, typename Launch>
void in_launches(const Items& items, unsigned busy, Numel numel, Launch launch) {
    for (size_t first = 0; first < items.size(); first += slices_at_once) {
        const size_t count = std::min(slices_at_once, items.size() - first);
        int64_t largest = 0;
        for (size_t i = first; i < first + count; i++) largest = std::max(largest, numel(items[i]));
        launch(first, count, blocks_for(largest, busy));
    }
}

void sgd(const std::vector<resnetgen::Slice>& slices, const SgdStep& step, const Known& known) {
    c10::OptionalDeviceGuard guard(slices[0].weight.device());
    kernels::Launcher& launcher = kernels::launcher_for(slices[0].weight);
    device::Pass pass = pass_of(known);
    pass.momentum = static_cast<float>(step.momentum);
    pass.nesterov = step.nesterov;
    in_launches(slices, launcher.busy(), [](const resnetgen::Slice& slice) { return slice.weight.numel(); },
                [&](size_t first, size_t count, unsigned blocks) {
                    for (size_t i = 0; i < count; i++) {
                        const resnetgen::Slice& slice = slices[first + i];
                        pass.slices[i] = {data(slice.weight), data(slice.gradient), data(slice.first), static_cast<long long>(slice.weight.numel()),
                                          static_cast<float>(slice.decay), slice.fresh};
                    }
                    launcher.run("sgd_step", Grid{blocks, static_cast<unsigned>(count)}, pass, static_cast<float>(step.rate));
                });
}

void average(const std::vector<resnetgen::Pair>& pairs, double decay, const Known& known) {
    c10::OptionalDeviceGuard guard(pairs[0].average.device());
    kernels::Launcher& launcher = kernels::launcher_for(pairs[0].average);
    device::Pass pass = pass_of(known);
    in_launches(pairs, launcher.busy(), [](const resnetgen::Pair& pair) { return pair.average.numel(); },
                [&](size_t first, size_t count, unsigned blocks) {
                    for (size_t i = 0; i < count; i++) {
                        const resnetgen::Pair& pair = pairs[first + i];
                        pass.slices[i] = {data(pair.average), data(pair.value), nullptr, static_cast<long long>(pair.average.numel()),
                                          static_cast<float>(1 - decay), 0};
                    }
                    launcher.run("moving_average", Grid{blocks, static_cast<unsigned>(count)}, pass, static_cast<float>(decay));
                });
}

void scale(const std::vector<at::Tensor>& tensors, const Known& known) {
    c10::OptionalDeviceGuard guard(tensors[0].device());
    kernels::Launcher& launcher = kernels::launcher_for(tensors[0]);
    device::Pass pass = pass_of(known);
    in_launches(tensors, launcher.busy(), [](const at::Tensor& tensor) { return tensor.numel(); },
                [&](size_t first, size_t count, unsigned blocks) {
                    for (size_t i = 0; i < count; i++) {
                        pass.slices[i] = {data(tensors[first + i]), nullptr, nullptr, static_cast<long long>(tensors[first + i].numel()), 0, 0};
                    }
                    launcher.run("scale_all", Grid{blocks, static_cast<unsigned>(count)}, pass);
                });
}

void measure(const std::vector<at::Tensor>& tensors, const at::Tensor& squares, const at::Tensor& found) {
    c10::OptionalDeviceGuard guard(tensors[0].device());
    kernels::Launcher& launcher = kernels::launcher_for(tensors[0]);
    device::Pass pass{};
    in_launches(tensors, launcher.busy(), [](const at::Tensor& tensor) { return tensor.numel(); },
                [&](size_t first, size_t count, unsigned blocks) {
                    for (size_t i = 0; i < count; i++) {
                        pass.slices[i] = {nullptr, data(tensors[first + i]), nullptr, static_cast<long long>(tensors[first + i].numel()), 0, 0};
                    }
                    const at::Tensor partial = at::empty({static_cast<int64_t>(count), static_cast<int64_t>(blocks)}, squares.options());
                    auto* sums = static_cast<double*>(partial.data_ptr());
                    launcher.run("measure", Grid{blocks, static_cast<unsigned>(count)}, pass, sums, data(found));
                    launcher.run("measure_total", Grid{}, static_cast<const double*>(sums), static_cast<long long>(partial.numel()),
                                 static_cast<double*>(squares.data_ptr()));
                });
}

}  // namespace

namespace resnetgen::kernels {

// LAMB's corrections are numbers of the host: it keeps plain tensor operations.
const Kernels& optimizer_kernels() {
    static const Kernels kernels{sgd, nullptr, average, scale, measure};
    return kernels;
}

}  // namespace resnetgen::kernels
