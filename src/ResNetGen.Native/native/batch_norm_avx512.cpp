// For AVX-512 (F, BW, DQ, VL); CMakeLists.txt gives the flags.
#if defined(__AVX512F__)
#include "batch_norm_loops.h"

const resnetgen::batch_norm::KernelSet resnetgen::batch_norm::avx512_kernels = all_types();
#endif
