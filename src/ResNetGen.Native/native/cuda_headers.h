// Whether this build can speak with CUDA: its libtorch has CUDA, and the toolkit's headers are here.
#pragma once

#if defined(RT_CUDA) && defined(__has_include)
#if __has_include(<cuda_runtime_api.h>)
#define RN_CUDA 1
#endif
#endif
