// Max pooling in training, on the processor: of the forward pass it keeps one byte for each output, the place of the maximum in its window,
// where torch keeps a 64-bit index and the map.
#pragma once

#include "max_pool_kernels.h"

#include "guard.h"

#include <vector>

namespace resnetgen::max_pool {

struct Geometry {
    int64_t kernel[2], stride[2], padding[2], dilation[2];
    bool ceil;

    std::vector<int64_t> packed() const {
        return {kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1], int64_t(ceil)};
    }
    static Geometry unpacked(const std::vector<int64_t>& n) { return {{n[0], n[1]}, {n[2], n[3]}, {n[4], n[5]}, {n[6], n[7]}, n[8] != 0}; }
};

// The windows along one side of a map: where each begins, and which of its taps lie on the map.
struct Windows {
    std::vector<Window> windows;
    std::vector<Reader> readers;      // of each pixel, one pixel's after the other's, ascending by window
    std::vector<int64_t> readers_end;  // where each pixel's end

    int64_t count() const { return static_cast<int64_t>(windows.size()); }
};

// Empty where torch would refuse the window, or where one of them has no tap on the map.
Windows windows_along(const Geometry& geometry, int side, int64_t size);

}  // namespace resnetgen::max_pool

// Layout shared with NativeMethods.Pooling.cs.
struct RnMaxPool {
    int64_t kernel[2], stride[2], padding[2], dilation[2];
    int64_t ceil;

    resnetgen::max_pool::Geometry geometry() const {
        return {{kernel[0], kernel[1]}, {stride[0], stride[1]}, {padding[0], padding[1]}, {dilation[0], dilation[1]}, ceil != 0};
    }
};
