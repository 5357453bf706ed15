#include "shared_sum.h"

#include <algorithm>
#include <cstring>

namespace resnetgen::group {

namespace {

// Of which the sum stays in the fastest cache, while memory is walked from end to end.
constexpr int64_t block = 1024;

float wide(float value) { return value; }
double wide(double value) { return value; }

float wide(Brain value) {
    const uint32_t bits = static_cast<uint32_t>(value.bits) << 16;
    float result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

void narrow(float value, float& result) { result = value; }
void narrow(double value, double& result) { result = value; }

// To the nearest, ties to even, as at::BFloat16.
void narrow(float value, Brain& result) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    result.bits = static_cast<uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
}

// Where a reciprocal is exact so is the product, and the same number as the quotient.
template <typename Sum>
void divide(Sum* sums, int64_t length, int count) {
    if ((count & (count - 1)) == 0) {
        const Sum factor = Sum(1) / static_cast<Sum>(count);
        for (int64_t i = 0; i < length; i++) sums[i] *= factor;
    } else {
        const Sum divisor = static_cast<Sum>(count);
        for (int64_t i = 0; i < length; i++) sums[i] /= divisor;
    }
}

template <typename Element>
void average_of(Element* const* parts, int count, int64_t from, int64_t to) {
    using Sum = decltype(wide(Element{}));
    alignas(64) Sum sums[block];
    for (int64_t begin = from; begin < to; begin += block) {
        const int64_t length = std::min(block, to - begin);
        const Element* const first = parts[0] + begin;
        for (int64_t i = 0; i < length; i++) sums[i] = wide(first[i]);
        for (int part = 1; part < count; part++) {
            const Element* const its = parts[part] + begin;
            for (int64_t i = 0; i < length; i++) sums[i] += wide(its[i]);
        }
        divide(sums, length, count);
        for (int part = 0; part < count; part++) {
            Element* const its = parts[part] + begin;
            for (int64_t i = 0; i < length; i++) narrow(sums[i], its[i]);
        }
    }
}

}  // namespace

void average(float* const* parts, int count, int64_t from, int64_t to) { average_of(parts, count, from, to); }
void average(double* const* parts, int count, int64_t from, int64_t to) { average_of(parts, count, from, to); }
void average(Brain* const* parts, int count, int64_t from, int64_t to) { average_of(parts, count, from, to); }

}  // namespace resnetgen::group
