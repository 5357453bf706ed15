// For AVX2 and FMA; CMakeLists.txt gives the flags.
#if defined(__AVX2__)
#include "max_pool_loops.h"

const resnetgen::max_pool::KernelSet resnetgen::max_pool::avx2_kernels = {of_type<float>(), of_type<BFloat16>()};
#endif
