// How the work of winograd_weights.h is cut: rows of tiles in pairs, blocks of them that stay in the cache, panels of channels.
#include "winograd_weights.h"

#include "convolution_packing.h"
#include "guard.h"
#include "winograd_weights_kernels.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace resnetgen::conv::winograd {

namespace {

// Of a tile and the next one, of the products of a tile, of a kernel.
constexpr int64_t tile = 4, step = 2, frequencies = tile * tile, kernel = 9;
constexpr int64_t vector = 16;

}  // namespace

#if defined(__x86_64__)
namespace {

// The most channels that lie together.
constexpr int64_t panel = 64;
// Pairs of a block that the threads transform and multiply together, and of one that a thread has for itself: what lies in the caches of all,
// or in half of its own.
constexpr int64_t shared_block = int64_t{1} << 20, own_block = int64_t{1} << 17;
// What is taken in parts: a result so small that a patch of it is all of it.
constexpr int64_t small_result = panel * panel;
// In so many, as in convolution_weights.cpp. The same number of patches, at the least, has a larger result.
constexpr int64_t parts_of_sum = 8;
// A result of so many bytes or more leaves the caches before anybody reads it: it does not go through them.
constexpr int64_t large_result = int64_t{1} << 20;
// Numbers between two frequencies, lest those of a tile all meet in one set of a cache.
constexpr int64_t apart = 16;

// A transformed operand: panels of channels, in them frequencies, in them tiles.
struct Spectrum {
    Pair* pairs;
    int64_t channels, panel;

    int64_t panels() const { return ceiling(channels, panel); }
    int64_t width(int64_t index) const { return std::min(panel, channels - index * panel); }
    int64_t size(int64_t tiles) const { return frequencies * (tiles * channels + panels() * apart); }
    int64_t frequency_step(int64_t index, int64_t tiles) const { return tiles * width(index) + apart; }
    Pair* at(int64_t index, int64_t tiles) const { return pairs + frequencies * index * (tiles * panel + apart); }
};

// Rows of pairs of tiles.
struct Block {
    int64_t begin, rows;
};

class Differentiation {
public:
    Differentiation(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, bool together)
        : p_(problem), map_(map), gradient_(gradient), result_(result), tiles_(ceiling(p_.out_width, step)), tile_rows_(ceiling(p_.out_height, step)),
          rows_(ceiling(p_.images * tile_rows_, 2)), maps_{nullptr, p_.channels, panel}, gradients_{nullptr, p_.outputs, panel} {
        while (together && patches() < parts_of_sum && gradients_.panel > vector) gradients_.panel /= 2;
        const int64_t row_pairs = frequencies * tiles_ * (p_.channels + p_.outputs);
        blocks_ = ceiling(rows_, std::max<int64_t>(1, (together ? shared_block : own_block) / row_pairs));
        const int64_t most = ceiling(rows_, blocks_) * tiles_, map_pairs = maps_.size(most);
        memory_ = at::empty({map_pairs + gradients_.size(most)}, at::kInt);
        maps_.pairs = static_cast<Pair*>(memory_.data_ptr());
        gradients_.pairs = maps_.pairs + map_pairs;
        zeros_ = at::zeros({std::max(p_.width * p_.channels, p_.out_width * p_.outputs)}, at::kShort);
    }

    int64_t blocks() const { return blocks_; }

    // The sum over some of the blocks.
    void run(int64_t begin, int64_t end) const {
        for (int64_t i = begin; i < end; i++) {
            transform(block(i));
            // Behind the last of these blocks the same thread is likely to take the next.
            multiply(block(i), i > begin ? Write::Add : i + 1 == end && passes() ? Write::Past : Write::New,
                     i + 1 < blocks_ ? sources(block(i + 1)) : std::vector<Ahead>());
        }
    }

private:
    int64_t patches() const { return maps_.panels() * gradients_.panels(); }

    Block block(int64_t index) const {
        const int64_t begin = rows_ * index / blocks_;
        return {begin, rows_ * (index + 1) / blocks_ - begin};
    }

    // Whole cache lines are needed for that.
    bool passes() const {
        return kernel * p_.channels * p_.outputs * static_cast<int64_t>(sizeof(float)) >= large_result && reinterpret_cast<uintptr_t>(result_) % 64 == 0;
    }

    // What transforming a block will read.
    std::vector<Ahead> sources(const Block& block) const {
        const auto rows = [&](const uint16_t* of, int64_t height, int64_t length) {
            const auto at = [&](int64_t row) { return std::min(row / tile_rows_ * height + row % tile_rows_ * step, p_.images * height) * length; };
            const int64_t begin = at(2 * block.begin);
            return Ahead{reinterpret_cast<const char*>(of + begin), (at(2 * (block.begin + block.rows)) - begin) / 32};
        };
        return {rows(map_, p_.height, p_.width * p_.channels), rows(gradient_, p_.out_height, p_.out_width * p_.outputs)};
    }

    void transform(const Block& block) const {
        const int64_t each = maps_.panels() + gradients_.panels();
        at::parallel_for(0, block.rows * each, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                const int64_t row = i / each, index = i % each;
                if (index < maps_.panels()) {
                    avx512_bf16_weights.transform_map(place(maps_, index, block, row), map_rows(block.begin + row, index * maps_.panel));
                } else {
                    const int64_t own = index - maps_.panels();
                    avx512_bf16_weights.transform_gradient(place(gradients_, own, block, row), gradient_rows(block.begin + row, own * gradients_.panel));
                }
            }
        });
    }

    TileRow place(const Spectrum& s, int64_t index, const Block& block, int64_t row) const {
        const int64_t tiles = block.rows * tiles_, width = s.width(index);
        return {s.at(index, tiles) + row * tiles_ * width, s.frequency_step(index, tiles), width, tiles_, width};
    }

    // Two rows of tiles that follow each other, in one image or from one image to the next: the last one may have no second.
    Rows map_rows(int64_t row, int64_t channel) const {
        Rows found{{}, p_.channels, p_.width, p_.padding[1]};
        for (int64_t i = 0; i < 2 * tile; i++) {
            const int64_t index = 2 * row + i / tile, y = index % tile_rows_ * step - p_.padding[0] + i % tile;
            found.of[i / tile][i % tile] = line(map_, index / tile_rows_, y, p_.height, p_.width * p_.channels, channel);
        }
        return found;
    }

    Rows gradient_rows(int64_t row, int64_t output) const {
        Rows found{{}, p_.outputs, p_.out_width, 0};
        for (int64_t i = 0; i < 2 * step; i++) {
            const int64_t index = 2 * row + i / step, y = index % tile_rows_ * step + i % step;
            found.of[i / step][i % step] = line(gradient_, index / tile_rows_, y, p_.out_height, p_.out_width * p_.outputs, output);
        }
        return found;
    }

    const uint16_t* line(const uint16_t* of, int64_t image, int64_t y, int64_t height, int64_t length, int64_t channel) const {
        const bool inside = image < p_.images && y >= 0 && y < height;
        return inside ? of + (image * height + y) * length + channel : static_cast<const uint16_t*>(zeros_.data_ptr());
    }

    void multiply(const Block& block, Write write, const std::vector<Ahead>& next) const {
        at::parallel_for(0, patches(), 1, [&](int64_t begin, int64_t end) {
            const at::Tensor memory = at::empty({frequencies * (maps_.width(0) * gradients_.width(0) + apart)}, at::kFloat);
            for (int64_t i = begin; i < end; i++) multiply(block, i, memory.data_ptr<float>(), write, next);
        });
    }

    // A patch of the result: its products of all tiles of the block, and the kernels that they are.
    void multiply(const Block& block, int64_t patch, float* products, Write write, const std::vector<Ahead>& next) const {
        const int64_t of_map = patch / gradients_.panels(), of_gradient = patch % gradients_.panels(), tiles = block.rows * tiles_;
        const int64_t channels = maps_.width(of_map), outputs = gradients_.width(of_gradient), frequency_step = outputs * channels + apart;
        const int64_t parts = ceiling(outputs, avx512_bf16_tiles.most_outputs(static_cast<int>(ceiling(channels, vector))));
        std::vector<int32_t> places(tiles);
        for (int64_t i = 0; i < tiles; i++) places[i] = static_cast<int32_t>(i * channels);
        for (int64_t i = 0; i < frequencies * parts; i++) {
            const int64_t f = i / parts, first = outputs * (i % parts) / parts, count = outputs * (i % parts + 1) / parts - first;
            avx512_bf16_tiles.multiply(maps_.at(of_map, tiles) + f * maps_.frequency_step(of_map, tiles),
                                       gradients_.at(of_gradient, tiles) + f * gradients_.frequency_step(of_gradient, tiles) + first, static_cast<int>(count),
                                       {places.data(), tiles, outputs}, {products + f * frequency_step + first * channels, channels, static_cast<int>(channels), Write::New},
                                       share(next, patch * frequencies * parts + i, patches() * frequencies * parts));
        }
        float* const to = result_ + of_gradient * gradients_.panel * kernel * p_.channels + of_map * panel;
        avx512_bf16_weights.transform_products(to, p_.channels, products, frequency_step, outputs, channels, write);
    }

    const WeightProblem p_;
    const uint16_t* map_;
    const uint16_t* gradient_;
    float* result_;
    int64_t tiles_, tile_rows_;  // of a row, and of an image
    int64_t rows_, blocks_;      // pairs of rows
    Spectrum maps_, gradients_;
    at::Tensor memory_;
    at::Tensor zeros_;  // a row above or below an image
};

void in_parts(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, int64_t blocks) {
    const int64_t numbers = kernel * problem.channels * problem.outputs;
    const at::Tensor others = at::empty({parts_of_sum - 1, numbers}, at::kFloat);
    float* const more = others.data_ptr<float>();
    at::parallel_for(0, parts_of_sum, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            float* const own = i == 0 ? result : more + (i - 1) * numbers;
            Differentiation(problem, map, gradient, own, false).run(blocks * i / parts_of_sum, blocks * (i + 1) / parts_of_sum);
        }
    });
    at::parallel_for(0, numbers, 1 << 14, [&](int64_t begin, int64_t end) {
        for (int64_t part = 0; part + 1 < parts_of_sum; part++) {
            for (int64_t i = begin; i < end; i++) result[i] += more[part * numbers + i];
        }
    });
}

}  // namespace
#endif

bool suits_weights(const WeightProblem& p) {
    for (int i = 0; i < 2; i++) {
        if (p.stride[i] != 1 || p.dilation[i] != 1) return false;
    }
    if (p.kernel_height != 3 || p.kernel_width != 3 || p.channels % vector != 0 || p.outputs % vector != 0) return false;
    // Tiles reach over the edge; of a map of 3 x 3 that is nearly half of their products.
    const int64_t products = frequencies * ceiling(p.out_height, step) * ceiling(p.out_width, step);
    return 3 * products <= 2 * kernel * p.out_height * p.out_width;
}

void differentiate_weight(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result) {
#if defined(__x86_64__)
    if (problem.channels * problem.outputs <= small_result && at::get_num_threads() <= parts_of_sum) {
        const int64_t blocks = Differentiation(problem, map, gradient, result, false).blocks();
        if (blocks >= parts_of_sum) return in_parts(problem, map, gradient, result, blocks);
    }
    const Differentiation all(problem, map, gradient, result, true);
    all.run(0, all.blocks());
#endif
}

}  // namespace resnetgen::conv::winograd
