// For AVX-512; CMakeLists.txt gives the flags.
#if defined(__AVX512F__)
#include "max_pool_loops.h"

const resnetgen::max_pool::KernelSet resnetgen::max_pool::avx512_kernels = {of_type<float>(), of_type<BFloat16>()};
#endif
