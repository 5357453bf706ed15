// The gradient of the weight of a convolution 3 x 3 with stride 1 in bfloat16 by Winograd's minimal filtering (winograd_transforms.h): 16 products
// instead of 36 for 2 x 2 outputs.
//
// The products are summed in float32 as the direct kernels sum theirs, but both factors are rounded once more after their transforms. What that does
// to numbers without correlation: rounding to 8 bits is off by e = 2^-8 sqrt(0.54 / 3) = 0.0017 of the number (root of the mean square; 0.54 is the mean of 1 / m^2
// over leading digits m). In one dimension the products' mean squares are 2, 4, 4 and 2 times those of a number of the map and one of the gradient (entries of
// B^T d are sums of two numbers, those of A y of one or two). G^T makes that 4, 2 and 4 for the three numbers of the kernel, where the two products that they are of a tile have 2: twice, once and
// twice as much. In two dimensions that is four times as much at the kernel's corners, and 25 / 9 on average. With two factors that are rounded, a
// gradient summed over n outputs is off by up to sqrt(4 * 2 n) e = 0.0047 sqrt(n) times the root mean squares of map and gradient, 0.0039 on average: at most twice what
// rounding map and gradient to bfloat16 has done to it before.
#pragma once

#include "convolution_weights.h"

#include <cstdint>

namespace resnetgen::conv::winograd {

// Whether the transforms cost less than the products they save, as measured.
bool suits_weights(const WeightProblem& problem);

// Writes the gradient [O, 3, 3, C]. It has the same bits for any number of threads up to 8, and for any number above.
void differentiate_weight(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result);

}  // namespace resnetgen::conv::winograd
