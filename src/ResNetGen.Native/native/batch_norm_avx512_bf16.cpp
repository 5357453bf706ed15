// For AVX-512 with the instruction that shortens to bfloat16; CMakeLists.txt gives the flags.
#if defined(__AVX512BF16__)
#include "batch_norm_loops.h"

const resnetgen::batch_norm::KernelSet resnetgen::batch_norm::avx512_bf16_kernels = all_types();
#endif
