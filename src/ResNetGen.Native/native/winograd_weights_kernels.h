// The kernels of winograd_weights.cpp beside those of convolution_tiles.h: what is done before the products and after them. Nothing of ATen is
// in them: they are compiled for instructions that not every processor has.
#pragma once

#include "convolution_tiles.h"

#include <cstdint>

namespace resnetgen::conv::winograd {

// Tiles side by side, and as many of another row: an element of both is a pair. Channels in vectors of 16.
struct TileRow {
    Pair* to;                // of the first tile and frequency
    int64_t frequency_step;  // in pairs
    int64_t tile_step;
    int64_t tiles;
    int64_t count;           // of channels
};

// The rows of elements that a row of tiles reads, from the first of the channels on; none of them is null.
struct Rows {
    const uint16_t* of[2][4];
    int64_t channels;  // from one element to the next
    int64_t width;     // elements of a row; what lies before and behind is 0
    int64_t before;    // so many elements that are 0 come first
};

struct WeightKernels {
    // B^T d B of a map's tiles, four rows each, and A y A^T of the gradient's, two rows each.
    void (*transform_map)(const TileRow& tiles, const Rows& rows);
    void (*transform_gradient)(const TileRow& tiles, const Rows& rows);
    // G^T m G of products summed over all tiles: `outputs` kernels of 3 x 3 x `channels`, of which `count` are written, from `count` numbers a frequency and output.
    void (*transform_products)(float* to, int64_t channels, const float* sums, int64_t frequency_step, int64_t outputs, int64_t count, Write write);
};

extern const WeightKernels avx512_bf16_weights;

}  // namespace resnetgen::conv::winograd
