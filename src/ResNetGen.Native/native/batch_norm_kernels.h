// The arithmetic of fused batch normalisation on the processor, compiled once for each set of instructions
// (batch_norm_generic.cpp, _avx2.cpp, _avx512.cpp, _avx512_bf16.cpp) and chosen at run time (batch_norm_dispatch.cpp).
//
// Nothing of ATen or of the standard library's templates may be included here or there: the linker keeps one copy of an
// inline function for the whole library, and it must not be the one with instructions that this processor lacks.
#pragma once

#include <stdint.h>

namespace resnetgen::batch_norm {

// A bfloat16 as it lies in memory.
struct BFloat16 {
    uint16_t bits;
};

template <typename T>
struct Arithmetic { using Real = T; };
template <>
struct Arithmetic<BFloat16> { using Real = float; };
template <typename T>
using RealOf = typename Arithmetic<T>::Real;

// A run of memory seen as a matrix: `rows` rows of `width` columns, and `rest` (< width) elements of one more row.
struct Extent {
    int64_t rows;
    int64_t width;
    int64_t rest;
};

// Where ReLU's mask comes from.
enum class Mask { None, Input, Output };

// Vectors "a column" have extent.width elements.
template <typename T>
struct Reduce {
    using Real = RealOf<T>;
    const T* gradient;
    const T* input;
    const T* output;         // Mask::Output
    T* masked;               // Mask::Output: the masked gradient is written here; may be `gradient`
    Extent extent;
    const Real* mean;        // a column
    const Real* scale;       // a column, Mask::Input
    const Real* shift;       // a column, Mask::Input
    Real* sum;               // a column: sum of g
    Real* product;           // a column: sum of g * (x - mean)
};

// dx = scale * g + slope * x + offset
template <typename T>
struct Differentiate {
    using Real = RealOf<T>;
    const T* gradient;
    const T* input;
    T* input_gradient;       // may be `gradient`
    Extent extent;
    const Real* scale;       // a column
    const Real* shift;       // a column, Mask::Input
    const Real* slope;       // a column; nullptr: slope and offset are 0
    const Real* offset;      // a column
};

template <typename T>
struct Kernels {
    using Real = RealOf<T>;
    // Mean of each column and its sum of squared deviations; `scratch` has extent.width elements.
    void (*moments)(const T* input, Extent extent, Real* scratch, Real* mean, Real* squares);
    // y = input * scale + shift (+ addend) (rectified). `addend` is nullptr where there is none; output may be the input.
    void (*normalise)(const T* input, const T* addend, T* output, Extent extent, const Real* scale, const Real* shift, bool relu);
    void (*reduce)(const Reduce<T>& arguments, Mask mask);
    void (*differentiate)(const Differentiate<T>& arguments, Mask mask);
};

struct KernelSet {
    Kernels<float> float32;
    Kernels<double> float64;
    Kernels<BFloat16> bfloat16;
};

extern const KernelSet generic_kernels;
#if defined(__x86_64__)
extern const KernelSet avx2_kernels;
extern const KernelSet avx512_kernels;
extern const KernelSet avx512_bf16_kernels;
#endif

// The fastest that this processor has.
const KernelSet& kernels();

template <typename T>
const Kernels<T>& kernels_of();

}  // namespace resnetgen::batch_norm
