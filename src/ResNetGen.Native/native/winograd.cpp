// How the work of winograd.h is cut: blocks of tiles whose transformed maps stay in a processor's cache while all transformed weights pass by.
#include "winograd.h"

#include "convolution_packing.h"
#include "winograd_kernels.h"
#include "winograd_switch.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace resnetgen::conv {

#if defined(__x86_64__)
namespace {

using namespace winograd;

constexpr int64_t side = 2, frequencies = 16;
// Of transformed maps: what leaves room in a processor's own cache of 1 MiB for the weights that pass.
constexpr int64_t block_bytes = 384 << 10;
// Tiles of a block at most: so many that the sums of a group of outputs stay in the first cache, and at least so many that weights are used often.
constexpr int64_t most_block = 48, least_block = 2 * most_tiles;

struct Problem {
    int64_t images, channels, height, width;
    int64_t outputs, out_height, out_width;
    int64_t padding[2];

    int64_t tile_rows() const { return ceiling(out_height, side); }
    int64_t tile_columns() const { return ceiling(out_width, side); }
    int64_t tiles() const { return images * tile_rows() * tile_columns(); }
    int64_t channel_groups() const { return channels / group; }
    int64_t output_groups() const { return outputs / group; }
};

// Tiles beside each other, and their place among those that are transformed together.
struct Stretch {
    int64_t image, row, column, count, first;
};

std::vector<Stretch> stretches(const Problem& p, int64_t begin, int64_t end) {
    std::vector<Stretch> found;
    for (int64_t tile = begin; tile < end;) {
        const int64_t line = tile / p.tile_columns(), column = tile % p.tile_columns(), count = std::min(p.tile_columns() - column, end - tile);
        found.push_back({line / p.tile_rows(), line % p.tile_rows(), column, count, tile - begin});
        tile += count;
    }
    return found;
}

// Numbers of a transformed weight for a group of outputs and the frequencies of a row.
int64_t weight_row(const Problem& p) { return p.channel_groups() * group * group * 4; }

class Convolution {
public:
    Convolution(const Problem& problem, const uint16_t* map, const uint16_t* weight, const float* bias, uint16_t* result)
        : p_(problem), map_(map), weight_(weight), bias_(bias), result_(result) {}

    void run() const {
        const int64_t threads = at::get_num_threads(), tiles = p_.tiles(), groups = p_.output_groups();
        // Each output has its own sums: the bits do not depend on the cut.
        const int64_t most = std::clamp(block_bytes / (frequencies * 2 * p_.channels), least_block, most_block);
        const int64_t chunks = std::min(ceiling(ceiling(tiles, most), threads) * threads, ceiling(tiles, most_tiles));
        const int64_t splits = std::clamp<int64_t>(threads / chunks, 1, groups);
        at::parallel_for(0, chunks * splits, 1, [&](int64_t begin, int64_t end) {
            const int64_t size = ceiling(tiles, chunks) * group;
            // A step that is no multiple of a large power of two, lest all frequencies meet in one set of the cache.
            const int64_t map_step = ceiling(tiles, chunks) * p_.channels + 2 * group, half_step = size + group;
            const at::Tensor maps = at::empty({frequencies * map_step}, at::kBFloat16), products = at::empty({8 * half_step}, at::kFloat);
            const Spectrum v{static_cast<uint16_t*>(maps.data_ptr()), map_step, size};
            float* const m = products.data_ptr<float>();
            for (int64_t i = begin; i < end; i++) {
                const int64_t chunk = i / splits, split = i % splits, first = tiles * chunk / chunks, last = tiles * (chunk + 1) / chunks;
                const std::vector<Stretch> parts = stretches(p_, first, last);
                for (const Stretch& s : parts) transform_map(s, {v.numbers + s.first * group, v.frequency_step, v.group_step});
                for (int64_t outputs = groups * split / splits; outputs < groups * (split + 1) / splits; outputs++) {
                    multiply(outputs, v, last - first, m, half_step);
                    for (const Stretch& s : parts) transform_products(s, outputs * group, m + s.first * group, half_step);
                }
            }
        });
    }

private:
    void transform_map(const Stretch& s, const Spectrum& to) const {
        MapRow row{{}, s.column * side - p_.padding[1], p_.width, p_.channels, s.count};
        for (int64_t y = 0; y < 4; y++) {
            const int64_t line = s.row * side - p_.padding[0] + y;
            row.rows[y] = line >= 0 && line < p_.height ? map_ + (s.image * p_.height + line) * p_.width * p_.channels : nullptr;
        }
        kernels_.transform_map(row, to);
    }

    void multiply(int64_t outputs, const Spectrum& v, int64_t tiles, float* m, int64_t half_step) const {
        const int64_t parts = ceiling(tiles, most_tiles), groups = p_.channel_groups();
        for (int64_t row = 0; row < 4; row++) {
            const uint16_t* weight = weight_ + (outputs * 4 + row) * weight_row(p_);
            for (int64_t part = 0; part < parts; part++) {
                const int64_t first = tiles * part / parts, count = tiles * (part + 1) / parts - first;
                kernels_.multiply({v.numbers + 4 * row * v.frequency_step + first * group, v.frequency_step, v.group_step}, weight, groups, static_cast<int>(count),
                                  m + 2 * row * half_step + first * group, half_step);
            }
        }
    }

    void transform_products(const Stretch& s, int64_t output, const float* from, int64_t half_step) const {
        const int64_t row = s.row * side, line = p_.out_width * p_.outputs;
        uint16_t* to = result_ + (s.image * p_.out_height + row) * line + s.column * side * p_.outputs + output;
        kernels_.transform_products(from, half_step, s.count,
                                    {{to, row + 1 < p_.out_height ? to + line : nullptr}, std::min(s.count * side, p_.out_width - s.column * side), p_.outputs,
                                     bias_ ? bias_ + output : nullptr});
    }

    static constexpr const Kernels& kernels_ = avx512_bf16_kernels;
    const Problem p_;
    const uint16_t* map_;
    const uint16_t* weight_;
    const float* bias_;
    uint16_t* result_;
};

// [groups of outputs, 4 rows of frequencies, channels / 2, 4 frequencies, outputs of a group, 2].
at::Tensor transformed(const Problem& p, const at::Tensor& weight, bool turned) {
    const at::Tensor laid = weight.contiguous(at::MemoryFormat::ChannelsLast);
    const Weight all{laid.data_ptr<float>(), weight.size(0), weight.size(1), turned};
    const int64_t groups = p.channel_groups(), row = weight_row(p);
    const at::Tensor result = at::empty({p.output_groups() * 4 * row}, at::kBFloat16);
    uint16_t* to = static_cast<uint16_t*>(result.data_ptr());
    at::parallel_for(0, p.output_groups() * groups, 16, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const int64_t outputs = i / groups, channels = i % groups;
            avx512_bf16_kernels.transform_weight(all, channels * group, outputs * group, to + outputs * 4 * row + channels * 4 * group * group, row);
        }
    });
    return result;
}

at::Tensor convolve(const Problem& p, const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, bool turned) {
    const at::Tensor result = at::empty({p.images, p.outputs, p.out_height, p.out_width}, map.options().memory_format(at::MemoryFormat::ChannelsLast));
    const at::Tensor spectra = transformed(p, weight, turned), offsets = bias.defined() ? bias.to(at::kFloat).contiguous() : bias;
    Convolution(p, static_cast<const uint16_t*>(map.data_ptr()), static_cast<const uint16_t*>(spectra.data_ptr()),
                offsets.defined() ? offsets.data_ptr<float>() : nullptr, static_cast<uint16_t*>(result.data_ptr())).run();
    return result;
}

bool has_form(const at::Tensor& weight, const Geometry& g) {
    for (int i = 0; i < 2; i++) {
        if (weight.size(2 + i) != 3 || g.stride[i] != 1 || g.dilation[i] != 1 || g.padding[i] > 2) return false;
    }
    return g.groups == 1 && has_weight_kernels() && winograd_wanted();
}

// Pairs of an output and a place of the kernel along one side that lie in the map: oneDNN leaves out the others.
int64_t places(int64_t outputs, int64_t side, int64_t padding) {
    int64_t found = 0;
    for (int64_t k = 0; k < 3; k++) found += std::max<int64_t>(0, std::min(outputs, side + padding - k) - std::max<int64_t>(0, padding - k));
    return found;
}

// Whether there are whole groups, tiles enough for what transforming the weight costs, and few products in tiles that hang over the edge: the
// transforms are worth it from 1.3 times fewer products.
bool suits(const Problem& p) {
    constexpr int64_t least_tiles = 16;
    const int64_t direct = places(p.out_height, p.height, p.padding[0]) * places(p.out_width, p.width, p.padding[1]);
    return p.channels % group == 0 && p.outputs % group == 0 && p.tiles() >= least_tiles &&
           10 * direct >= 13 * frequencies * p.tile_rows() * p.tile_columns();
}

}  // namespace
#endif

at::Tensor winograd_forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& g) {
#if defined(__x86_64__)
    if (!has_form(weight, g)) return {};
    const Problem p{map.size(0), map.size(1), map.size(2), map.size(3), weight.size(0), map.size(2) + 2 * g.padding[0] - 2, map.size(3) + 2 * g.padding[1] - 2,
                    {g.padding[0], g.padding[1]}};
    if (suits(p)) return convolve(p, map, weight, bias, false);
#endif
    return {};
}

at::Tensor winograd_map_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
#if defined(__x86_64__)
    if (!has_form(weight, g)) return {};
    const Problem p{map.size(0), gradient.size(1), gradient.size(2), gradient.size(3), map.size(1), map.size(2), map.size(3), {2 - g.padding[0], 2 - g.padding[1]}};
    if (suits(p)) return convolve(p, gradient, weight, {}, true);
#endif
    return {};
}

}  // namespace resnetgen::conv
