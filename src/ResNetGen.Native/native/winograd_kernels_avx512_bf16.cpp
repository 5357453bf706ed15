// Products of bfloat16 summed in float32; CMakeLists.txt gives the flags.
#if defined(__AVX512BF16__)
#include "winograd_kernels.h"
#include "winograd_transforms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace resnetgen::conv::winograd {

namespace {

// So many sums that they and a vector of each kind of factor fill the 32 registers; they stay there from the first channel to the last.
template <int Tiles>
void multiply(const Spectrum& map, const uint16_t* weight, int64_t groups, float* to, int64_t half_step) {
    __m512 sums[Tiles][tile];
#pragma GCC unroll 6
    for (int t = 0; t < Tiles; t++) {
#pragma GCC unroll 4
        for (int f = 0; f < tile; f++) sums[t][f] = _mm512_setzero_ps();
    }
    const uint16_t* from = map.numbers;
    for (int64_t i = 0; i < groups; i++) {
#pragma GCC unroll 2
        for (int64_t pair = 0; pair < group / 2; pair++) {
#pragma GCC unroll 4
            for (int f = 0; f < tile; f++) {
                const auto factors = reinterpret_cast<__m512bh>(_mm512_loadu_si512(weight + 2 * group * f));
#pragma GCC unroll 6
                for (int t = 0; t < Tiles; t++) {
                    int both;
                    __builtin_memcpy(&both, from + f * map.frequency_step + 2 * pair + group * t, sizeof(both));
                    sums[t][f] = _mm512_dpbf16_ps(sums[t][f], factors, reinterpret_cast<__m512bh>(_mm512_set1_epi32(both)));
                }
            }
            weight += 2 * group * tile;
        }
        from += map.group_step;
    }
#pragma GCC unroll 6
    for (int t = 0; t < Tiles; t++) {
        __m512 first, second;
        transform_products(sums[t][0], sums[t][1], sums[t][2], sums[t][3], first, second);
        _mm512_storeu_ps(to + group * t, first);
        _mm512_storeu_ps(to + half_step + group * t, second);
    }
}

using Multiply = void (*)(const Spectrum&, const uint16_t*, int64_t, float*, int64_t);

template <int... Tiles>
constexpr std::array<Multiply, sizeof...(Tiles)> for_tiles(std::integer_sequence<int, Tiles...>) {
    return {multiply<Tiles + 1>...};
}

void multiply_any(const Spectrum& map, const uint16_t* weight, int64_t groups, int tiles, float* to, int64_t half_step) {
    static constexpr auto kernels = for_tiles(std::make_integer_sequence<int, most_tiles>());
    kernels[tiles - 1](map, weight, groups, to, half_step);
}

// B^T d of a column of the map: four rows of a group of channels. Whole: all rows lie in the map.
template <bool Whole>
RN_WINOGRAD void transform_column(const MapRow& row, int64_t column, int64_t channel, __m512 (&d)[tile]) {
    if (column < 0 || column >= row.width) {
#pragma GCC unroll 4
        for (int y = 0; y < tile; y++) d[y] = _mm512_setzero_ps();
        return;
    }
    const int64_t place = column * row.channels + channel;
#pragma GCC unroll 4
    for (int y = 0; y < tile; y++) d[y] = Whole || row.rows[y] ? load(row.rows[y] + place) : _mm512_setzero_ps();
    transform_map(d[0], d[1], d[2], d[3]);
}

RN_WINOGRAD void store(uint16_t* first, uint16_t* second, __m512i both) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(first), _mm512_castsi512_si256(both));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(second), _mm512_extracti64x4_epi64(both, 1));
}

// Tiles share two columns with the one before.
template <bool Whole>
void transform_channels(const MapRow& row, int64_t channel, const Spectrum& to) {
    __m512 a[tile], b[tile], c[tile], d[tile];
    transform_column<Whole>(row, row.column, channel, a);
    transform_column<Whole>(row, row.column + 1, channel, b);
    uint16_t* at = to.numbers + channel / group * to.group_step;
    for (int64_t i = 0; i < row.tiles; i++) {
        transform_column<Whole>(row, row.column + step * i + 2, channel, c);
        transform_column<Whole>(row, row.column + step * i + 3, channel, d);
#pragma GCC unroll 4
        for (int y = 0; y < tile; y++) {
            __m512 first = a[y], second = b[y], third = c[y], fourth = d[y];
            transform_map(first, second, third, fourth);
            uint16_t* line = at + y * tile * to.frequency_step;
            store(line, line + to.frequency_step, rounded(first, second));
            store(line + 2 * to.frequency_step, line + 3 * to.frequency_step, rounded(third, fourth));
            a[y] = c[y];
            b[y] = d[y];
        }
        at += group;
    }
}

void transform_map_row(const MapRow& row, const Spectrum& to) {
    const bool whole = row.rows[0] && row.rows[1] && row.rows[2] && row.rows[3];
    const auto transform = whole ? transform_channels<true> : transform_channels<false>;
    for (int64_t channel = 0; channel < row.channels; channel += group) transform(row, channel, to);
}

void transform_product_row(const float* from, int64_t half_step, int64_t tiles, const OutputRow& to) {
    const __m512 bias = to.bias ? _mm512_loadu_ps(to.bias) : _mm512_setzero_ps();
    const auto put = [bias](uint16_t* at, __m512 sum) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(at), rounded(_mm512_add_ps(sum, bias))); };
    uint16_t* above = to.rows[0];
    uint16_t* below = to.rows[1];
    for (int64_t i = 0; i < tiles; i++) {
        __m512 y[step][step];
#pragma GCC unroll 2
        for (int x = 0; x < step; x++) {
            const float* at = from + x * half_step;
            transform_products(_mm512_loadu_ps(at), _mm512_loadu_ps(at + 2 * half_step), _mm512_loadu_ps(at + 4 * half_step), _mm512_loadu_ps(at + 6 * half_step),
                               y[0][x], y[1][x]);
        }
        const bool two = step * i + 1 < to.columns;
        put(above, y[0][0]);
        if (two) put(above + to.pixel_step, y[0][1]);
        if (below) {
            put(below, y[1][0]);
            if (two) put(below + to.pixel_step, y[1][1]);
            below += step * to.pixel_step;
        }
        above += step * to.pixel_step;
        from += group;
    }
}

// The kernels of an output and a group of inputs, transformed.
RN_WINOGRAD void transform_kernels(const Weight& w, int64_t output, int64_t input, __m512 (&u)[tile][tile]) {
    const float* from = w.numbers + output * 9 * w.inputs + input;
    __m512 g[3][3];
#pragma GCC unroll 3
    for (int y = 0; y < 3; y++) {
#pragma GCC unroll 3
        for (int x = 0; x < 3; x++) g[y][x] = _mm512_loadu_ps(from + (w.turned ? 8 - 3 * y - x : 3 * y + x) * w.inputs);
    }
    transform_weight(g, u);
}

// 16 rows of 8 words into 8 rows of 16 words, those of four frequencies beside each other.
RN_WINOGRAD void turn(const __m256i* from, uint32_t* to) {
    constexpr int64_t words = tile * group;
    __m512i a[8], b[8];
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) a[i] = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_load_si256(from + i)), _mm256_load_si256(from + 8 + i), 1);
    // Four rows each: words 0 … 3 of a row and 4 … 7 lie in quarters of their own.
#pragma GCC unroll 2
    for (int half = 0; half < 8; half += 4) {
        const __m512i low = _mm512_unpacklo_epi32(a[half], a[half + 1]), high = _mm512_unpackhi_epi32(a[half], a[half + 1]);
        const __m512i next_low = _mm512_unpacklo_epi32(a[half + 2], a[half + 3]), next_high = _mm512_unpackhi_epi32(a[half + 2], a[half + 3]);
        b[half] = _mm512_unpacklo_epi64(low, next_low);
        b[half + 1] = _mm512_unpackhi_epi64(low, next_low);
        b[half + 2] = _mm512_unpacklo_epi64(high, next_high);
        b[half + 3] = _mm512_unpackhi_epi64(high, next_high);
    }
    const __m512i even = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13), odd = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        _mm512_storeu_si512(to + i * words, _mm512_permutex2var_epi64(b[i], even, b[4 + i]));
        _mm512_storeu_si512(to + (4 + i) * words, _mm512_permutex2var_epi64(b[i], odd, b[4 + i]));
    }
}

void transform_weight_block(const Weight& w, int64_t channel, int64_t output, uint16_t* to, int64_t row_step) {
    __m512 u[tile][tile];
    if (w.turned) {
        alignas(64) static constexpr auto order = [] {
            std::array<uint16_t, 32> found{};
            for (uint16_t i = 0; i < 16; i++) {
                found[2 * i] = i;
                found[2 * i + 1] = 16 + i;
            }
            return found;
        }();
        const __m512i sides = _mm512_load_si512(order.data());
        for (int64_t pair = 0; pair < group / 2; pair++) {
            __m512 first[tile][tile];
            transform_kernels(w, channel + 2 * pair, output, first);
            transform_kernels(w, channel + 2 * pair + 1, output, u);
#pragma GCC unroll 16
            for (int f = 0; f < frequencies; f++) {
                const __m512i both = rounded(first[f / tile][f % tile], u[f / tile][f % tile]);
                _mm512_storeu_si512(to + f / tile * row_step + (pair * tile + f % tile) * 2 * group, _mm512_permutexvar_epi16(sides, both));
            }
        }
        return;
    }
    alignas(64) __m256i rows[frequencies][group];
    for (int64_t o = 0; o < group; o++) {
        transform_kernels(w, output + o, channel, u);
#pragma GCC unroll 16
        for (int f = 0; f < frequencies; f++) rows[f][o] = rounded(u[f / tile][f % tile]);
    }
    for (int f = 0; f < frequencies; f++) turn(rows[f], reinterpret_cast<uint32_t*>(to + f / tile * row_step + f % tile * 2 * group));
}

}  // namespace

const Kernels avx512_bf16_kernels = {transform_map_row, multiply_any, transform_product_row, transform_weight_block};

}  // namespace resnetgen::conv::winograd
#endif
