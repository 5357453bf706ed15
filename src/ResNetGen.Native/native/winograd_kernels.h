// What a convolution by Winograd's transforms spends its time in, for the instructions of one processor; winograd.cpp cuts the work for it.
#pragma once

#include <cstdint>

namespace resnetgen::conv::winograd {

// Channels and outputs come in groups of so many, a vector of float32. There is no part of a group.
constexpr int64_t group = 16;
// Tiles whose products are computed together, for four frequencies and a group of outputs.
constexpr int64_t most_tiles = 6;

// Tiles side by side. Rows and columns outside the map are zeros.
struct MapRow {
    const uint16_t* rows[4];  // of the map, at column 0; null for one outside
    int64_t column, width;    // of the first tile's first, and how many there are
    int64_t channels;
    int64_t tiles;
};

// Transformed tiles [16 frequencies, groups of channels, tiles, channels of a group], at some tile.
struct Spectrum {
    uint16_t* numbers;
    int64_t frequency_step, group_step;
};

// Where a group of outputs of tiles side by side goes: two rows, the second one null where the map ends before, of so many columns.
struct OutputRow {
    uint16_t* rows[2];        // at the first tile's first column
    int64_t columns;
    int64_t pixel_step;
    const float* bias;        // of the group, or null
};

// A weight [O, 3, 3, I]: from which of its two kinds of channels the products sum, and which they give.
struct Weight {
    const float* numbers;
    int64_t outputs, inputs;  // O and I
    bool turned;              // for the map's gradient: sums over O for each of I, the kernel turned by half a turn
};

struct Kernels {
    // All groups of channels.
    void (*transform_map)(const MapRow& row, const Spectrum& to);
    // Sums over channels of products of some tiles, for the four frequencies of a row of a tile, with the first half of the transform back:
    // to[2, tiles, outputs]. `map` is at the row's first frequency, `weight` is [channels / 2, 4 frequencies, outputs, 2].
    void (*multiply)(const Spectrum& map, const uint16_t* weight, int64_t groups, int tiles, float* to, int64_t half_step);
    // The other half, from [4 rows, 2, tiles, outputs].
    void (*transform_products)(const float* from, int64_t half_step, int64_t tiles, const OutputRow& to);
    // A group of the channels that are summed over, from `channel`, and one of those given, from `output`: into what multiply takes, four times.
    void (*transform_weight)(const Weight& weight, int64_t channel, int64_t output, uint16_t* to, int64_t row_step);
};

extern const Kernels avx512_bf16_kernels;

}  // namespace resnetgen::conv::winograd
