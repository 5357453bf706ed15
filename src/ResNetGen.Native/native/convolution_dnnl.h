// Convolutions through oneDNN's own interface, where its headers lie beside libtorch (inference.cmake).
#pragma once

#include "convolution.h"

namespace resnetgen::conv {

// The same as forward() and backward(). An undefined tensor where oneDNN has no kernel that is made for the processor, or is not here.
// All maps are channels_last, without gaps, in bfloat16.
at::Tensor dnnl_forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry);
at::Tensor dnnl_map_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& geometry);
// In float32, channels_last.
at::Tensor dnnl_weight_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& geometry);

}  // namespace resnetgen::conv
