// For the instructions that every processor of the kind has: SSE2 on x86-64, NEON on ARM64.
#include "batch_norm_loops.h"

const resnetgen::batch_norm::KernelSet resnetgen::batch_norm::generic_kernels = all_types();
