// For the instructions that every processor of the kind has: SSE2 on x86-64, NEON on ARM64.
#include "max_pool_loops.h"

const resnetgen::max_pool::KernelSet resnetgen::max_pool::generic_kernels = {of_type<float>(), of_type<BFloat16>()};
