// Vectors of the compiler (GCC's and Clang's vector_size), as wide as the instructions that this file is compiled for, and
// what batch_norm_loops.h does with them. Every operation has a form for one element too: the ends of rows.
#pragma once

#include "batch_norm_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
#define RN_LANE_BYTES 64
#elif defined(__AVX2__)
#define RN_LANE_BYTES 32
#else
#define RN_LANE_BYTES 16
#endif

#define RN_INLINE __attribute__((always_inline))

namespace {

using resnetgen::batch_norm::BFloat16;

typedef float FloatLanes __attribute__((vector_size(RN_LANE_BYTES)));
typedef double DoubleLanes __attribute__((vector_size(RN_LANE_BYTES)));
typedef uint32_t WordLanes __attribute__((vector_size(RN_LANE_BYTES)));
typedef uint16_t HalfwordLanes __attribute__((vector_size(RN_LANE_BYTES / 2)));

template <typename Real>
struct LanesOf;
template <>
struct LanesOf<float> { using type = FloatLanes; };
template <>
struct LanesOf<double> { using type = DoubleLanes; };

// Loads and stores: V is a vector or one element of the arithmetic type, T what lies in memory.
template <typename V, typename T>
struct Memory {
    static RN_INLINE inline V load(const T* from) {
        V value;
        __builtin_memcpy(&value, from, sizeof(V));
        return value;
    }
    static RN_INLINE inline void store(T* to, V value) { __builtin_memcpy(to, &value, sizeof(V)); }
};

// Halfwords to words and back. In the processor's own words where there is one instruction for it: GCC 12 makes several of
// __builtin_convertvector.
#if defined(__AVX512F__)
RN_INLINE inline WordLanes widened(HalfwordLanes bits) { return reinterpret_cast<WordLanes>(_mm512_cvtepu16_epi32(reinterpret_cast<__m256i>(bits))); }
RN_INLINE inline HalfwordLanes narrowed(WordLanes bits) { return reinterpret_cast<HalfwordLanes>(_mm512_cvtepi32_epi16(reinterpret_cast<__m512i>(bits))); }
#elif defined(__AVX2__)
RN_INLINE inline WordLanes widened(HalfwordLanes bits) { return reinterpret_cast<WordLanes>(_mm256_cvtepu16_epi32(reinterpret_cast<__m128i>(bits))); }
RN_INLINE inline HalfwordLanes narrowed(WordLanes bits) {
    const __m256i words = reinterpret_cast<__m256i>(bits);
    return reinterpret_cast<HalfwordLanes>(_mm_packus_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
}
#else
RN_INLINE inline WordLanes widened(HalfwordLanes bits) { return __builtin_convertvector(bits, WordLanes); }
RN_INLINE inline HalfwordLanes narrowed(WordLanes bits) { return __builtin_convertvector(bits, HalfwordLanes); }
#endif

// Shortened to the nearest, ties to even; a NaN stays one. The instruction takes and gives numbers below 2^-126 as 0.
#if defined(__AVX512BF16__)
RN_INLINE inline HalfwordLanes shortened(FloatLanes value) { return reinterpret_cast<HalfwordLanes>(_mm512_cvtneps_pbh(value)); }
#else
RN_INLINE inline HalfwordLanes shortened(FloatLanes value) {
    const WordLanes bits = reinterpret_cast<WordLanes>(value);
    const WordLanes rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    const WordLanes quiet = (bits >> 16) | 0x40u;
    return narrowed(value == value ? rounded : quiet);
}
#endif

// A bfloat16 is the upper half of a float.
template <>
struct Memory<FloatLanes, BFloat16> {
    static RN_INLINE inline FloatLanes load(const BFloat16* from) {
        HalfwordLanes bits;
        __builtin_memcpy(&bits, from, sizeof(bits));
        return reinterpret_cast<FloatLanes>(widened(bits) << 16);
    }
    static RN_INLINE inline void store(BFloat16* to, FloatLanes value) {
        const HalfwordLanes bits = shortened(value);
        __builtin_memcpy(to, &bits, sizeof(bits));
    }
};

template <>
struct Memory<float, BFloat16> {
    static RN_INLINE inline float load(const BFloat16* from) {
        const uint32_t bits = static_cast<uint32_t>(from->bits) << 16;
        float value;
        __builtin_memcpy(&value, &bits, sizeof(value));
        return value;
    }
    static RN_INLINE inline void store(BFloat16* to, float value) {
        uint32_t bits;
        __builtin_memcpy(&bits, &value, sizeof(bits));
        const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
        to->bits = static_cast<uint16_t>(value == value ? rounded : (bits >> 16) | 0x40u);
    }
};

// a * b + c, rounded once where the processor can. Written out, because forward and backward must agree on the sign of the
// result to the last bit, and a compiler that may fuse or not fuse decides at each place anew.
#if defined(__FMA__)
RN_INLINE inline float multiply_add(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
RN_INLINE inline double multiply_add(double a, double b, double c) { return __builtin_fma(a, b, c); }
#if defined(__AVX512F__)
RN_INLINE inline FloatLanes multiply_add(FloatLanes a, FloatLanes b, FloatLanes c) { return _mm512_fmadd_ps(a, b, c); }
RN_INLINE inline DoubleLanes multiply_add(DoubleLanes a, DoubleLanes b, DoubleLanes c) { return _mm512_fmadd_pd(a, b, c); }
#else
RN_INLINE inline FloatLanes multiply_add(FloatLanes a, FloatLanes b, FloatLanes c) { return _mm256_fmadd_ps(a, b, c); }
RN_INLINE inline DoubleLanes multiply_add(DoubleLanes a, DoubleLanes b, DoubleLanes c) { return _mm256_fmadd_pd(a, b, c); }
#endif
#elif defined(__aarch64__)
RN_INLINE inline float multiply_add(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
RN_INLINE inline double multiply_add(double a, double b, double c) { return __builtin_fma(a, b, c); }
RN_INLINE inline FloatLanes multiply_add(FloatLanes a, FloatLanes b, FloatLanes c) {
    return reinterpret_cast<FloatLanes>(vfmaq_f32(reinterpret_cast<float32x4_t>(c), reinterpret_cast<float32x4_t>(a), reinterpret_cast<float32x4_t>(b)));
}
RN_INLINE inline DoubleLanes multiply_add(DoubleLanes a, DoubleLanes b, DoubleLanes c) {
    return reinterpret_cast<DoubleLanes>(vfmaq_f64(reinterpret_cast<float64x2_t>(c), reinterpret_cast<float64x2_t>(a), reinterpret_cast<float64x2_t>(b)));
}
#else
template <typename V>
RN_INLINE inline V multiply_add(V a, V b, V c) { return a * b + c; }
#endif

// Both as torch has them: a NaN stays a NaN, and lets its gradient through.
template <typename V>
RN_INLINE inline V rectified(V value) { return value < V{} ? V{} : value; }
template <typename V>
RN_INLINE inline V where_positive(V value, V gradient) { return value <= V{} ? V{} : gradient; }

}  // namespace
