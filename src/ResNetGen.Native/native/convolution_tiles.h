// The kernels of convolution_weights.cpp, which nothing of ATen is in: they are compiled for instructions that not every processor has.
#pragma once

#include <cstdint>

namespace resnetgen::conv {

// The same element of two images side by side: the instruction multiplies two pairs of bfloat16 and adds both products.
using Pair = uint32_t;

// Where the pixels of a sum lie: offsets in the map one by one (a kernel's window slides over rows with gaps between), the
// gradients one after another.
struct Pixels {
    const int32_t* map;
    int64_t count;
    int64_t gradient_step;
};

enum class Write { New, Past, Add };  // over what is there, the same past the caches, or in addition to what is there

// A tile of the result: `outputs` rows, `stride` apart, of `values` numbers that lie together.
struct Tile {
    float* result;
    int64_t stride;
    int values;
    Write write;
};

// Memory that is read soon, to be brought near while something else is computed.
struct Ahead {
    const char* begin;
    int64_t lines;  // of 64 bytes
};

struct TileKernels {
    // The most outputs that a tile of so many vectors of 16 values may have; tiles have at most four vectors.
    int (*most_outputs)(int vectors);
    void (*multiply)(const Pair* map, const Pair* gradient, int outputs, const Pixels& pixels, const Tile& tile, const Ahead& ahead);
    // Elements of two images into pairs; `second` null where there is no second image.
    void (*interleave)(Pair* to, const uint16_t* first, const uint16_t* second, int64_t count);
};

extern const TileKernels avx512_bf16_tiles;

}  // namespace resnetgen::conv
