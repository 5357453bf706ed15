// Option A's shortcut: between a smaller map of more pixels and the part of a larger number of channels that it is added to.
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include "batch_norm.h"

namespace resnetgen::batch_norm {

// `shape` is the feature map that the addend is added to, `addend` the addend before subsampling and padding.
class Shortcut {
public:
    Shortcut(const at::Tensor& shape, const at::Tensor& addend, const ChannelPadding& padding)
        : channels_last_(shape.is_contiguous(at::MemoryFormat::ChannelsLast)), padding_(padding), channels_(shape.size(1)),
          height_(shape.size(2)), width_(shape.size(3)), own_channels_(addend.size(1)), own_height_(addend.size(2)), own_width_(addend.size(3)) {}

    // Whole pixels in channels_last, single elements else: what begins and ends of runs must be multiples of.
    int64_t unit() const { return channels_last_ ? channels_ : 1; }

    // What is added to `count` elements from `first` on, zeros included. A run lies within one plane in the default format.
    template <typename T>
    void gather(const T* addend, int64_t first, int64_t count, T* run) const {
        each(first, count, [&](int64_t from, int64_t at, int64_t, int64_t) {
            if (!channels_last_) {
                run[at] = from < 0 ? T{} : addend[from];
                return;
            }
            zero(run + at, padding_.before);
            copy(addend + from, own_channels_, run + at + padding_.before);
            zero(run + at + padding_.before + own_channels_, padding_.after);
        });
    }

    // The gradient of the addend where the run of `count` elements from `first` on came from: each pixel of the run writes
    // itself and the pixels that were left out after it, so that all together write everything once.
    template <typename T>
    void scatter(const T* run, int64_t first, int64_t count, T* addend) const {
        const int64_t pixel = channels_last_ ? own_channels_ : 1;
        each(first, count, [&](int64_t to, int64_t at, int64_t y, int64_t x) {
            if (to < 0) return;
            const int64_t across = std::min(padding_.stride, own_width_ - x * padding_.stride);
            const int64_t down = std::min(padding_.stride, own_height_ - y * padding_.stride);
            copy(run + at + (channels_last_ ? padding_.before : 0), pixel, addend + to);
            zero(addend + to + pixel, (across - 1) * pixel);
            for (int64_t row = 1; row < down; row++) zero(addend + to + row * own_width_ * pixel, across * pixel);
        });
    }

private:
    // A pixel's channels are a few vectors: too few for a call of memcpy each.
    static constexpr int64_t vector_bytes = 32;

    template <typename T>
    static void copy(const T* from, int64_t count, T* to) {
        constexpr int64_t several = vector_bytes / sizeof(T);
        for (; count >= several; count -= several, from += several, to += several) std::memcpy(to, from, vector_bytes);
        for (; count > 0; count--) *to++ = *from++;
    }
    template <typename T>
    static void zero(T* to, int64_t count) {
        constexpr int64_t several = vector_bytes / sizeof(T);
        for (; count >= several; count -= several, to += several) std::memset(static_cast<void*>(to), 0, vector_bytes);
        for (; count > 0; count--) *to++ = T{};
    }

    // Calls body(place in the addend, place in the run, ...) for each pixel; the place is -1 for channels that it has not.
    template <typename Body>
    void each(int64_t first, int64_t count, Body body) const {
        const int64_t plane = height_ * width_;
        int64_t map = first / unit() / plane;  // the picture, or the picture's channel
        int64_t y = first / unit() % plane / width_;
        int64_t x = first / unit() % width_;
        int64_t base = own_base(map);
        for (int64_t at = 0; at < count; at += unit()) {
            const int64_t place = (y * padding_.stride * own_width_ + x * padding_.stride) * (channels_last_ ? own_channels_ : 1);
            body(base < 0 ? -1 : base + place, at, y, x);
            if (++x < width_) continue;
            x = 0;
            if (++y < height_) continue;
            y = 0;
            base = own_base(++map);
        }
    }

    // Where the map begins in the addend.
    int64_t own_base(int64_t map) const {
        const int64_t own_plane = own_height_ * own_width_;
        if (channels_last_) return map * own_plane * own_channels_;
        const int64_t channel = map % channels_ - padding_.before;
        return channel < 0 || channel >= own_channels_ ? -1 : (map / channels_ * own_channels_ + channel) * own_plane;
    }

    bool channels_last_;
    ChannelPadding padding_;
    int64_t channels_, height_, width_, own_channels_, own_height_, own_width_;
};

}  // namespace resnetgen::batch_norm
