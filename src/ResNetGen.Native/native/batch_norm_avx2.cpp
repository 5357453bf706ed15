// For AVX2 and FMA; CMakeLists.txt gives the flags.
#if defined(__AVX2__)
#include "batch_norm_loops.h"

const resnetgen::batch_norm::KernelSet resnetgen::batch_norm::avx2_kernels = all_types();
#endif
