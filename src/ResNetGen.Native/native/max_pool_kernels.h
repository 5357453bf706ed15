// The arithmetic of max pooling, compiled once for each set of instructions (max_pool_generic.cpp, _avx2.cpp, _avx512.cpp) and chosen at run
// time. As in batch_norm_kernels.h nothing of ATen or of the standard library's templates may be included here.
#pragma once

#include "batch_norm_kernels.h"

namespace resnetgen::max_pool {

using batch_norm::BFloat16;

// Taps of a window along one side: the first lies on the map's pixel `begin` (outside it where that is negative), those from `first`
// to `last` - 1 lie on the map.
struct Window {
    int64_t begin, first, last;
};

// A window that has a tap on a pixel.
struct Reader {
    int64_t window, tap;
};

// One row of windows of one image: `channels` values a pixel, side by side.
template <typename T>
struct Pool {
    const T* map;         // the image
    T* output;            // the row
    uint8_t* places;      // the row: tap along the height * kernel_width + tap along the width
    int64_t channels, width;
    int64_t kernel_width, dilation[2];
    Window row;
    const Window* columns;
    int64_t columns_count;
};

// One row of a map's gradient: each of its pixels gets the sum of what the windows that chose it got.
template <typename T>
struct Spread {
    T* map_gradient;         // the row
    const T* gradient;       // of the image's output
    const uint8_t* places;
    int64_t channels, width, out_width;
    int64_t kernel_width;
    const Reader* rows;      // windows with a tap on the row
    int64_t rows_count;
    const Reader* columns;   // of each column, one column's after the other's
    const int64_t* columns_end;
};

template <typename T>
struct Kernels {
    void (*pool)(const Pool<T>& arguments);
    void (*spread)(const Spread<T>& arguments);
};

struct KernelSet {
    Kernels<float> float32;
    Kernels<BFloat16> bfloat16;
};

extern const KernelSet generic_kernels;
#if defined(__x86_64__)
extern const KernelSet avx2_kernels;
extern const KernelSet avx512_kernels;
#endif

}  // namespace resnetgen::max_pool
