// The mean of what several processes have in common memory, written to all of them. No libtorch in it.
#pragma once

#include <cstdint>

namespace resnetgen::group {

// bfloat16 as its bits.
struct Brain {
    uint16_t bits;
};

// parts[0][i] + parts[1][i] + … in this order, divided by their number, becomes every parts[...][i], for i from `from` to `to`. Brain is
// added up in float, and rounded once.
void average(float* const* parts, int count, int64_t from, int64_t to);
void average(double* const* parts, int count, int64_t from, int64_t to);
void average(Brain* const* parts, int count, int64_t from, int64_t to);

}  // namespace resnetgen::group
