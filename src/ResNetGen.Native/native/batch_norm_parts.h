// How a feature map is cut into parts for the kernels of batch_norm_kernels.h. The cut follows from the shape alone, never
// from the number of threads, and so does the order in which parts are summed: results are the same bits for any number.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <numeric>
#include <vector>

#include "batch_norm_kernels.h"

namespace resnetgen::batch_norm {

// A part is a matrix in which every column belongs to one channel.
//
// channels_last: memory is one matrix [N*H*W, C]. Rows are joined, `repeat` of them, until they fill whole vectors (16
// channels: 4 pixels side by side are 64 columns); a part is a number of such rows with all channels.
// Default format: a part is the plane of one picture and channel, as rows of 64 columns of that one channel.
struct Parts {
    bool channels_last;
    int64_t channels;
    int64_t repeat;     // columns of a channel
    int64_t width;      // columns
    int64_t elements;   // of a part; the last one may have fewer
    int64_t total;      // elements of the feature map
    int64_t count;      // parts
    int64_t grain;      // parts that are worth a thread

    static constexpr int64_t strip = 64;

    explicit Parts(const at::Tensor& input)
        : channels_last(input.is_contiguous(at::MemoryFormat::ChannelsLast)), channels(input.size(1)), total(input.numel()) {
        constexpr int64_t worth_a_part = 1 << 15;
        if (channels_last) {
            repeat = strip / std::gcd(channels, strip);
            if (repeat * channels > 2048) repeat = 1;
            width = repeat * channels;
            elements = std::max<int64_t>(worth_a_part / width, 32) * width;
        } else {
            repeat = width = strip;
            elements = input.size(2) * input.size(3);
        }
        count = at::divup(total, elements);
        grain = std::max<int64_t>(1, worth_a_part / elements);
    }

    int64_t offset(int64_t part) const { return part * elements; }
    int64_t size(int64_t part) const { return std::min(elements, total - offset(part)); }
    Extent extent(int64_t part) const { return extent_of(size(part)); }
    Extent extent_of(int64_t elements) const { return {elements / width, width, elements % width}; }

    // The channels of a part: from first to first + part_channels() - 1.
    int64_t part_channels() const { return channels_last ? channels : 1; }
    int64_t first_channel(int64_t part) const { return channels_last ? 0 : part % channels; }
    int64_t values_a_channel(int64_t part) const { return size(part) / part_channels(); }
    int64_t values_a_channel() const { return total / channels; }

    // What belongs to channels is laid out a column: the columns of a part begin at columns_of(part).
    int64_t all_columns() const { return channels_last ? width : channels * width; }
    int64_t columns_of(int64_t part) const { return channels_last ? 0 : first_channel(part) * width; }
    template <typename Real, typename Value>
    void spread(Real* columns, Value value) const {
        if (channels_last) {
            for (int64_t c = 0; c < channels; c++) columns[c] = value(c);
            for (int64_t c = channels; c < width; c++) columns[c] = columns[c - channels];
        } else {
            for (int64_t c = 0; c < channels; c++) std::fill_n(columns + c * width, width, value(c));
        }
    }

    // Calls body(channel of the part, column) for each of its columns that has values; a column's values: rows, and one
    // more where the column is before `rest`.
    template <typename Body>
    void each_column(const Extent& extent, Body body) const {
        const int64_t used = extent.rows > 0 ? width : extent.rest;
        if (channels_last) {
            for (int64_t begin = 0; begin < used; begin += channels) {
                for (int64_t c = 0; c < channels; c++) body(c, begin + c);
            }
        } else {
            for (int64_t column = 0; column < used; column++) body(int64_t(0), column);
        }
    }

    // Calls body(part) for all parts on all threads. `backwards` begins with what was touched last, which may still be in
    // the cache: for the second pass over the same memory.
    template <typename Body>
    void run(bool backwards, Body body) const {
        at::parallel_for(0, count, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) body(backwards ? begin + end - 1 - i : i);
        });
    }
};

}  // namespace resnetgen::batch_norm
