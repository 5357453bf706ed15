// Convolutions of 3x3 kernels that move by one pixel, by Winograd's transforms: 16 products for 2 x 2 outputs instead of 36, which takes less
// time than a direct convolution's products alone. Channels are multiples of 16.
//
// The sums are in float32. Transformed maps and weights are rounded to bfloat16, by r = 2^-8 sqrt(0.54 / 3) = 0.0017 of themselves (root of the mean
// square), where a direct convolution rounds the weights. With maps of variance m and weights of variance w, without correlation, an entry of B^T d B
// has the variance 4 m, and those of (G g G^T) that one output reads have (1 + 3/4 + 3/4)^2 w together: products with a variance of 25 m w a channel
// where direct ones have 9 m w. The output is off by sqrt(2 * 25 m w C) r, 0.0039 of itself; a direct convolution of weights that are rounded by
// sqrt(9 m w C) r, 0.0017; and rounding the output adds 0.0017 in both.
//
// An infinity or NaN in the map makes all outputs of the tiles that read it NaN or infinite: up to one pixel beyond those of the window.
#pragma once

#include "convolution.h"

namespace resnetgen::conv {

// Undefined where the kernels do not suit or are not wanted; the choice depends on shapes alone. Maps and gradients are bfloat16 in
// channels_last, weights float32. The bits are the same for any number of threads.
at::Tensor winograd_forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry);
at::Tensor winograd_map_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& geometry);

}  // namespace resnetgen::conv
