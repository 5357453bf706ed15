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
// Pairs of a block: as many as all caches hold, or half of a processor's own.
constexpr int64_t large_block = int64_t{1} << 20, small_block = int64_t{1} << 17;
// A result that one patch holds is summed in parts, each by one thread: their number is fixed, as in convolution_weights.cpp, for the same bits whatever
// the number of threads. Of a larger one each thread takes some channels and outputs and sums all tiles.
constexpr int64_t small_result = panel * panel, parts_of_sum = 8;
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

// What a thread computes: some of the channels and outputs, and which share of all that is.
struct Unit {
    int64_t channel, channels, output, outputs;
    int64_t index, count;
};

// By one thread, which shares nothing that is written: what the other processor has just written is slow to read.
class Differentiation {
public:
    Differentiation(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, const Unit& unit, int64_t block_pairs)
        : p_(problem), map_(map), gradient_(gradient), result_(result), unit_(unit), tiles_(ceiling(p_.out_width, step)), tile_rows_(ceiling(p_.out_height, step)),
          rows_(ceiling(p_.images * tile_rows_, 2)), blocks_(block_count(problem, block_pairs)), maps_{nullptr, unit.channels, panel},
          gradients_{nullptr, std::min(unit.outputs, panel), panel} {
        const int64_t most = ceiling(rows_, blocks_) * tiles_, map_pairs = maps_.size(most);
        memory_ = at::empty({map_pairs + gradients_.size(most)}, at::kInt);
        maps_.pairs = static_cast<Pair*>(memory_.data_ptr());
        gradients_.pairs = maps_.pairs + map_pairs;
        products_ = at::empty({frequencies * (maps_.width(0) * gradients_.width(0) + apart)}, at::kFloat);
        zeros_ = at::zeros({std::max(p_.width * p_.channels, p_.out_width * p_.outputs)}, at::kShort);
    }

    static int64_t block_count(const WeightProblem& p, int64_t block_pairs) {
        const int64_t row_pairs = frequencies * ceiling(p.out_width, step) * (p.channels + p.outputs);
        return ceiling(ceiling(p.images * ceiling(p.out_height, step), 2), std::max<int64_t>(1, block_pairs / row_pairs));
    }

    // The sum over some of the blocks. The transformed map is kept while panels of outputs pass by.
    void run(int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const Block now = block(i);
            const Write write = i > begin ? Write::Add : i + 1 == end && passes() ? Write::Past : Write::New;
            // Behind the last of these blocks the same thread is likely to take the next.
            const std::vector<Ahead> next = i + 1 < blocks_ ? sources(block(i + 1)) : std::vector<Ahead>();
            for (int64_t index = 0; index < maps_.panels(); index++) {
                for (int64_t row = 0; row < now.rows; row++) {
                    avx512_bf16_weights.transform_map(place(maps_, index, now, row), map_rows(now.begin + row, unit_.channel + index * panel));
                }
            }
            for (int64_t output = 0; output < unit_.outputs; output += panel) {
                gradients_.channels = std::min(panel, unit_.outputs - output);
                for (int64_t row = 0; row < now.rows; row++) {
                    avx512_bf16_weights.transform_gradient(place(gradients_, 0, now, row), gradient_rows(now.begin + row, unit_.output + output));
                }
                for (int64_t index = 0; index < maps_.panels(); index++) multiply(now, index, output, write, next);
            }
        }
    }

private:
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

    // A patch of the result: its products of all tiles of the block, and the kernels that they are.
    void multiply(const Block& block, int64_t index, int64_t output, Write write, const std::vector<Ahead>& next) const {
        const int64_t tiles = block.rows * tiles_, channels = maps_.width(index), outputs = gradients_.channels, frequency_step = outputs * channels + apart;
        const int64_t parts = ceiling(outputs, avx512_bf16_tiles.most_outputs(static_cast<int>(ceiling(channels, vector))));
        const int64_t patches = maps_.panels() * ceiling(unit_.outputs, panel), patch = output / panel * maps_.panels() + index;
        float* const products = products_.data_ptr<float>();
        std::vector<int32_t> places(tiles);
        for (int64_t i = 0; i < tiles; i++) places[i] = static_cast<int32_t>(i * channels);
        for (int64_t i = 0; i < frequencies * parts; i++) {
            const int64_t f = i / parts, first = outputs * (i % parts) / parts, count = outputs * (i % parts + 1) / parts - first;
            avx512_bf16_tiles.multiply(maps_.at(index, tiles) + f * maps_.frequency_step(index, tiles),
                                       gradients_.pairs + f * gradients_.frequency_step(0, tiles) + first, static_cast<int>(count),
                                       {places.data(), tiles, outputs}, {products + f * frequency_step + first * channels, channels, static_cast<int>(channels), Write::New},
                                       share(next, (unit_.index * patches + patch) * frequencies * parts + i, unit_.count * patches * frequencies * parts));
        }
        float* const to = result_ + (unit_.output + output) * kernel * p_.channels + unit_.channel + index * panel;
        avx512_bf16_weights.transform_products(to, p_.channels, products, frequency_step, outputs, channels, write);
    }

    const WeightProblem p_;
    const uint16_t* map_;
    const uint16_t* gradient_;
    float* result_;
    const Unit unit_;
    int64_t tiles_, tile_rows_;  // of a row, and of an image
    int64_t rows_, blocks_;      // pairs of rows
    Spectrum maps_, gradients_;  // of the gradient one panel
    at::Tensor memory_, products_;
    at::Tensor zeros_;  // a row above or below an image
};

void in_parts(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, int64_t blocks) {
    const int64_t numbers = kernel * problem.channels * problem.outputs;
    const at::Tensor others = at::empty({parts_of_sum - 1, numbers}, at::kFloat);
    float* const more = others.data_ptr<float>();
    at::parallel_for(0, parts_of_sum, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            float* const own = i == 0 ? result : more + (i - 1) * numbers;
            Differentiation(problem, map, gradient, own, {0, problem.channels, 0, problem.outputs, 0, 1}, small_block).run(blocks * i / parts_of_sum, blocks * (i + 1) / parts_of_sum);
        }
    });
    at::parallel_for(0, numbers, 1 << 14, [&](int64_t begin, int64_t end) {
        for (int64_t part = 0; part + 1 < parts_of_sum; part++) {
            for (int64_t i = begin; i < end; i++) result[i] += more[part * numbers + i];
        }
    });
}

// Channels first: the transformed map of some of them is used with all outputs.
void in_units(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result) {
    const int64_t threads = at::get_num_threads(), across = std::min(threads, ceiling(problem.channels, panel));
    const int64_t down = std::min(ceiling(threads, across), problem.outputs / vector), units = across * down;
    const auto cut = [](int64_t channels, int64_t index, int64_t count) { return channels / vector * index / count * vector; };
    const int64_t blocks = Differentiation::block_count(problem, large_block);
    at::parallel_for(0, units, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const int64_t channel = cut(problem.channels, i / down, across), output = cut(problem.outputs, i % down, down);
            const Unit unit{channel, cut(problem.channels, i / down + 1, across) - channel, output, cut(problem.outputs, i % down + 1, down) - output, i, units};
            Differentiation(problem, map, gradient, result, unit, large_block).run(0, blocks);
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
    const int64_t blocks = Differentiation::block_count(problem, small_block);
    const bool small = problem.channels * problem.outputs <= small_result && blocks >= parts_of_sum;
    if (small && at::get_num_threads() <= parts_of_sum) return in_parts(problem, map, gradient, result, blocks);
    in_units(problem, map, gradient, result);
#endif
}

}  // namespace resnetgen::conv::winograd
