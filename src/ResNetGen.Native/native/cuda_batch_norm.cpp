// Batch normalisation, addition and ReLU on CUDA: kernels/batch_norm.cu, launched. Needs no header of CUDA.
#include "batch_norm.h"
#include "launcher.h"

#include <c10/core/DeviceGuard.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace {

namespace kernels = resnetgen::kernels;
using kernels::Grid;
using resnetgen::batch_norm::Backward;
using resnetgen::batch_norm::Forward;
using resnetgen::batch_norm::Statistics;

#include "kernels/arguments.h"

// A matrix of pixels by channels, and how blocks are laid over it.
struct Layout {
    long long rows;
    int channels;
    int pack;          // channels that a thread takes at once
    std::string type;  // "bf16"
    Grid grid;

    std::string of_packs(const char* kernel) const { return std::string(kernel) + "_" + type + (pack == 1 ? "_one" : "_pack"); }
    std::string of_type(const char* kernel) const { return std::string(kernel) + "_" + type; }

    // One thread a channel, in blocks of 32, with eight shares of the slices each.
    Grid over_slices() const { return {static_cast<unsigned>((channels + 31) / 32), 1, 32, 8}; }
};

template <typename T>
T* data(const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<T*>(tensor.data_ptr()) : nullptr;
}

bool is_aligned(const at::Tensor& tensor) { return !tensor.defined() || reinterpret_cast<uintptr_t>(tensor.data_ptr()) % 16 == 0; }

std::string name_of(at::ScalarType type) { return type == at::kFloat ? "float" : type == at::kBFloat16 ? "bf16" : "fp16"; }

Layout layout_of(const at::Tensor& input, std::initializer_list<const at::Tensor*> others, unsigned busy) {
    Layout layout;
    layout.channels = static_cast<int>(input.size(1));
    layout.rows = input.numel() / layout.channels;
    layout.type = name_of(input.scalar_type());
    const int widest = static_cast<int>(16 / input.element_size());
    const bool aligned = is_aligned(input) && std::all_of(others.begin(), others.end(), [](const at::Tensor* other) { return is_aligned(*other); });
    layout.pack = aligned && layout.channels % widest == 0 ? widest : 1;
    const unsigned packs = static_cast<unsigned>(layout.channels / layout.pack);
    // As many threads side by side as there are packs, up to a warp: what they read lies together.
    unsigned across = 1;
    while (across < packs && across < 32) across *= 2;
    layout.grid.block_x = across;
    layout.grid.block_y = 256 / across;
    layout.grid.x = (packs + across - 1) / across;
    // Rows are shared out among enough blocks to keep the device busy, and no more than give each thread four.
    const long long wanted = (layout.rows + 4 * layout.grid.block_y - 1) / (4 * layout.grid.block_y);
    layout.grid.y = static_cast<unsigned>(std::clamp<long long>(wanted, 1, std::max(1u, busy / layout.grid.x)));
    return layout;
}

// The maps as the kernels take them, N x H x W x C; others are laid so first.
at::Tensor laid(const at::Tensor& maps) { return maps.defined() ? maps.contiguous(at::MemoryFormat::ChannelsLast) : maps; }

Addend addend_of(const at::Tensor& addend, const resnetgen::batch_norm::ChannelPadding& padding, const at::Tensor& output) {
    Addend made{};
    if (!addend.defined()) return made;
    made.data = addend.data_ptr();
    made.mode = padding.identity() ? 1 : 2;
    made.height = static_cast<int>(output.size(2));
    made.width = static_cast<int>(output.size(3));
    made.addend_height = static_cast<int>(addend.size(2));
    made.addend_width = static_cast<int>(addend.size(3));
    made.addend_channels = static_cast<int>(addend.size(1));
    made.stride = static_cast<int>(padding.stride);
    made.before = static_cast<int>(padding.before);
    return made;
}

// float32, bfloat16 and float16: what CUDA trains in. Double is for tests of torch's own operations.
bool takes(const at::Tensor& input) {
    const at::ScalarType type = input.scalar_type();
    return (type == at::kFloat || type == at::kBFloat16 || type == at::kHalf) && input.size(1) <= (1 << 20);
}

// The statistics of the joint batch of several processes, from this one's sums; small vectors all, so torch's own operations do.
void join_statistics(const Layout& layout, Forward& f, const at::Tensor& input, const at::Tensor& partial) {
    const auto rows = static_cast<double>(layout.rows);
    const at::Tensor sums = partial.sum(0, false, at::kDouble);
    const at::Tensor origin = input.select(0, 0).select(1, 0).select(1, 0).to(at::kDouble);
    const at::Tensor moments = at::stack({origin + sums[0] / rows, (sums[1] - sums[0] * sums[0] / rows).clamp_min(0) / rows});
    f.joint_values = f.ranks->join_moments(moments, layout.rows);
    f.mean.copy_(moments[0]);
    f.invstd.copy_((moments[1] + f.eps).rsqrt());
    if (f.batches.defined()) f.batches.add_(1);
    const at::Tensor part = std::isnan(f.momentum) ? (f.batches.defined() ? f.batches.to(at::kDouble).reciprocal() : at::zeros({}, moments.options()))
                                                   : at::scalar_tensor(f.momentum, moments.options());
    const at::Tensor unbiased = moments[1] * f.joint_values / (f.joint_values - 1);
    for (const auto& [running, now] : {std::make_pair(f.running_mean, moments[0]), std::make_pair(f.running_var, unbiased)}) {
        if (running.defined()) running.copy_(running * (1 - part) + now * part);
    }
}

void compute_statistics(kernels::Launcher& launcher, const Layout& layout, Forward& f, const at::Tensor& input) {
    const auto eps = static_cast<float>(f.eps);
    if (f.statistics == Statistics::Running) {
        launcher.run("batch_norm_running", Grid{static_cast<unsigned>((layout.channels + 255) / 256)}, data<const float>(f.running_mean),
                     data<const float>(f.running_var), eps, data<float>(f.mean), data<float>(f.invstd), layout.channels);
        return;
    }
    const at::Tensor partial = at::empty({static_cast<int64_t>(layout.grid.y), 2, layout.channels}, f.mean.options());
    launcher.run(layout.of_packs("batch_norm_sums").c_str(), layout.grid, data<const void>(input), data<float>(partial), layout.rows, layout.channels);
    if (f.ranks) return join_statistics(layout, f, input, partial);
    if (f.batches.defined()) launcher.run("batch_norm_count", Grid{1, 1, 1, 1}, data<long long>(f.batches));
    launcher.run(layout.of_type("batch_norm_statistics").c_str(), layout.over_slices(), data<const void>(input), data<const float>(partial),
                 static_cast<int>(layout.grid.y), layout.rows, layout.channels, eps, data<float>(f.mean), data<float>(f.invstd),
                 data<float>(f.running_mean), data<float>(f.running_var), data<const long long>(f.batches), static_cast<float>(f.momentum));
}

// What batch statistics take from each channel's gradients, as batch_norm_backward_totals writes it, of the joint batch.
void join_totals(const Backward& b, const at::Tensor& partial, const at::Tensor& taken) {
    const at::Tensor sums = partial.sum(0, false, at::kDouble);
    b.ranks->join_sums(sums);
    const at::Tensor deviation = b.invstd.to(at::kDouble);
    taken[0].copy_(sums[0] / b.joint_values);
    taken[1].copy_(sums[1] * deviation * deviation / b.joint_values);
}

void forward(Forward& f) {
    c10::OptionalDeviceGuard guard(f.input.device());
    kernels::Launcher& launcher = kernels::launcher_for(f.input);
    const at::Tensor input = laid(f.input);
    const at::Tensor added = laid(f.addend);
    const at::Tensor output = laid(f.output);
    const Layout layout = layout_of(input, {&added, &output}, launcher.busy());
    if (f.statistics != Statistics::Known) compute_statistics(launcher, layout, f, input);
    const Affine affine{data<const float>(f.mean), data<const float>(f.invstd), data<const float>(f.weight), data<const float>(f.bias)};
    launcher.run(layout.of_packs("batch_norm_apply").c_str(), layout.grid, data<const void>(input), data<void>(output), affine,
                 addend_of(added, f.padding, output), static_cast<int>(f.relu), layout.rows, layout.channels);
    if (!output.is_same(f.output)) f.output.copy_(output);
}

void backward(const Backward& b) {
    c10::OptionalDeviceGuard guard(b.input.device());
    kernels::Launcher& launcher = kernels::launcher_for(b.input);
    const at::Tensor input = laid(b.input);
    const at::Tensor gradient = laid(b.gradient);
    const at::Tensor output = laid(b.output);
    const at::Tensor input_gradient = laid(b.input_gradient);
    const at::Tensor addend_gradient = laid(b.addend_gradient);
    const bool same_place = b.padding.identity();
    const Layout layout = layout_of(input, {&gradient, &output, &input_gradient, &addend_gradient}, launcher.busy());
    const Affine affine{data<const float>(b.mean), data<const float>(b.invstd), data<const float>(b.weight), data<const float>(b.bias)};
    const int relu = b.relu;

    // First what reads the gradient elsewhere than it writes: the apply below may write over it.
    if (addend_gradient.defined() && !same_place) {
        const auto count = static_cast<long long>(addend_gradient.numel());
        const unsigned blocks = static_cast<unsigned>(std::clamp<long long>((count + 255) / 256, 1, launcher.busy()));
        launcher.run(layout.of_type("batch_norm_option_a_gradient").c_str(), Grid{blocks}, data<const void>(gradient), data<const void>(output), relu,
                     addend_of(addend_gradient, b.padding, input), data<void>(addend_gradient), count, layout.channels);
    }

    const at::Tensor taken = at::empty({2, layout.channels}, b.mean.options());
    if (b.weight_gradient.defined() || b.bias_gradient.defined() || (b.input_gradient.defined() && b.batch_statistics)) {
        const at::Tensor partial = at::empty({static_cast<int64_t>(layout.grid.y), 2, layout.channels}, b.mean.options());
        launcher.run(layout.of_packs("batch_norm_backward_sums").c_str(), layout.grid, data<const void>(gradient), data<const void>(input),
                     data<const void>(output), affine, relu, data<float>(partial), layout.rows, layout.channels);
        launcher.run("batch_norm_backward_totals", layout.over_slices(), data<const float>(partial), static_cast<int>(layout.grid.y), layout.rows,
                     layout.channels, data<const float>(b.invstd), static_cast<int>(b.batch_statistics), data<float>(b.weight_gradient),
                     data<float>(b.bias_gradient), data<float>(taken));
        if (b.ranks && b.batch_statistics && b.input_gradient.defined()) join_totals(b, partial, taken);
    } else {
        taken.zero_();
    }
    if (b.input_gradient.defined() || (b.addend_gradient.defined() && same_place)) {
        launcher.run(layout.of_packs("batch_norm_backward_apply").c_str(), layout.grid, data<const void>(gradient), data<const void>(input),
                     data<const void>(output), affine, relu, data<const float>(taken), data<void>(input_gradient),
                     same_place ? data<void>(addend_gradient) : nullptr, layout.rows, layout.channels);
    }
    if (b.input_gradient.defined() && !input_gradient.is_same(b.input_gradient)) b.input_gradient.copy_(input_gradient);
    if (b.addend_gradient.defined() && !addend_gradient.is_same(b.addend_gradient)) b.addend_gradient.copy_(addend_gradient);
}

}  // namespace

namespace resnetgen::kernels {

const batch_norm::Backend& batch_norm_backend() {
    static const batch_norm::Backend backend{takes, forward, backward};
    return backend;
}

}  // namespace resnetgen::kernels
