// From the sums of columns to those of channels: in double, in the order of the parts.
#pragma once

#include "batch_norm_parts.h"

#include <memory>

namespace resnetgen::batch_norm {

// Two numbers for each channel of each part.
class PartSums {
public:
    explicit PartSums(const Parts& parts) : parts_(parts), width_(2 * parts.part_channels()), values_(parts.count * width_) {}

    double* first(int64_t part) { return values_.data() + part * width_; }
    double* second(int64_t part) { return first(part) + parts_.part_channels(); }

    // Calls body(part, channel, first, second) in the order of the parts.
    template <typename Body>
    void each(Body body) const {
        const int64_t channels = parts_.part_channels();
        for (int64_t part = 0; part < parts_.count; part++) {
            const double* at = values_.data() + part * width_;
            const int64_t offset = parts_.first_channel(part);
            for (int64_t c = 0; c < channels; c++) body(part, offset + c, at[c], at[channels + c]);
        }
    }

private:
    const Parts& parts_;
    int64_t width_;
    std::vector<double> values_;
};

// Mean and biased variance of all channels (Chan, Golub, LeVeque: the deviation of the parts' means counts too).
struct Moments {
    std::vector<double> mean, variance;

    template <typename T>
    Moments(const Parts& parts, const T* input) : mean(parts.channels), variance(parts.channels) {
        using Real = RealOf<T>;
        PartSums sums(parts);
        const Kernels<T>& kernels = kernels_of<T>();
        parts.run(false, [&](int64_t part) {
            const Extent extent = parts.extent(part);
            const std::unique_ptr<Real[]> columns(new Real[3 * extent.width]);
            Real* means = columns.get() + extent.width;
            Real* squares = means + extent.width;
            kernels.moments(input + parts.offset(part), extent, columns.get(), means, squares);

            const double share = 1.0 / static_cast<double>(parts.values_a_channel(part));
            double* average = sums.first(part);
            double* spread = sums.second(part);
            const auto values = [&](int64_t column) { return static_cast<double>(extent.rows + (column < extent.rest ? 1 : 0)); };
            parts.each_column(extent, [&](int64_t c, int64_t column) { average[c] += share * values(column) * means[column]; });
            parts.each_column(extent, [&](int64_t c, int64_t column) {
                const double off = means[column] - average[c];
                spread[c] += squares[column] + values(column) * off * off;
            });
        });

        const double share = 1.0 / static_cast<double>(parts.values_a_channel());
        sums.each([&](int64_t part, int64_t c, double average, double) {
            mean[c] += share * static_cast<double>(parts.values_a_channel(part)) * average;
        });
        sums.each([&](int64_t part, int64_t c, double average, double spread) {
            const double off = average - mean[c];
            variance[c] += share * (spread + static_cast<double>(parts.values_a_channel(part)) * off * off);
        });
    }
};

}  // namespace resnetgen::batch_norm
