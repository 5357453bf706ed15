// The kernels themselves; included by one source file for each set of instructions.
#pragma once

#include "batch_norm_lanes.h"
#include "max_pool_kernels.h"

namespace {

using namespace resnetgen::max_pool;

typedef int32_t PlaceLanes __attribute__((vector_size(RN_LANE_BYTES)));
typedef uint8_t ByteLanes __attribute__((vector_size(RN_LANE_BYTES / 4)));

// The places of a vector of values, or of one value.
template <typename V>
struct Places;
template <>
struct Places<FloatLanes> {
    using Numbers = PlaceLanes;
    static RN_INLINE inline Numbers load(const uint8_t* from) {
        ByteLanes bytes;
        __builtin_memcpy(&bytes, from, sizeof(bytes));
        return __builtin_convertvector(bytes, Numbers);
    }
    static RN_INLINE inline void store(uint8_t* to, Numbers numbers) {
        const ByteLanes bytes = __builtin_convertvector(numbers, ByteLanes);
        __builtin_memcpy(to, &bytes, sizeof(bytes));
    }
};
template <>
struct Places<float> {
    using Numbers = int32_t;
    static RN_INLINE inline Numbers load(const uint8_t* from) { return *from; }
    static RN_INLINE inline void store(uint8_t* to, Numbers number) { *to = static_cast<uint8_t>(number); }
};

// Calls body(V(), channel) for vectors and then for single values, until all channels are done.
template <typename Body>
RN_INLINE inline void over_channels(int64_t channels, Body body) {
    constexpr int64_t lanes = RN_LANE_BYTES / 4;
    int64_t channel = 0;
    for (; channel + lanes <= channels; channel += lanes) body(FloatLanes(), channel);
    for (; channel < channels; channel++) body(float(), channel);
}

// As torch chooses: the first of equal values, and of those that are not numbers the last.
template <typename T, typename V>
RN_INLINE inline void choose(const Pool<T>& a, int64_t column, int64_t channel) {
    using Numbers = typename Places<V>::Numbers;
    const Window across = a.columns[column];
    V best{};
    Numbers place{};
    bool begun = false;
    for (int64_t i = a.row.first; i < a.row.last; i++) {
        const T* row = a.map + (a.row.begin + i * a.dilation[0]) * a.width * a.channels + channel;
        for (int64_t j = across.first; j < across.last; j++) {
            const V value = Memory<V, T>::load(row + (across.begin + j * a.dilation[1]) * a.channels);
            const Numbers here = Numbers{} + static_cast<int32_t>(i * a.kernel_width + j);
            if (!begun) {
                best = value;
                place = here;
                begun = true;
                continue;
            }
            const auto takes = (value > best) | (value != value);
            best = takes ? value : best;
            place = takes ? here : place;
        }
    }
    Memory<V, T>::store(a.output + column * a.channels + channel, best);
    Places<V>::store(a.places + column * a.channels + channel, place);
}

template <typename T>
void pool(const Pool<T>& a) {
    for (int64_t column = 0; column < a.columns_count; column++) {
        over_channels(a.channels, [&](auto kind, int64_t channel) RN_INLINE { choose<T, decltype(kind)>(a, column, channel); });
    }
}

// Summed in float in the order of the windows, and rounded once.
template <typename T, typename V>
RN_INLINE inline V gathered(const Spread<T>& a, int64_t first, int64_t last, int64_t channel) {
    using Numbers = typename Places<V>::Numbers;
    V sum{};
    for (int64_t i = 0; i < a.rows_count; i++) {
        const Reader down = a.rows[i];
        for (int64_t j = first; j < last; j++) {
            const Reader across = a.columns[j];
            const int64_t at = (down.window * a.out_width + across.window) * a.channels + channel;
            const Numbers here = Numbers{} + static_cast<int32_t>(down.tap * a.kernel_width + across.tap);
            const V gradient = Memory<V, T>::load(a.gradient + at);
            sum += Places<V>::load(a.places + at) == here ? gradient : V{};
        }
    }
    return sum;
}

template <typename T>
void spread(const Spread<T>& a) {
    for (int64_t column = 0; column < a.width; column++) {
        const int64_t first = column == 0 ? 0 : a.columns_end[column - 1], last = a.columns_end[column];
        T* const to = a.map_gradient + column * a.channels;
        over_channels(a.channels, [&](auto kind, int64_t channel) RN_INLINE {
            using V = decltype(kind);
            Memory<V, T>::store(to + channel, gathered<T, V>(a, first, last, channel));
        });
    }
}

template <typename T>
constexpr Kernels<T> of_type() {
    return {&pool<T>, &spread<T>};
}

}  // namespace
