// The gradient of a convolution's weight in bfloat16 as products of our own. oneDNN 2's kernels give it in blocks of channels and reach
// three quarters of the speed that its forward kernels have; these write it as the weight lies, in float32.
#pragma once

#include <cstdint>

namespace resnetgen::conv {

// Maps [N, H, W, C] and gradients [N, H', W', O] without gaps, one group.
struct WeightProblem {
    int64_t images, channels, height, width;
    int64_t outputs, out_height, out_width;
    int64_t kernel_height, kernel_width;
    int64_t stride[2], padding[2], dilation[2];
};

// Whether this processor has the kernels, and none that oneDNN does better with.
bool has_weight_kernels();

// Whether most of what they compute is needed: a single image has no partner to be multiplied with, and a few channels fill no vector.
bool suits_weight_kernels(const WeightProblem& problem);

// Writes the gradient [O, kH, kW, C]. It has the same bits for any number of threads up to 8, and for any number above.
void differentiate_weight(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result);

}  // namespace resnetgen::conv
