// Products of bfloat16 summed in float32; CMakeLists.txt gives the flags.
#if defined(__AVX512BF16__)
#include "convolution_tiles.h"

#include <immintrin.h>

#include <array>
#include <utility>

namespace resnetgen::conv {

namespace {

constexpr int lanes = 16;
constexpr int most_vectors = 4;
// So many outputs that sums, a vector of each kind of factor and nothing else fill the 32 registers.
constexpr int most[most_vectors + 1] = {0, 16, 12, 8, 6};

// All sums of a tile stay in registers from the first pixel to the last.
template <int Outputs, int Vectors>
void multiply(const Pair* map, const Pair* gradient, const Pixels& pixels, const Tile& tile, const Ahead& ahead) {
    __m512 sums[Outputs][Vectors];
#pragma GCC unroll 16
    for (int o = 0; o < Outputs; o++) {
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; v++) sums[o][v] = _mm512_setzero_ps();
    }
    // Spread over the pixels: all at once they would have to be waited for.
    const int64_t pace = (ahead.lines << 16) / pixels.count;
    int64_t line = 0;
    for (int64_t i = 0; i < pixels.count; i++) {
        _mm_prefetch(ahead.begin + ((line >> 16) << 6), _MM_HINT_T1);
        line += pace;
        const Pair* from = map + pixels.map[i];
        __m512bh values[Vectors];
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; v++) values[v] = reinterpret_cast<__m512bh>(_mm512_loadu_si512(from + lanes * v));
#pragma GCC unroll 16
        for (int o = 0; o < Outputs; o++) {
            const auto factor = reinterpret_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(gradient[o])));
#pragma GCC unroll 4
            for (int v = 0; v < Vectors; v++) sums[o][v] = _mm512_dpbf16_ps(sums[o][v], factor, values[v]);
        }
        gradient += pixels.gradient_step;
    }
    const auto last = static_cast<__mmask16>((1u << (tile.values - lanes * (Vectors - 1))) - 1);
#pragma GCC unroll 16
    for (int o = 0; o < Outputs; o++) {
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; v++) {
            const __mmask16 mask = v == Vectors - 1 ? last : static_cast<__mmask16>(0xffff);
            float* to = tile.result + o * tile.stride + lanes * v;
            if (tile.write == Write::Past) {
                _mm512_stream_ps(to, sums[o][v]);
            } else {
                const __m512 before = tile.write == Write::Add ? _mm512_maskz_loadu_ps(mask, to) : _mm512_setzero_ps();
                _mm512_mask_storeu_ps(to, mask, _mm512_add_ps(before, sums[o][v]));
            }
        }
    }
    // Other threads read the result when this work is said to be done, and such stores keep no order with saying so.
    if (tile.write == Write::Past) _mm_sfence();
}

using Multiply = void (*)(const Pair*, const Pair*, const Pixels&, const Tile&, const Ahead&);

template <int Vectors, int... Outputs>
constexpr std::array<Multiply, sizeof...(Outputs)> for_outputs(std::integer_sequence<int, Outputs...>) {
    return {multiply<Outputs + 1, Vectors>...};
}

template <int Vectors>
Multiply chosen(int outputs) {
    static constexpr auto kernels = for_outputs<Vectors>(std::make_integer_sequence<int, most[Vectors]>());
    return kernels[outputs - 1];
}

void multiply_any(const Pair* map, const Pair* gradient, int outputs, const Pixels& pixels, const Tile& tile,
                  const Ahead& ahead) {
    switch ((tile.values + lanes - 1) / lanes) {
        case 1: return chosen<1>(outputs)(map, gradient, pixels, tile, ahead);
        case 2: return chosen<2>(outputs)(map, gradient, pixels, tile, ahead);
        case 3: return chosen<3>(outputs)(map, gradient, pixels, tile, ahead);
        default: return chosen<4>(outputs)(map, gradient, pixels, tile, ahead);
    }
}

int most_outputs(int vectors) { return most[vectors]; }

// Numbers 0 … 31 are the first operand's elements, from 32 on the second's.
constexpr std::array<uint16_t, 32> alternating(uint16_t begin) {
    std::array<uint16_t, 32> order{};
    for (uint16_t i = 0; i < 16; i++) {
        order[2 * i] = begin + i;
        order[2 * i + 1] = 32 + begin + i;
    }
    return order;
}

void interleave(Pair* to, const uint16_t* first, const uint16_t* second, int64_t count) {
    alignas(64) static constexpr auto low_order = alternating(0), high_order = alternating(16);
    const __m512i low = _mm512_load_si512(low_order.data()), high = _mm512_load_si512(high_order.data());
    int64_t i = 0;
    for (; i + 32 <= count; i += 32) {
        const __m512i a = _mm512_loadu_si512(first + i), b = second ? _mm512_loadu_si512(second + i) : _mm512_setzero_si512();
        _mm512_storeu_si512(to + i, _mm512_permutex2var_epi16(a, low, b));
        _mm512_storeu_si512(to + i + 16, _mm512_permutex2var_epi16(a, high, b));
    }
    if (i == count) return;
    const auto left = static_cast<__mmask32>((1u << (count - i)) - 1);
    const __m512i a = _mm512_maskz_loadu_epi16(left, first + i), b = second ? _mm512_maskz_loadu_epi16(left, second + i) : _mm512_setzero_si512();
    _mm512_mask_storeu_epi32(to + i, static_cast<__mmask16>(left), _mm512_permutex2var_epi16(a, low, b));
    _mm512_mask_storeu_epi32(to + i + 16, static_cast<__mmask16>(left >> 16), _mm512_permutex2var_epi16(a, high, b));
}

}  // namespace

const TileKernels avx512_bf16_tiles = {most_outputs, multiply_any, interleave};

}  // namespace resnetgen::conv
#endif
