// Transforms of the weight's gradient; CMakeLists.txt gives the flags.
#if defined(__AVX512BF16__)
#include "winograd_transforms.h"
#include "winograd_weights_kernels.h"

#include <algorithm>
#include <array>

namespace resnetgen::conv::winograd {

namespace {

// Vectors hold 8 channels of two tiles in turn: rounded to bfloat16 they are the pairs that the products take.
constexpr int group = 8;
// Tiles whose elements stay in the nearest cache while all groups of a panel pass.
constexpr int64_t strip = 8;

// Upper halves: element i / 2 of the first eight numbers or of the second eight.
constexpr std::array<uint16_t, 32> spread() {
    std::array<uint16_t, 32> order{};
    for (uint16_t i = 0; i < 16; i++) order[2 * i + 1] = static_cast<uint16_t>(i / 2 + (i % 2) * group);
    return order;
}

RN_WINOGRAD __m512 load(const uint16_t* first, const uint16_t* second) {
    alignas(64) static constexpr auto order = spread();
    const __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(first))),
                                                 _mm_loadu_si128(reinterpret_cast<const __m128i*>(second)), 1);
    return _mm512_castsi512_ps(_mm512_maskz_permutexvar_epi16(0xaaaaaaaa, _mm512_load_si512(order.data()), _mm512_castsi256_si512(both)));
}

// Of two frequencies at once: rounding both into one vector takes no longer than rounding one.
RN_WINOGRAD void store(Pair* to, int64_t frequency_step, __m512 first, __m512 second) {
    const auto both = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first));
    // All of both halves; without the masks g++ 12 warns of what its own header leaves open.
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_maskz_extracti64x4_epi64(0xf, both, 0));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + frequency_step), _mm512_maskz_extracti64x4_epi64(0xf, both, 1));
}

// B^T d of one line of four, and A y of one of two, but for the sign of both last numbers, whose product it does not change. Half of the differences are
// multiplications by one: other parts of the processor do those.
RN_WINOGRAD void transform_map(__m512& a, __m512& b, __m512& c, __m512& d, __m512 one) {
    const __m512 first = _mm512_fnmadd_ps(c, one, a), last = _mm512_fnmadd_ps(b, one, d), sum = _mm512_add_ps(b, c), difference = _mm512_sub_ps(c, b);
    a = first;
    b = sum;
    c = difference;
    d = last;
}

RN_WINOGRAD void transform_gradient(__m512 a, __m512 b, __m512 one, __m512 (&m)[tile]) {
    m[0] = a;
    m[1] = _mm512_add_ps(a, b);
    m[2] = _mm512_fnmadd_ps(b, one, a);
    m[3] = b;
}

// One, which the compiler does not know.
RN_WINOGRAD __m512 unit() {
    __m512 one = _mm512_set1_ps(1);
    asm("" : "+v"(one));
    return one;
}

// A column of a map's tiles, B^T d of it.
RN_WINOGRAD void column(const Rows& rows, int64_t x, int64_t channel, __m512 one, __m512 (&d)[tile]) {
    if (x < 0 || x >= rows.width) {
        for (__m512& number : d) number = _mm512_setzero_ps();
        return;
    }
    const int64_t at = x * rows.channels + channel;
#pragma GCC unroll 4
    for (int y = 0; y < tile; y++) d[y] = load(rows.of[0][y] + at, rows.of[1][y] + at);
    transform_map(d[0], d[1], d[2], d[3], one);
}

void map_group(const TileRow tiles, const Rows rows, int64_t begin, int64_t end, int64_t channel) {
    __m512 left[step][tile], right[step][tile];
    const __m512 one = unit();
    int64_t x = begin * step - rows.before;
    column(rows, x, channel, one, left[0]);
    column(rows, x + 1, channel, one, left[1]);
    Pair* to = tiles.to + begin * tiles.tile_step + channel;
    for (int64_t i = begin; i < end; i++) {
        x += step;
        column(rows, x, channel, one, right[0]);
        column(rows, x + 1, channel, one, right[1]);
#pragma GCC unroll 4
        for (int y = 0; y < tile; y++) {
            __m512 a = left[0][y], b = left[1][y], c = right[0][y], d = right[1][y];
            transform_map(a, b, c, d, one);
            Pair* const line = to + y * tile * tiles.frequency_step;
            store(line, tiles.frequency_step, a, b);
            store(line + 2 * tiles.frequency_step, tiles.frequency_step, c, d);
            left[0][y] = right[0][y];
            left[1][y] = right[1][y];
        }
        to += tiles.tile_step;
    }
}

void transform_map_rows(const TileRow& tiles, const Rows& rows) {
    for (int64_t begin = 0; begin < tiles.tiles; begin += strip) {
        for (int64_t channel = 0; channel < tiles.count; channel += group) map_group(tiles, rows, begin, std::min(begin + strip, tiles.tiles), channel);
    }
}

void transform_gradient_rows(const TileRow& all, const Rows& rows_of_all) {
    const TileRow tiles = all;
    const Rows rows = rows_of_all;
    const __m512 one = unit();
    for (int64_t i = 0; i < tiles.tiles; i++) {
        const int64_t x = i * step * rows.channels;
        const bool has_second = i * step + 1 < rows.width;
        for (int64_t channel = 0; channel < tiles.count; channel += group) {
            const int64_t at = x + channel, next = at + rows.channels;
            __m512 columns[step][tile];
            transform_gradient(load(rows.of[0][0] + at, rows.of[1][0] + at), load(rows.of[0][1] + at, rows.of[1][1] + at), one, columns[0]);
            if (has_second) {
                transform_gradient(load(rows.of[0][0] + next, rows.of[1][0] + next), load(rows.of[0][1] + next, rows.of[1][1] + next), one, columns[1]);
            } else {
                for (__m512& number : columns[1]) number = _mm512_setzero_ps();
            }
            Pair* const to = tiles.to + i * tiles.tile_step + channel;
#pragma GCC unroll 4
            for (int y = 0; y < tile; y++) {
                __m512 m[tile];
                transform_gradient(columns[0][y], columns[1][y], one, m);
                store(to + y * tile * tiles.frequency_step, tiles.frequency_step, m[0], m[1]);
                store(to + (y * tile + 2) * tiles.frequency_step, tiles.frequency_step, m[2], m[3]);
            }
        }
    }
}

template <Write How>
void transform_sums(float* to, int64_t channels, const float* sums, int64_t frequency_step, int64_t outputs, int64_t count) {
    for (int64_t o = 0; o < outputs; o++) {
        for (int64_t channel = 0; channel < count; channel += 16) {
            __m512 m[tile][tile], g[3][3];
#pragma GCC unroll 16
            for (int f = 0; f < frequencies; f++) m[f / tile][f % tile] = _mm512_loadu_ps(sums + f * frequency_step + channel);
            transform_weight_gradient(m, g);
#pragma GCC unroll 9
            for (int i = 0; i < 9; i++) {
                float* const at = to + i * channels + channel;
                if (How == Write::Past) {
                    _mm512_stream_ps(at, g[i / 3][i % 3]);
                } else {
                    _mm512_storeu_ps(at, How == Write::Add ? _mm512_add_ps(_mm512_loadu_ps(at), g[i / 3][i % 3]) : g[i / 3][i % 3]);
                }
            }
        }
        to += 9 * channels;
        sums += count;
    }
    // Other threads read the result when this work is said to be done, and such stores keep no order with saying so.
    if (How == Write::Past) _mm_sfence();
}

void transform_sums_any(float* to, int64_t channels, const float* sums, int64_t frequency_step, int64_t outputs, int64_t count, Write write) {
    switch (write) {
        case Write::New: return transform_sums<Write::New>(to, channels, sums, frequency_step, outputs, count);
        case Write::Past: return transform_sums<Write::Past>(to, channels, sums, frequency_step, outputs, count);
        default: return transform_sums<Write::Add>(to, channels, sums, frequency_step, outputs, count);
    }
}

}  // namespace

const WeightKernels avx512_bf16_weights = {transform_map_rows, transform_gradient_rows, transform_sums_any};

}  // namespace resnetgen::conv::winograd
#endif
