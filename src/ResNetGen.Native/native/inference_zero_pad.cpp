// Option A's shortcut: every stride-th pixel, and channels of zeros around them.
#if RN_HAS_DNNL
#include "inference_program.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>

namespace resnetgen {

using tag = memory::format_tag;

int64_t channel_block(const memory::dims& dims, memory::data_type type, const memory::desc& desc) {
    const std::pair<tag, int64_t> layouts[] = {{tag::nhwc, dims[1]}, {tag::nChw16c, 16}, {tag::nChw8c, 8}, {tag::nchw, 1}};
    for (const auto& [layout, block] : layouts) {
        if (memory::desc(dims, type, layout) == desc) return block;
    }
    return 0;
}

namespace {

// A map as blocks of channels: element (n, c, y, x) lies at ((n · blocks + c / block) · height + y) · width + x, then c % block.
struct Blocks {
    int64_t block, count, channels, height, width;

    Blocks(const memory::dims& dims, int64_t block)
        : block(block), count((dims[1] + block - 1) / block), channels(dims[1]), height(dims[2]), width(dims[3]) {}

    int64_t at(int64_t n, int64_t which, int64_t y) const { return ((n * count + which) * height + y) * width * block; }
};

template <typename Element>
void pad(const Element* source, Element* target, int64_t batch, const Blocks& from, const Blocks& to, int64_t stride, int64_t before) {
    // Rows of the target, a grain of some thousand elements.
    const int64_t rows = batch * to.count * to.height, grain = std::max<int64_t>(1, 16384 / (to.width * to.block));
    at::parallel_for(0, rows, grain, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row) {
            const int64_t y = row % to.height, which = row / to.height % to.count, n = row / to.height / to.count;
            Element* out = target + to.at(n, which, y);
            std::memset(static_cast<void*>(out), 0, sizeof(Element) * to.width * to.block);
            // Channels of this block that the source has, and there in which of its blocks.
            int64_t c = std::max<int64_t>(which * to.block, before);
            const int64_t last = std::min({(which + 1) * to.block, before + from.channels});
            while (c < last) {
                const int64_t origin = c - before;
                const int64_t run = std::min(last - c, from.block - origin % from.block);
                const Element* in = source + from.at(n, origin / from.block, y * stride) + origin % from.block;
                Element* place = out + c - which * to.block;
                for (int64_t x = 0; x < to.width; ++x) std::copy_n(in + x * stride * from.block, run, place + x * to.block);
                c += run;
            }
        }
    });
}

}  // namespace

int32_t Program::zero_pad(const std::string& name, int32_t source, int64_t stride, int64_t before, int64_t channels) {
    source = typed(source, type_);
    if (channel_block(value(source).dims, type_, value(source).desc) == 0) {
        source = reordered(source, memory::desc(value(source).dims, type_, tag::nhwc), type_);
    }
    const Value from = value(source);
    const int64_t block = channel_block(from.dims, type_, from.desc);
    const memory::dims dims{batch_, channels, (from.dims[2] - 1) / stride + 1, (from.dims[3] - 1) / stride + 1};
    const memory::desc target(dims, type_, layout_ == Layout::Blocked && block > 1 ? (block == 8 ? tag::nChw8c : tag::nChw16c) : tag::nhwc);
    const int32_t result = add_value(dims, type_, target);
    const Blocks in(from.dims, block), out(dims, channel_block(dims, type_, target));
    Step& step = add_step("zero_pad", name, {reads(DNNL_ARG_SRC, source), reads(DNNL_ARG_DST, result)});
    step.implementation = "own";
    const int64_t batch = batch_;
    if (type_ == memory::data_type::f32) {
        step.own = [=](const void* s, void* t) { pad(static_cast<const float*>(s), static_cast<float*>(t), batch, in, out, stride, before); };
    } else {
        step.own = [=](const void* s, void* t) { pad(static_cast<const uint16_t*>(s), static_cast<uint16_t*>(t), batch, in, out, stride, before); };
    }
    return result;
}

}  // namespace resnetgen
#endif
