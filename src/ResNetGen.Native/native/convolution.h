// A convolution of feature maps in bfloat16 whose parameters are in float32, on the CPU: what training in mixed precision computes most of
// the time. Casts of the weights live as long as the operation that reads them, and the weights' gradient is summed in 32 bits.
#pragma once

#include "guard.h"

#include <array>

namespace resnetgen::conv {

struct Geometry {
    std::vector<int64_t> stride, padding, dilation;
    int64_t groups;

    std::vector<int64_t> packed() const {
        return {stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1], groups};
    }
    static Geometry unpacked(const std::vector<int64_t>& n) { return {{n[0], n[1]}, {n[2], n[3]}, {n[4], n[5]}, n[6]}; }
};

enum Wanted { map_gradient = 1, weight_gradient = 2, bias_gradient = 4 };

struct Gradients {
    at::Tensor map, weight, bias;
};

// [N, O, H', W'] in the map's type, of a map [N, C, H, W], a weight [O, C / groups, kH, kW] and a bias [O] or none. Parameters of another
// type are rounded to the map's.
at::Tensor forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry);

// Whether this thread is in a block that runs twice: both runs must take the same kernels, whose biases are rounded differently, and the first
// one knows of no gradients.
bool& in_recomputed_block();

// The gradients that are wanted, those of the parameters in the parameters' types. Differentiable where gradients are recorded.
Gradients backward(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, at::ScalarType bias_type,
                   const Geometry& geometry, int wanted);

}  // namespace resnetgen::conv

// Layout shared with NativeMethods.BatchNorm.cs.
struct RnConvolution {
    const at::Tensor* weight;
    const at::Tensor* bias;
    int64_t stride[2], padding[2], dilation[2];
    int64_t groups;

    resnetgen::conv::Geometry geometry() const {
        return {{stride[0], stride[1]}, {padding[0], padding[1]}, {dilation[0], dilation[1]}, groups};
    }
};
