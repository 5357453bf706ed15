// Maps and gradients as the kernels of convolution_tiles.h read them: elements of two images side by side, channels in panels.
#pragma once

#include "convolution_tiles.h"
#include "convolution_weights.h"
#include "guard.h"

#include <vector>

namespace resnetgen::conv {

inline int64_t ceiling(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Channels of the map that lie together, pixel after pixel: what a kernel reads at a pixel.
constexpr int64_t map_panel = 64;
// The same of the gradients. Any kernel's number of outputs at once divides it.
constexpr int64_t output_panel = 48;

// Pixels that are packed together: rows of the output, of pairs of images.
struct Block {
    int64_t pair, pairs, row, rows;
};

// Values of a row of the kernel that a tile takes.
struct Values {
    int64_t from;    // offset in the packed map
    int64_t result;  // in a row of the kernel
    int count;
};

// One of `parts` shares of what is read ahead; a share ends where its stretch of memory does.
Ahead share(const std::vector<Ahead>& all, int64_t part, int64_t parts);

class Packing {
public:
    // Blocks have at most `block_pairs` pairs, map and gradients together, but one row at least.
    Packing(const WeightProblem& problem, const TileKernels& kernels, const uint16_t* map, const uint16_t* gradient, int64_t block_pairs);

    const WeightProblem& problem() const { return p_; }
    const Pair* map_pairs() const { return map_pairs_; }
    const Pair* gradient_pairs() const { return gradient_pairs_; }

    // Several pairs of small images, or some rows of a pair of large ones. Nothing of it depends on the threads.
    std::vector<Block> blocks() const;
    void pack(const Block& block);
    // Where the packed block's pixels lie in a panel of the map.
    std::vector<int32_t> places(const Block& block) const;
    std::vector<Values> values(const Block& block) const;
    // Offset of a row of the kernel.
    int64_t kernel_row(int64_t y) const { return y * p_.dilation[0] * map_width_ * map_step_; }
    // What packing a block will read.
    std::vector<Ahead> sources(const Block& block) const;

private:
    int64_t map_rows(int64_t rows) const;
    int64_t map_pixels(const Block& block) const { return block.pairs * map_rows(block.rows) * map_width_; }
    void pack_map_row(const Block& block, int64_t pair, int64_t row);
    void pack_gradient_row(const Block& block, int64_t pair, int64_t row);

    const WeightProblem p_;
    const TileKernels& kernels_;
    const uint16_t* map_;
    const uint16_t* gradient_;
    bool single_;  // a kernel of one pixel
    bool dense_;   // so few channels that a row of the kernel is multiplied as one long vector
    int64_t map_step_, map_width_;
    int64_t pairs_, rows_;  // of a block
    at::Tensor memory_;
    Pair* map_pairs_;
    Pair* gradient_pairs_;
};

}  // namespace resnetgen::conv
