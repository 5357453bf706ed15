// Max pooling as one autograd operation, in torch's semantics; gradients of gradients are torch's.
#include "max_pool.h"

#include "optimizer_loops.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <atomic>

using resnetgen::guarded;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace resnetgen::max_pool {

namespace {

std::atomic<int>& level() {
    static std::atomic<int> chosen{static_cast<int>(processor())};
    return chosen;
}

const KernelSet& kernels() {
#if defined(__x86_64__)
    switch (static_cast<Processor>(level().load(std::memory_order_relaxed))) {
        case Processor::Avx512: return avx512_kernels;
        case Processor::Avx2: return avx2_kernels;
        default: break;
    }
#endif
    return generic_kernels;
}

template <typename T>
const Kernels<T>& kernels_of();
template <>
const Kernels<float>& kernels_of<float>() { return kernels().float32; }
template <>
const Kernels<BFloat16>& kernels_of<BFloat16>() { return kernels().bfloat16; }

// A map as the kernels see it. In the default format every channel is an image of one channel.
struct Extent {
    int64_t images, channels, height, width;
    at::MemoryFormat format;
};

Extent extent_of(at::IntArrayRef sizes, at::MemoryFormat format) {
    const bool apart = format == at::MemoryFormat::Contiguous;
    return {apart ? sizes[0] * sizes[1] : sizes[0], apart ? 1 : sizes[1], sizes[2], sizes[3], format};
}

at::MemoryFormat format_of(const at::Tensor& map) {
    return map.is_contiguous(at::MemoryFormat::ChannelsLast) ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

// A thread is woken for no fewer elements than this.
int64_t grain(int64_t row) { return std::max<int64_t>(1, 32768 / std::max<int64_t>(1, row)); }

template <typename T>
void pool_all(const at::Tensor& map, at::Tensor& output, at::Tensor& places, const Geometry& g, const Windows& rows, const Windows& columns) {
    const Extent e = extent_of(map.sizes(), format_of(map));
    const T* from = static_cast<const T*>(map.data_ptr());
    T* const to = static_cast<T*>(output.data_ptr());
    uint8_t* const at = places.data_ptr<uint8_t>();
    const int64_t row = columns.count() * e.channels;
    const auto kernel = kernels_of<T>().pool;
    at::parallel_for(0, e.images * rows.count(), grain(row), [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            kernel({from + i / rows.count() * e.height * e.width * e.channels, to + i * row, at + i * row, e.channels, e.width, g.kernel[1],
                    {g.dilation[0], g.dilation[1]}, rows.windows[i % rows.count()], columns.windows.data(), columns.count()});
        }
    });
}

template <typename T>
void spread_all(const at::Tensor& gradient, const at::Tensor& places, at::Tensor& map_gradient, const Geometry& g, const Windows& rows,
                const Windows& columns, at::MemoryFormat format) {
    const Extent e = extent_of(map_gradient.sizes(), format);
    const int64_t row = e.width * e.channels, image = rows.count() * columns.count() * e.channels;
    const T* const from = static_cast<const T*>(gradient.data_ptr());
    const uint8_t* const at = places.data_ptr<uint8_t>();
    T* const to = static_cast<T*>(map_gradient.data_ptr());
    const auto kernel = kernels_of<T>().spread;
    at::parallel_for(0, e.images * e.height, grain(row), [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const int64_t y = i % e.height, first = y == 0 ? 0 : rows.readers_end[y - 1];
            kernel({to + i * row, from + i / e.height * image, at + i / e.height * image, e.channels, e.width, columns.count(), g.kernel[1],
                    rows.readers.data() + first, rows.readers_end[y] - first, columns.readers.data(), columns.readers_end.data()});
        }
    });
}

// The indices that torch would have kept.
at::Tensor indices_of(const at::Tensor& places, const Geometry& g, int64_t width) {
    const auto options = at::TensorOptions().dtype(at::kLong);
    const auto along = [&](int side, int64_t count) { return at::arange(count, options) * g.stride[side] - g.padding[side]; };
    const at::Tensor place = places.to(at::kLong);
    const at::Tensor y = at::div(place, g.kernel[1], "floor") * g.dilation[0] + along(0, places.size(2)).unsqueeze(1);
    const at::Tensor x = at::remainder(place, g.kernel[1]) * g.dilation[1] + along(1, places.size(3));
    return y * width + x;
}

at::Tensor by_torch(const at::Tensor& gradient, const at::Tensor& places, const Geometry& g, at::IntArrayRef sizes, at::MemoryFormat format) {
    // Of the map only shape and layout are read.
    const at::Tensor map = at::empty(sizes, gradient.options().memory_format(format));
    return at::max_pool2d_with_indices_backward(gradient, map, g.kernel, g.stride, g.padding, g.dilation, g.ceil,
                                                indices_of(places, g, sizes[3]).contiguous(format));
}

struct MaxPool : torch::autograd::Function<MaxPool> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& map, const Geometry& g) {
        const at::MemoryFormat format = format_of(map);
        const Windows rows = windows_along(g, 0, map.size(2)), columns = windows_along(g, 1, map.size(3));
        at::Tensor output = at::empty({map.size(0), map.size(1), rows.count(), columns.count()}, map.options().memory_format(format));
        at::Tensor places = at::empty(output.sizes(), map.options().dtype(at::kByte).memory_format(format));
        if (map.scalar_type() == at::kFloat) pool_all<float>(map, output, places, g, rows, columns);
        else pool_all<BFloat16>(map, output, places, g, rows, columns);
        context->save_for_backward({places});
        auto& kept = context->saved_data;
        kept["geometry"] = g.packed();
        kept["sizes"] = map.sizes().vec();
        kept["format"] = int64_t(format);
        return output;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        RECORD_FUNCTION("rn::max_pool_backward", std::vector<c10::IValue>());
        const auto& kept = context->saved_data;
        const Geometry g = Geometry::unpacked(kept.at("geometry").toIntVector());
        const std::vector<int64_t> sizes = kept.at("sizes").toIntVector();
        const auto format = static_cast<at::MemoryFormat>(kept.at("format").toInt());
        const at::Tensor places = context->get_saved_variables()[0], gradient = gradients[0].contiguous(format);
        const bool is_long = gradient.scalar_type() == at::kFloat;
        if (at::GradMode::is_enabled() || (!is_long && gradient.scalar_type() != at::kBFloat16)) return {by_torch(gradient, places, g, sizes, format), at::Tensor()};
        at::Tensor result = at::empty(sizes, gradient.options().memory_format(format));
        const Windows rows = windows_along(g, 0, sizes[2]), columns = windows_along(g, 1, sizes[3]);
        if (is_long) spread_all<float>(gradient, places, result, g, rows, columns, format);
        else spread_all<BFloat16>(gradient, places, result, g, rows, columns, format);
        return {result, at::Tensor()};
    }
};

bool takes(const at::Tensor& map, const Geometry& g) {
    if (!at::GradMode::is_enabled() || !map.requires_grad() || !map.device().is_cpu() || map.layout() != at::kStrided || map.dim() != 4 || map.numel() == 0) return false;
    if (map.scalar_type() != at::kFloat && map.scalar_type() != at::kBFloat16) return false;
    if (!map.is_contiguous() && !map.is_contiguous(at::MemoryFormat::ChannelsLast)) return false;
    if (g.kernel[0] < 1 || g.kernel[1] < 1 || g.kernel[0] > 255 || g.kernel[0] * g.kernel[1] > 255) return false;
    return windows_along(g, 0, map.size(2)).count() > 0 && windows_along(g, 1, map.size(3)).count() > 0;
}

at::Tensor pooled(const at::Tensor& map, const Geometry& g) {
    TORCH_CHECK(takes(map, g), "The max pooling does not take ", map.sizes(), " of ", map.scalar_type(), " on ", map.device(),
                " here: ask Takes(pool, input) first, and call the pooling itself where it says no.");
    RECORD_FUNCTION("rn::max_pool", std::vector<c10::IValue>({map}));
    return MaxPool::apply(map, g);
}

}  // namespace

}  // namespace resnetgen::max_pool

// Whether rn_max_pool takes a map: 1 or 0, -1 on error.
RN_EXPORT int32_t rn_max_pool_takes(const at::Tensor* map, const RnMaxPool* pool) {
    return guarded<int32_t>(-1, [&] { return resnetgen::max_pool::takes(*map, pool->geometry()) ? 1 : 0; });
}

// nullptr on error.
RN_EXPORT at::Tensor* rn_max_pool(const at::Tensor* map, const RnMaxPool* pool) {
    return guarded<at::Tensor*>(nullptr, [&] { return new at::Tensor(resnetgen::max_pool::pooled(*map, pool->geometry())); });
}

// Holds the kernels to a level (0 generic, 1 AVX2, 2 AVX-512), or to what the processor has where that is less; returns the level that then
// holds. For tests of the narrower ones.
RN_EXPORT int32_t rn_max_pool_instructions(int32_t wanted) {
    return guarded<int32_t>(-1, [&] {
        const int holds = std::min<int>(wanted, static_cast<int>(resnetgen::processor()));
        resnetgen::max_pool::level().store(holds, std::memory_order_relaxed);
        return holds;
    });
}
