// Where the windows of a max pooling lie.
#include "max_pool.h"

#include <algorithm>

namespace resnetgen::max_pool {

namespace {

// torch's: a last partial window counts where the user asks for it, and where it begins on the map or its left padding.
int64_t windows_in(int64_t size, int64_t extent, int64_t stride, int64_t padding, bool ceil) {
    const int64_t rest = size + 2 * padding - extent + (ceil ? stride - 1 : 0);
    if (rest < 0) return 0;
    const int64_t count = rest / stride + 1;
    return ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
}

}  // namespace

Windows windows_along(const Geometry& g, int side, int64_t size) {
    const int64_t kernel = g.kernel[side], stride = g.stride[side], padding = g.padding[side], dilation = g.dilation[side];
    Windows found;
    if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0 || padding > kernel / 2 || kernel > 255) return found;
    const int64_t count = windows_in(size, dilation * (kernel - 1) + 1, stride, padding, g.ceil);
    for (int64_t i = 0; i < count; i++) {
        Window window{i * stride - padding, 0, kernel};
        if (window.begin < 0) window.first = (-window.begin + dilation - 1) / dilation;
        while (window.last > window.first && window.begin + (window.last - 1) * dilation >= size) window.last--;
        if (window.last <= window.first) return {};
        found.windows.push_back(window);
    }
    for (int64_t pixel = 0; pixel < size; pixel++) {
        // The first window that reaches so far.
        for (int64_t i = std::max<int64_t>(0, pixel + padding - dilation * (kernel - 1) + stride - 1) / stride; i < count; i++) {
            const int64_t distance = pixel - found.windows[i].begin;
            if (distance < 0) break;  // nor has any later one a tap here
            if (distance % dilation == 0 && distance / dilation < kernel) found.readers.push_back({i, distance / dilation});
        }
        found.readers_end.push_back(static_cast<int64_t>(found.readers.size()));
    }
    return found;
}

}  // namespace resnetgen::max_pool
