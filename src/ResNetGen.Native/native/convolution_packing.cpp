#include "convolution_packing.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>

namespace resnetgen::conv {

namespace {

constexpr int64_t line_pairs = 16;

}  // namespace

Ahead share(const std::vector<Ahead>& all, int64_t part, int64_t parts) {
    int64_t lines = 0;
    for (const Ahead& each : all) lines += each.lines;
    int64_t begin = lines * part / parts;
    const int64_t count = lines * (part + 1) / parts - begin;
    for (const Ahead& each : all) {
        if (begin < each.lines) return {each.begin + 64 * begin, std::min(count, each.lines - begin)};
        begin -= each.lines;
    }
    return {nullptr, 0};
}

Packing::Packing(const WeightProblem& problem, const TileKernels& kernels, const uint16_t* map, const uint16_t* gradient, int64_t block_pairs)
    : p_(problem), kernels_(kernels), map_(map), gradient_(gradient) {
    single_ = p_.kernel_height == 1 && p_.kernel_width == 1 && p_.padding[0] == 0 && p_.padding[1] == 0;
    dense_ = p_.channels < map_panel && p_.dilation[1] == 1;
    map_step_ = std::min(p_.channels, map_panel);
    map_width_ = single_ ? p_.out_width : (p_.out_width - 1) * p_.stride[1] + (p_.kernel_width - 1) * p_.dilation[1] + 1;

    const int64_t all_pairs = ceiling(p_.images, 2), map_values = ceiling(p_.channels, map_step_) * map_step_;
    const auto map_size = [&](int64_t rows) { return map_rows(rows) * map_width_ * map_values; };
    const auto size = [&](int64_t rows) { return map_size(rows) + rows * p_.out_width * p_.outputs; };
    rows_ = p_.out_height;
    pairs_ = std::clamp<int64_t>(block_pairs / size(rows_), 1, all_pairs);
    pairs_ = ceiling(all_pairs, ceiling(all_pairs, pairs_));
    while (rows_ > 1 && pairs_ * size(rows_) > block_pairs) rows_--;
    rows_ = ceiling(p_.out_height, ceiling(p_.out_height, rows_));

    // A tile's last vector may read on behind its pixel.
    const int64_t map_pairs = ceiling(pairs_ * map_size(rows_) + map_panel, line_pairs) * line_pairs;
    memory_ = at::empty({map_pairs + pairs_ * rows_ * p_.out_width * p_.outputs + line_pairs}, at::kInt);
    map_pairs_ = static_cast<Pair*>(memory_.data_ptr());
    gradient_pairs_ = map_pairs_ + map_pairs;
}

// Rows of the map that so many rows of the output depend on.
int64_t Packing::map_rows(int64_t rows) const {
    return single_ ? rows : (rows - 1) * p_.stride[0] + (p_.kernel_height - 1) * p_.dilation[0] + 1;
}

std::vector<Block> Packing::blocks() const {
    const int64_t all_pairs = ceiling(p_.images, 2);
    std::vector<Block> found;
    for (int64_t pair = 0; pair < all_pairs; pair += pairs_) {
        for (int64_t row = 0; row < p_.out_height; row += rows_) {
            found.push_back({pair, std::min(pairs_, all_pairs - pair), row, std::min(rows_, p_.out_height - row)});
        }
    }
    return found;
}

std::vector<int32_t> Packing::places(const Block& block) const {
    const int64_t down = single_ ? 1 : p_.stride[0], across = single_ ? 1 : p_.stride[1], above = map_rows(block.rows);
    std::vector<int32_t> found;
    found.reserve(block.pairs * block.rows * p_.out_width);
    for (int64_t pair = 0; pair < block.pairs; pair++) {
        for (int64_t row = 0; row < block.rows; row++) {
            const int64_t begin = (pair * above + row * down) * map_width_;
            for (int64_t x = 0; x < p_.out_width; x++) found.push_back(static_cast<int32_t>((begin + x * across) * map_step_));
        }
    }
    return found;
}

std::vector<Values> Packing::values(const Block& block) const {
    std::vector<Values> found;
    if (dense_) {
        const int64_t row = p_.kernel_width * p_.channels;
        for (int64_t i = 0; i < row; i += map_panel) found.push_back({i, i, static_cast<int>(std::min(map_panel, row - i))});
        return found;
    }
    for (int64_t x = 0; x < p_.kernel_width; x++) {
        for (int64_t c = 0; c < p_.channels; c += map_step_) {
            found.push_back({c * map_pixels(block) + x * p_.dilation[1] * map_step_, x * p_.channels + c,
                             static_cast<int>(std::min(map_step_, p_.channels - c))});
        }
    }
    return found;
}

// Of whole images, or of a part of two.
std::vector<Ahead> Packing::sources(const Block& block) const {
    std::vector<Ahead> found;
    const int64_t first = 2 * block.pair, images = std::min(2 * block.pairs, p_.images - first);
    const int64_t row = p_.out_width * p_.outputs, map_row = p_.width * p_.channels;
    const auto add = [&](const uint16_t* begin, int64_t elements) {
        if (elements > 0) found.push_back({reinterpret_cast<const char*>(begin), ceiling(elements, 32)});
    };
    if (block.rows == p_.out_height) {
        add(gradient_ + first * p_.out_height * row, images * p_.out_height * row);
        add(map_ + first * p_.height * map_row, images * p_.height * map_row);
        return found;
    }
    const int64_t top = block.row * p_.stride[0] - p_.padding[0], begin = std::max<int64_t>(top, 0);
    const int64_t end = std::min(top + (single_ ? (block.rows - 1) * p_.stride[0] + 1 : map_rows(block.rows)), p_.height);
    for (int64_t image = first; image < first + images; image++) {
        add(gradient_ + (image * p_.out_height + block.row) * row, block.rows * row);
        add(map_ + (image * p_.height + begin) * map_row, (end - begin) * map_row);
    }
    return found;
}

void Packing::pack(const Block& block) {
    const int64_t above = map_rows(block.rows), each = above + block.rows;
    at::parallel_for(0, block.pairs * each, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            if (i % each < above) {
                pack_map_row(block, i / each, i % each);
            } else {
                pack_gradient_row(block, i / each, i % each - above);
            }
        }
    });
}

// With the zeros around the map. A kernel of one pixel needs only those pixels that it looks at.
void Packing::pack_map_row(const Block& block, int64_t pair, int64_t row) {
    const int64_t image = 2 * (block.pair + pair), c = p_.channels, size = p_.height * p_.width * c;
    const int64_t y = single_ ? (block.row + row) * p_.stride[0] : block.row * p_.stride[0] - p_.padding[0] + row;
    const int64_t step = single_ ? p_.stride[1] : 1;
    const bool inside = y >= 0 && y < p_.height;
    const int64_t left = inside ? std::min(p_.padding[1], map_width_) : map_width_;
    const int64_t right = inside ? std::min(p_.width + p_.padding[1], map_width_) : map_width_;
    const uint16_t* const from = map_ + image * size + (inside ? y * p_.width * c : 0);
    const int64_t second = image + 1 < p_.images ? size : 0;
    for (int64_t panel = 0; panel < c; panel += map_step_) {
        Pair* const to = map_pairs_ + panel * map_pixels(block) + (pair * map_rows(block.rows) + row) * map_width_ * map_step_;
        const int64_t count = std::min(map_step_, c - panel);
        if (left > 0) std::memset(to, 0, sizeof(Pair) * left * map_step_);
        if (c == map_step_ && step == 1) {
            if (right > left) kernels_.interleave(to + left * c, from, second ? from + second : nullptr, (right - left) * c);
        } else {
            for (int64_t x = left; x < right; x++) {
                const uint16_t* const pixel = from + (x - p_.padding[1]) * step * c + panel;
                kernels_.interleave(to + x * map_step_, pixel, second ? pixel + second : nullptr, count);
            }
        }
        if (right < map_width_) std::memset(to + right * map_step_, 0, sizeof(Pair) * (map_width_ - right) * map_step_);
    }
}

void Packing::pack_gradient_row(const Block& block, int64_t pair, int64_t row) {
    const int64_t image = 2 * (block.pair + pair), c = p_.outputs, size = p_.out_height * p_.out_width * c;
    const int64_t pixels = block.pairs * block.rows * p_.out_width;
    const uint16_t* const from = gradient_ + image * size + (block.row + row) * p_.out_width * c;
    const int64_t second = image + 1 < p_.images ? size : 0;
    for (int64_t panel = 0; panel < c; panel += output_panel) {
        const int64_t count = std::min(output_panel, c - panel);
        Pair* const to = gradient_pairs_ + panel * pixels + (pair * block.rows + row) * p_.out_width * count;
        for (int64_t x = 0; x < p_.out_width; x++) {
            const uint16_t* const pixel = from + x * c + panel;
            kernels_.interleave(to + x * count, pixel, second ? pixel + second : nullptr, count);
        }
    }
}

}  // namespace resnetgen::conv
