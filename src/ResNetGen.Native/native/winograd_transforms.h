// The transforms of Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016,
// section 4.1) on vectors of 16 channels in float32: for AVX-512's files alone.
//
// Two outputs of a filter g of three numbers over four numbers d take four products instead of six, y = A^T [(G g) * (B^T d)]:
//
//         1  0 -1  0            1     0    0
//   B^T = 0  1  1  0       G =  1/2  1/2  1/2      A^T = 1  1  1  0
//         0 -1  1  0            1/2 -1/2  1/2            0  1 -1 -1
//         0  1  0 -1            0     0    1
//
// In two dimensions each is applied from both sides: 16 products instead of 36 for 2 x 2 outputs. The gradient of g has the same products
// with the roles exchanged: G^T [(A dy A^T) * (B^T d B)] G.
#pragma once

#include <immintrin.h>

#include <cstdint>

#define RN_WINOGRAD static inline __attribute__((always_inline))

namespace resnetgen::conv::winograd {

constexpr int tile = 4;         // rows and columns that a tile reads
constexpr int step = 2;         // those that it gives, and that lie between two tiles
constexpr int frequencies = tile * tile;

// 16 numbers in bfloat16, the upper halves of floats.
RN_WINOGRAD __m512 widened(__m256i halves) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16)); }
RN_WINOGRAD __m512 load(const uint16_t* from) { return widened(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))); }

// 16 numbers to the nearest bfloat16, ties to even; a NaN stays one, numbers below 2^-126 are 0.
RN_WINOGRAD __m256i rounded(__m512 numbers) { return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(numbers)); }
// Two times 16 numbers, in less time than one by one.
RN_WINOGRAD __m512i rounded(__m512 first, __m512 second) { return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first)); }

// B^T d of one line of four.
RN_WINOGRAD void transform_map(__m512& a, __m512& b, __m512& c, __m512& d) {
    const __m512 first = _mm512_sub_ps(a, c), last = _mm512_sub_ps(b, d), sum = _mm512_add_ps(b, c), difference = _mm512_sub_ps(c, b);
    a = first;
    b = sum;
    c = difference;
    d = last;
}

// A^T m of one line of four products, or of such sums of four lines: two outputs.
RN_WINOGRAD void transform_products(__m512 a, __m512 b, __m512 c, __m512 d, __m512& first, __m512& second) {
    first = _mm512_add_ps(_mm512_add_ps(a, b), c);
    second = _mm512_sub_ps(_mm512_sub_ps(b, c), d);
}

// G g of one line of three.
RN_WINOGRAD void transform_weight(__m512 a, __m512 b, __m512 c, __m512 (&u)[tile]) {
    const __m512 half = _mm512_set1_ps(0.5f), outer = _mm512_mul_ps(half, _mm512_add_ps(a, c)), middle = _mm512_mul_ps(half, b);
    u[0] = a;
    u[1] = _mm512_add_ps(outer, middle);
    u[2] = _mm512_sub_ps(outer, middle);
    u[3] = c;
}

// G g G^T of a kernel.
RN_WINOGRAD void transform_weight(const __m512 (&g)[3][3], __m512 (&u)[tile][tile]) {
    __m512 columns[3][tile];
#pragma GCC unroll 3
    for (int x = 0; x < 3; x++) transform_weight(g[0][x], g[1][x], g[2][x], columns[x]);
#pragma GCC unroll 4
    for (int i = 0; i < tile; i++) transform_weight(columns[0][i], columns[1][i], columns[2][i], u[i]);
}

// G^T m of one line of four.
RN_WINOGRAD void transform_weight_gradient(__m512 a, __m512 b, __m512 c, __m512 d, __m512 (&g)[3]) {
    const __m512 half = _mm512_set1_ps(0.5f), outer = _mm512_mul_ps(half, _mm512_add_ps(b, c));
    g[0] = _mm512_add_ps(a, outer);
    g[1] = _mm512_mul_ps(half, _mm512_sub_ps(b, c));
    g[2] = _mm512_add_ps(outer, d);
}

// G^T m G of the summed products of a kernel: the kernel's gradient.
RN_WINOGRAD void transform_weight_gradient(const __m512 (&m)[tile][tile], __m512 (&g)[3][3]) {
    __m512 columns[tile][3];
#pragma GCC unroll 4
    for (int x = 0; x < tile; x++) transform_weight_gradient(m[0][x], m[1][x], m[2][x], m[3][x], columns[x]);
#pragma GCC unroll 3
    for (int i = 0; i < 3; i++) transform_weight_gradient(columns[0][i], columns[1][i], columns[2][i], columns[3][i], g[i]);
}

}  // namespace resnetgen::conv::winograd
