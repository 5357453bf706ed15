// What the tests call.
#include "batch_norm.h"
#include "guard.h"
#include "optimizer.h"

using resnetgen::guarded;
namespace batch_norm = resnetgen::batch_norm;

namespace resnetgen::kernels {
const batch_norm::Backend& batch_norm_backend();
const Kernels& optimizer_kernels();
}  // namespace resnetgen::kernels

namespace {

at::Tensor given(const at::Tensor* tensor) { return tensor == nullptr ? at::Tensor() : *tensor; }

}  // namespace

// maps: input, addend, output; channels: weight, bias, running_mean, running_var, batches, mean, invstd. Null where there is none.
RN_EXPORT int32_t emulated_forward(at::Tensor* const* maps, at::Tensor* const* channels, const int64_t* padding, int32_t relu, int32_t statistics,
                                   double eps, double momentum) {
    return guarded<int32_t>(1, [&] {
        batch_norm::Forward f;
        f.input = given(maps[0]);
        f.addend = given(maps[1]);
        f.output = given(maps[2]);
        f.padding = {padding[0], padding[1], padding[2]};
        f.relu = relu != 0;
        f.weight = given(channels[0]);
        f.bias = given(channels[1]);
        f.running_mean = given(channels[2]);
        f.running_var = given(channels[3]);
        f.batches = given(channels[4]);
        f.mean = given(channels[5]);
        f.invstd = given(channels[6]);
        f.statistics = static_cast<batch_norm::Statistics>(statistics);
        f.eps = eps;
        f.momentum = momentum;
        resnetgen::kernels::batch_norm_backend().forward(f);
        return 0;
    });
}

// maps: gradient, input, output, input_gradient, addend_gradient; channels: weight, bias, mean, invstd, weight_gradient, bias_gradient.
RN_EXPORT int32_t emulated_backward(at::Tensor* const* maps, at::Tensor* const* channels, const int64_t* padding, int32_t relu,
                                    int32_t batch_statistics) {
    return guarded<int32_t>(1, [&] {
        batch_norm::Backward b;
        b.gradient = given(maps[0]);
        b.input = given(maps[1]);
        b.output = given(maps[2]);
        b.input_gradient = given(maps[3]);
        b.addend_gradient = given(maps[4]);
        b.padding = {padding[0], padding[1], padding[2]};
        b.relu = relu != 0;
        b.weight = given(channels[0]);
        b.bias = given(channels[1]);
        b.mean = given(channels[2]);
        b.invstd = given(channels[3]);
        b.weight_gradient = given(channels[4]);
        b.bias_gradient = given(channels[5]);
        b.batch_statistics = batch_statistics != 0;
        resnetgen::kernels::batch_norm_backend().backward(b);
        return 0;
    });
}

// One tensor a slice, each with the decay given; momenta may be null. known: rate, scale, found.
RN_EXPORT int32_t emulated_sgd(at::Tensor* const* weights, at::Tensor* const* gradients, at::Tensor* const* momenta, const double* decays,
                               int64_t count, double rate, double momentum, int32_t nesterov, int32_t fresh, at::Tensor* const* known) {
    return guarded<int32_t>(1, [&] {
        std::vector<resnetgen::Slice> slices;
        for (int64_t i = 0; i < count; i++) {
            slices.push_back({*weights[i], *gradients[i], momenta == nullptr ? at::Tensor() : *momenta[i], {}, decays[i], fresh != 0});
        }
        resnetgen::kernels::optimizer_kernels().sgd(slices, {rate, momentum, nesterov != 0}, {given(known[0]), given(known[1]), given(known[2])});
        return 0;
    });
}

RN_EXPORT int32_t emulated_average(at::Tensor* const* averages, at::Tensor* const* values, int64_t count, double decay) {
    return guarded<int32_t>(1, [&] {
        std::vector<resnetgen::Pair> pairs;
        for (int64_t i = 0; i < count; i++) pairs.push_back({*averages[i], *values[i]});
        resnetgen::kernels::optimizer_kernels().average(pairs, decay, {});
        return 0;
    });
}

RN_EXPORT int32_t emulated_scale(at::Tensor* const* tensors, int64_t count, const at::Tensor* scale) {
    return guarded<int32_t>(1, [&] {
        std::vector<at::Tensor> all;
        for (int64_t i = 0; i < count; i++) all.push_back(*tensors[i]);
        resnetgen::kernels::optimizer_kernels().scale(all, {{}, *scale, {}});
        return 0;
    });
}

RN_EXPORT int32_t emulated_measure(at::Tensor* const* tensors, int64_t count, const at::Tensor* squares, const at::Tensor* found) {
    return guarded<int32_t>(1, [&] {
        std::vector<at::Tensor> all;
        for (int64_t i = 0; i < count; i++) all.push_back(*tensors[i]);
        resnetgen::kernels::optimizer_kernels().measure(all, *squares, *found);
        return 0;
    });
}
