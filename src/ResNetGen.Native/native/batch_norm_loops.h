// The kernels themselves, one pass over memory each. Included by one source file for each set of instructions.
//
// Where a strip of a few vectors is a whole row, what belongs to its columns stays in registers while all rows pass by. Wider
// rows are taken one by one: memory is read in order, which counts for more than the registers (on 8 maps of 256 x 56 x 56,
// groups of four rows took 1.4 times as long).
#pragma once

#include "batch_norm_lanes.h"

namespace {

using namespace resnetgen::batch_norm;

// A strip of columns: `count` vectors V side by side.
template <typename V_, int Count>
struct Strip {
    using V = V_;
    static constexpr int count = Count;
};

#if defined(__AVX512F__)
constexpr int widest = 4;  // of 32 registers up to 16 hold what belongs to the columns
#else
constexpr int widest = 2;  // of 16
#endif

// Calls body(strip, column) for strips that cover the columns from first to last - 1.
template <typename Real, typename Body>
RN_INLINE inline void over_columns(int64_t first, int64_t last, Body body) {
    using V = typename LanesOf<Real>::type;
    constexpr int64_t lanes = sizeof(V) / sizeof(Real);
    int64_t column = first;
    for (; column + widest * lanes <= last; column += widest * lanes) body(Strip<V, widest>(), column);
    for (; column + lanes <= last; column += lanes) body(Strip<V, 1>(), column);
    for (; column < last; column++) body(Strip<Real, 1>(), column);
}

// Calls body(strip, column, first row, last row + 1) for all elements of an extent; its rest is one row of fewer columns.
template <typename T, typename Body>
RN_INLINE inline void over_elements(Extent extent, Body body) {
    using Real = RealOf<T>;
    constexpr int64_t strip = widest * RN_LANE_BYTES / sizeof(Real);
    const int64_t group = extent.width <= strip ? extent.rows : 1;
    for (int64_t row = 0; row < extent.rows; row += group) {
        const int64_t end = row + group < extent.rows ? row + group : extent.rows;
        over_columns<Real>(0, extent.width, [&](auto strip, int64_t column) RN_INLINE { body(strip, column, row, end); });
    }
    over_columns<Real>(0, extent.rest, [&](auto strip, int64_t column) RN_INLINE { body(strip, column, extent.rows, extent.rows + 1); });
}

// `count` vectors in registers, loaded from and stored to memory side by side.
template <typename S>
struct Registers {
    using V = typename S::V;
    V at[S::count];

    template <typename T>
    static constexpr int64_t lanes() { return sizeof(V) / sizeof(RealOf<T>); }

    template <typename T>
    RN_INLINE void load(const T* from) {
        for (int i = 0; i < S::count; i++) at[i] = Memory<V, T>::load(from + i * lanes<T>());
    }
    template <typename T>
    RN_INLINE void store(T* to) const {
        for (int i = 0; i < S::count; i++) Memory<V, T>::store(to + i * lanes<T>(), at[i]);
    }
};

// Sums are taken of deviations from a pivot near the mean, the average of the first rows: sums of squares of the values
// themselves would cancel where the mean is far from 0.
template <typename T>
void moments(const T* input, Extent extent, RealOf<T>* pivot, RealOf<T>* mean, RealOf<T>* squares) {
    using Real = RealOf<T>;
    const int64_t sampled = extent.rows < 8 ? extent.rows : 8;
    const Real share = sampled > 0 ? Real(1) / Real(sampled) : Real(0);
    over_columns<Real>(0, extent.width, [&](auto strip, int64_t column) RN_INLINE {
        using R = Registers<decltype(strip)>;
        R sum{}, x;
        for (int64_t row = 0; row < sampled; row++) {
            x.load(input + row * extent.width + column);
            for (int i = 0; i < strip.count; i++) sum.at[i] += x.at[i];
        }
        R{}.store(mean + column);
        R{}.store(squares + column);
        for (int i = 0; i < strip.count; i++) sum.at[i] *= share;
        sum.store(pivot + column);
    });
    if (extent.rows == 0) {
        over_columns<Real>(0, extent.rest, [&](auto strip, int64_t column) RN_INLINE {
            Registers<decltype(strip)> x;
            x.load(input + column);
            x.store(pivot + column);
        });
    }

    over_elements<T>(extent, [&](auto strip, int64_t column, int64_t row, int64_t end) RN_INLINE {
        Registers<decltype(strip)> around, sum, square, x;
        around.load(pivot + column);
        sum.load(mean + column);
        square.load(squares + column);
        for (; row < end; row++) {
            x.load(input + row * extent.width + column);
            for (int i = 0; i < strip.count; i++) {
                const auto deviation = x.at[i] - around.at[i];
                sum.at[i] += deviation;
                square.at[i] = multiply_add(deviation, deviation, square.at[i]);
            }
        }
        sum.store(mean + column);
        square.store(squares + column);
    });

    const auto finish = [&](int64_t first, int64_t last, int64_t count) RN_INLINE {
        if (count == 0) return;
        const Real part = Real(1) / Real(count);
        over_columns<Real>(first, last, [&](auto strip, int64_t column) RN_INLINE {
            Registers<decltype(strip)> around, sum, square;
            around.load(pivot + column);
            sum.load(mean + column);
            square.load(squares + column);
            for (int i = 0; i < strip.count; i++) {
                square.at[i] = rectified(square.at[i] - sum.at[i] * sum.at[i] * part);
                sum.at[i] = around.at[i] + sum.at[i] * part;
            }
            sum.store(mean + column);
            square.store(squares + column);
        });
    };
    finish(0, extent.rest, extent.rows + 1);
    finish(extent.rest, extent.width, extent.rows);
}

template <bool Add, bool Rectify, typename T>
void normalise_as(const T* input, const T* addend, T* output, Extent extent, const RealOf<T>* scale, const RealOf<T>* shift) {
    over_elements<T>(extent, [&](auto strip, int64_t column, int64_t row, int64_t end) RN_INLINE {
        Registers<decltype(strip)> factor, constant, x, other;
        factor.load(scale + column);
        constant.load(shift + column);
        for (; row < end; row++) {
            const int64_t at = row * extent.width + column;
            x.load(input + at);
            if constexpr (Add) other.load(addend + at);
            for (int i = 0; i < strip.count; i++) {
                x.at[i] = multiply_add(x.at[i], factor.at[i], constant.at[i]);
                if constexpr (Add) x.at[i] += other.at[i];
                if constexpr (Rectify) x.at[i] = rectified(x.at[i]);
            }
            x.store(output + at);
        }
    });
}

template <typename T>
void normalise(const T* input, const T* addend, T* output, Extent extent, const RealOf<T>* scale, const RealOf<T>* shift, bool relu) {
    if (addend) return relu ? normalise_as<true, true>(input, addend, output, extent, scale, shift)
                            : normalise_as<true, false>(input, addend, output, extent, scale, shift);
    return relu ? normalise_as<false, true>(input, addend, output, extent, scale, shift)
                : normalise_as<false, false>(input, addend, output, extent, scale, shift);
}

template <Mask Masked, typename T>
void reduce_as(const Reduce<T>& a) {
    using Real = RealOf<T>;
    over_columns<Real>(0, a.extent.width, [&](auto strip, int64_t column) RN_INLINE {
        Registers<decltype(strip)>{}.store(a.sum + column);
        Registers<decltype(strip)>{}.store(a.product + column);
    });
    over_elements<T>(a.extent, [&](auto strip, int64_t column, int64_t row, int64_t end) RN_INLINE {
        Registers<decltype(strip)> mean, factor, constant, sum, product, g, x, y;
        mean.load(a.mean + column);
        sum.load(a.sum + column);
        product.load(a.product + column);
        if constexpr (Masked == Mask::Input) {
            factor.load(a.scale + column);
            constant.load(a.shift + column);
        }
        for (; row < end; row++) {
            const int64_t at = row * a.extent.width + column;
            g.load(a.gradient + at);
            x.load(a.input + at);
            if constexpr (Masked == Mask::Output) y.load(a.output + at);
            for (int i = 0; i < strip.count; i++) {
                if constexpr (Masked == Mask::Input) y.at[i] = multiply_add(x.at[i], factor.at[i], constant.at[i]);
                if constexpr (Masked != Mask::None) g.at[i] = where_positive(y.at[i], g.at[i]);
                sum.at[i] += g.at[i];
                product.at[i] = multiply_add(g.at[i], x.at[i] - mean.at[i], product.at[i]);
            }
            if constexpr (Masked == Mask::Output) g.store(a.masked + at);
        }
        sum.store(a.sum + column);
        product.store(a.product + column);
    });
}

template <typename T>
void reduce(const Reduce<T>& arguments, Mask mask) {
    switch (mask) {
        case Mask::None: return reduce_as<Mask::None>(arguments);
        case Mask::Input: return reduce_as<Mask::Input>(arguments);
        case Mask::Output: return reduce_as<Mask::Output>(arguments);
    }
}

template <bool Masked, bool Sloped, typename T>
void differentiate_as(const Differentiate<T>& a) {
    over_elements<T>(a.extent, [&](auto strip, int64_t column, int64_t row, int64_t end) RN_INLINE {
        Registers<decltype(strip)> factor, constant, slope, offset, g, x;
        factor.load(a.scale + column);
        if constexpr (Masked) constant.load(a.shift + column);
        if constexpr (Sloped) {
            slope.load(a.slope + column);
            offset.load(a.offset + column);
        }
        for (; row < end; row++) {
            const int64_t at = row * a.extent.width + column;
            g.load(a.gradient + at);
            if constexpr (Masked || Sloped) x.load(a.input + at);
            for (int i = 0; i < strip.count; i++) {
                if constexpr (Masked) g.at[i] = where_positive(multiply_add(x.at[i], factor.at[i], constant.at[i]), g.at[i]);
                if constexpr (Sloped) g.at[i] = multiply_add(g.at[i], factor.at[i], multiply_add(x.at[i], slope.at[i], offset.at[i]));
                else g.at[i] *= factor.at[i];
            }
            g.store(a.input_gradient + at);
        }
    });
}

template <typename T>
void differentiate(const Differentiate<T>& arguments, Mask mask) {
    if (mask == Mask::Input) return arguments.slope ? differentiate_as<true, true>(arguments) : differentiate_as<true, false>(arguments);
    return arguments.slope ? differentiate_as<false, true>(arguments) : differentiate_as<false, false>(arguments);
}

template <typename T>
constexpr Kernels<T> all_kernels() { return {&moments<T>, &normalise<T>, &reduce<T>, &differentiate<T>}; }

constexpr KernelSet all_types() { return {all_kernels<float>(), all_kernels<double>(), all_kernels<BFloat16>()}; }

}  // namespace
