// How the work of convolution_weights.h is cut: pairs of images, blocks of pixels that stay in the cache, tiles of the result.
#include "convolution_weights.h"

#include "convolution_tiles.h"
#include "guard.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace resnetgen::conv {

namespace {

// Pairs of a block, map and gradients together: what a processor's own cache holds of two kinds of operands while tiles are multiplied.
constexpr int64_t block_pairs = int64_t{1} << 18;
// Below so many channels the taps of a row of the kernel are multiplied as one long vector; above, a pixel ends with a gap, because
// pixels that lie a power of two apart share few places of a cache.
constexpr int64_t few_channels = 64;
constexpr int64_t gap = 16;
constexpr int64_t tile_values = 64;

int64_t ceiling(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Values of a row of the kernel that one tile takes.
struct Values {
    int64_t from;    // offset in a row of pixels of the map
    int64_t result;  // offset in a row of the kernel
    int count;
};

struct Work {
    Values values;
    int64_t kernel_row, output;
    int outputs;
};

// Pixels that are packed together: rows of the output, of pairs of images.
struct Block {
    int64_t pair, pairs, row, rows;
};

class Differentiation {
public:
    Differentiation(const WeightProblem& problem, const TileKernels& kernels, const uint16_t* map, const uint16_t* gradient, float* result)
        : p_(problem), kernels_(kernels), map_(map), gradient_(gradient), result_(result) {
        single_ = p_.kernel_height == 1 && p_.kernel_width == 1 && p_.padding[0] == 0 && p_.padding[1] == 0;
        dense_ = p_.channels < few_channels && p_.dilation[1] == 1;
        map_step_ = dense_ ? p_.channels : p_.channels + gap;
        gradient_step_ = p_.outputs + gap;
        map_width_ = single_ ? p_.out_width : (p_.out_width - 1) * p_.stride[1] + (p_.kernel_width - 1) * p_.dilation[1] + 1;
        cut_pixels();
        cut_result();
    }

    void run() {
        const int64_t map_pairs = pairs_ * map_rows(rows_) * map_width_ * map_step_ + tile_values;  // a tile's last vector may read on
        const at::Tensor memory = at::empty({map_pairs + pairs_ * rows_ * p_.out_width * gradient_step_ + gap}, at::kInt);
        // Where a cache line begins.
        Pair* const place = static_cast<Pair*>(memory.data_ptr());
        map_pairs_ = place;
        gradient_pairs_ = place + ceiling(map_pairs, gap) * gap;
        const int64_t all_pairs = ceiling(p_.images, 2);
        std::vector<Block> blocks;
        for (int64_t pair = 0; pair < all_pairs; pair += pairs_) {
            for (int64_t row = 0; row < p_.out_height; row += rows_) {
                blocks.push_back({pair, std::min(pairs_, all_pairs - pair), row, std::min(rows_, p_.out_height - row)});
            }
        }
        for (size_t i = 0; i < blocks.size(); i++) {
            pack(blocks[i]);
            multiply(blocks[i], i > 0, i + 1 < blocks.size() ? sources(blocks[i + 1]) : std::vector<Ahead>());
        }
    }

private:
    // Rows of the map that so many rows of the output depend on.
    int64_t map_rows(int64_t rows) const {
        return single_ ? rows : (rows - 1) * p_.stride[0] + (p_.kernel_height - 1) * p_.dilation[0] + 1;
    }

    // Several pairs of small images, or some rows of a pair of large ones; blocks of equal size. Nothing of it depends on the threads.
    void cut_pixels() {
        const int64_t all_pairs = ceiling(p_.images, 2);
        const auto size = [&](int64_t rows) { return map_rows(rows) * map_width_ * map_step_ + rows * p_.out_width * gradient_step_; };
        rows_ = p_.out_height;
        pairs_ = std::clamp<int64_t>(block_pairs / size(rows_), 1, all_pairs);
        pairs_ = ceiling(all_pairs, ceiling(all_pairs, pairs_));
        while (rows_ > 1 && pairs_ * size(rows_) > block_pairs) rows_--;
        rows_ = ceiling(p_.out_height, ceiling(p_.out_height, rows_));
    }

    void cut_result() {
        std::vector<Values> row;
        const auto cut = [&](int64_t from, int64_t result, int64_t count) {
            for (int64_t i = 0; i < count; i += tile_values) {
                row.push_back({from + i, result + i, static_cast<int>(std::min(tile_values, count - i))});
            }
        };
        if (dense_) {
            cut(0, 0, p_.kernel_width * p_.channels);
        } else {
            for (int64_t x = 0; x < p_.kernel_width; x++) cut(x * p_.dilation[1] * map_step_, x * p_.channels, p_.channels);
        }
        for (int64_t y = 0; y < p_.kernel_height; y++) {
            for (const Values& values : row) {
                const int64_t parts = ceiling(p_.outputs, kernels_.most_outputs(static_cast<int>(ceiling(values.count, 16))));
                for (int64_t i = 0; i < parts; i++) {
                    const int64_t begin = p_.outputs * i / parts;
                    work_.push_back({values, y, begin, static_cast<int>(p_.outputs * (i + 1) / parts - begin)});
                }
            }
        }
    }

    void pack(const Block& block) {
        const int64_t above = map_rows(block.rows), each = above + block.rows;
        at::parallel_for(0, block.pairs * each, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                const int64_t pair = i / each, row = i % each, image = 2 * (block.pair + pair);
                if (row < above) {
                    pack_map_row(map_pairs_ + (pair * above + row) * map_width_ * map_step_, image, block.row, row);
                } else {
                    const int64_t own = row - above;
                    pack_gradient_row(gradient_pairs_ + (pair * block.rows + own) * p_.out_width * gradient_step_, image, block.row + own);
                }
            }
        });
    }

    // What packing a block will read: of whole images, or of a part of two.
    std::vector<Ahead> sources(const Block& block) const {
        std::vector<Ahead> found;
        const int64_t images = std::min(2 * block.pairs, p_.images - 2 * block.pair), row = p_.out_width * p_.outputs, map_row = p_.width * p_.channels;
        const auto add = [&](const uint16_t* begin, int64_t elements) {
            if (elements > 0) found.push_back({reinterpret_cast<const char*>(begin), ceiling(elements, 32)});
        };
        if (block.rows == p_.out_height) {
            add(gradient_ + 2 * block.pair * p_.out_height * row, images * p_.out_height * row);
            add(map_ + 2 * block.pair * p_.height * map_row, images * p_.height * map_row);
            return found;
        }
        const int64_t top = block.row * p_.stride[0] - p_.padding[0];
        const int64_t end = std::min(top + (single_ ? (block.rows - 1) * p_.stride[0] + 1 : map_rows(block.rows)), p_.height), begin = std::max<int64_t>(top, 0);
        for (int64_t image = 2 * block.pair; image < 2 * block.pair + images; image++) {
            add(gradient_ + (image * p_.out_height + block.row) * row, block.rows * row);
            add(map_ + (image * p_.height + begin) * map_row, (end - begin) * map_row);
        }
        return found;
    }

    // One of `parts` shares of what is read ahead; a share ends where its stretch of memory does.
    static Ahead share(const std::vector<Ahead>& all, int64_t part, int64_t parts) {
        int64_t lines = 0;
        for (const Ahead& each : all) lines += each.lines;
        int64_t begin = lines * part / parts, count = lines * (part + 1) / parts - begin;
        for (const Ahead& each : all) {
            if (begin < each.lines) return {each.begin + 64 * begin, std::min(count, each.lines - begin)};
            begin -= each.lines;
        }
        return {nullptr, 0};
    }

    // With the zeros around the map. A kernel of one pixel needs only those pixels that it looks at.
    void pack_map_row(Pair* to, int64_t image, int64_t first_row, int64_t row) const {
        const int64_t y = single_ ? (first_row + row) * p_.stride[0] : first_row * p_.stride[0] - p_.padding[0] + row;
        const int64_t c = p_.channels, size = p_.height * p_.width * c;
        if (y < 0 || y >= p_.height) {
            std::memset(to, 0, sizeof(Pair) * map_width_ * map_step_);
            return;
        }
        const uint16_t* from = map_ + image * size + y * p_.width * c;
        const int64_t second = image + 1 < p_.images ? size : 0;
        const int64_t step = single_ ? p_.stride[1] : 1;
        const int64_t left = std::min(p_.padding[1], map_width_), right = std::min(p_.width + p_.padding[1], map_width_);
        if (left > 0) std::memset(to, 0, sizeof(Pair) * left * map_step_);
        if (dense_ && step == 1) {
            kernels_.interleave(to + left * c, from, second ? from + second : nullptr, (right - left) * c);
        } else {
            for (int64_t x = left; x < right; x++) {
                const uint16_t* pixel = from + (x - p_.padding[1]) * step * c;
                kernels_.interleave(to + x * map_step_, pixel, second ? pixel + second : nullptr, c);
            }
        }
        if (right < map_width_) std::memset(to + right * map_step_, 0, sizeof(Pair) * (map_width_ - right) * map_step_);
    }

    void pack_gradient_row(Pair* to, int64_t image, int64_t row) const {
        const int64_t c = p_.outputs, size = p_.out_height * p_.out_width * c;
        const uint16_t* from = gradient_ + image * size + row * p_.out_width * c;
        const int64_t second = image + 1 < p_.images ? size : 0;
        for (int64_t x = 0; x < p_.out_width; x++) {
            kernels_.interleave(to + x * gradient_step_, from + x * c, second ? from + x * c + second : nullptr, c);
        }
    }

    void multiply(const Block& block, bool add, const std::vector<Ahead>& next) const {
        std::vector<int32_t> places;
        places.reserve(block.pairs * block.rows * p_.out_width);
        const int64_t down = single_ ? 1 : p_.stride[0], across = (single_ ? 1 : p_.stride[1]) * map_step_, above = map_rows(block.rows);
        for (int64_t pair = 0; pair < block.pairs; pair++) {
            for (int64_t row = 0; row < block.rows; row++) {
                const int64_t begin = (pair * above + row * down) * map_width_ * map_step_;
                for (int64_t x = 0; x < p_.out_width; x++) places.push_back(static_cast<int32_t>(begin + x * across));
            }
        }
        const Pixels pixels{places.data(), static_cast<int64_t>(places.size()), gradient_step_};

        const int64_t kernel_row = p_.kernel_width * p_.channels, stride = p_.kernel_height * kernel_row;
        at::parallel_for(0, static_cast<int64_t>(work_.size()), 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                const Work& w = work_[i];
                const Ahead ahead = share(next, i, static_cast<int64_t>(work_.size()));
                const Tile tile{result_ + w.output * stride + w.kernel_row * kernel_row + w.values.result, stride, w.values.count, add};
                kernels_.multiply(map_pairs_ + w.kernel_row * p_.dilation[0] * map_width_ * map_step_ + w.values.from,
                                  gradient_pairs_ + w.output, w.outputs, pixels, tile, ahead);
            }
        });
    }

    const WeightProblem& p_;
    const TileKernels& kernels_;
    const uint16_t* map_;
    const uint16_t* gradient_;
    float* result_;

    bool single_;  // a kernel of one pixel
    bool dense_;   // no gap after a pixel
    int64_t map_step_, gradient_step_, map_width_;
    int64_t pairs_ = 0, rows_ = 0;  // of a block
    std::vector<Work> work_;
    Pair* map_pairs_ = nullptr;
    Pair* gradient_pairs_ = nullptr;
};

}  // namespace

bool has_weight_kernels() {
#if defined(__x86_64__)
    // With tiles of AMX oneDNN is far ahead.
    static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16") && !__builtin_cpu_supports("amx-bf16");
    return has;
#else
    return false;
#endif
}

void differentiate_weight(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result) {
#if defined(__x86_64__)
    Differentiation(problem, avx512_bf16_tiles, map, gradient, result).run();
#endif
}

}  // namespace resnetgen::conv
