// oneDNN's primitives under one form: version 2 describes an operation first and makes a primitive of that, version 3 in one go.
#pragma once

#include <oneapi/dnnl/dnnl.hpp>

#include <vector>

namespace resnetgen {

using dnnl::memory;

// A function that is applied to each element before it is written.
struct Function {
    enum Kind : int32_t { None, ReLU, LeakyReLU, Gelu, SiLU, Sigmoid };
    Kind kind = None;
    float slope = 0;

    dnnl::algorithm algorithm() const {
        switch (kind) {
            case Gelu: return dnnl::algorithm::eltwise_gelu_erf;
            case SiLU: return dnnl::algorithm::eltwise_swish;
            case Sigmoid: return dnnl::algorithm::eltwise_logistic;
            default: return dnnl::algorithm::eltwise_relu;
        }
    }
    float alpha() const { return kind == LeakyReLU ? slope : kind == SiLU ? 1.f : 0.f; }
};

struct Window {
    memory::dims kernel, stride, before, after;
    memory::dims dilation = {0, 0};
};

// Scratch memory is ours to give; what is there already is added to first, then the function applied.
inline dnnl::primitive_attr attributes(bool add, Function function) {
    dnnl::post_ops after;
    if (add) after.append_sum(1.f);
    if (function.kind != Function::None) {
#if DNNL_VERSION_MAJOR >= 3
        after.append_eltwise(function.algorithm(), function.alpha(), 0.f);
#else
        after.append_eltwise(1.f, function.algorithm(), function.alpha(), 0.f);
#endif
    }
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
}

// Each gives an empty descriptor where oneDNN has no such primitive.
#if DNNL_VERSION_MAJOR >= 3
#define RN_PRIMITIVE(kind, engine, attr, ...) dnnl::kind::primitive_desc(engine, __VA_ARGS__, attr, true)
#else
#define RN_PRIMITIVE(kind, engine, attr, ...) make_primitive<dnnl::kind>(engine, attr, __VA_ARGS__)

template <typename Kind, typename... Arguments>
typename Kind::primitive_desc make_primitive(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const Arguments&... arguments) {
    try {
        return typename Kind::primitive_desc(typename Kind::desc(arguments...), attr, engine, true);
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented) throw;
        return {};
    }
}
#endif

inline auto convolution(const dnnl::engine& engine, const dnnl::primitive_attr& attr, dnnl::algorithm algorithm, const memory::desc& source,
                        const memory::desc& weights, const memory::desc& bias, const memory::desc& target, const Window& window) {
    return RN_PRIMITIVE(convolution_forward, engine, attr, dnnl::prop_kind::forward_inference, algorithm, source, weights, bias, target,
                        window.stride, window.dilation, window.before, window.after);
}

// The three passes of training. A bias of no description is none.
inline auto training_convolution(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& source, const memory::desc& weights,
                                 const memory::desc& bias, const memory::desc& target, const Window& window) {
    return RN_PRIMITIVE(convolution_forward, engine, attr, dnnl::prop_kind::forward_training, dnnl::algorithm::convolution_direct, source, weights,
                        bias, target, window.stride, window.dilation, window.before, window.after);
}

// Backward primitives are made for a forward one.
#if DNNL_VERSION_MAJOR >= 3
#define RN_BACKWARD_PRIMITIVE(kind, engine, attr, forward, ...) dnnl::kind::primitive_desc(engine, __VA_ARGS__, forward, attr, true)
#else
#define RN_BACKWARD_PRIMITIVE(kind, engine, attr, forward, ...) make_backward_primitive<dnnl::kind>(engine, attr, forward, __VA_ARGS__)

template <typename Kind, typename Forward, typename... Arguments>
typename Kind::primitive_desc make_backward_primitive(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const Forward& forward,
                                                      const Arguments&... arguments) {
    try {
        return typename Kind::primitive_desc(typename Kind::desc(arguments...), attr, engine, forward, true);
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented) throw;
        return {};
    }
}
#endif

inline auto convolution_map_gradient(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& source,
                                     const memory::desc& weights, const memory::desc& target, const Window& window,
                                     const dnnl::convolution_forward::primitive_desc& forward) {
    return RN_BACKWARD_PRIMITIVE(convolution_backward_data, engine, attr, forward, dnnl::algorithm::convolution_direct, source, weights, target,
                                 window.stride, window.dilation, window.before, window.after);
}

inline auto convolution_weight_gradient(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& source,
                                        const memory::desc& weights, const memory::desc& target, const Window& window,
                                        const dnnl::convolution_forward::primitive_desc& forward) {
    return RN_BACKWARD_PRIMITIVE(convolution_backward_weights, engine, attr, forward, dnnl::algorithm::convolution_direct, source, weights, target,
                                 window.stride, window.dilation, window.before, window.after);
}

inline auto pooling(const dnnl::engine& engine, const dnnl::primitive_attr& attr, bool mean, const memory::desc& source,
                    const memory::desc& target, const Window& window) {
    const auto algorithm = mean ? dnnl::algorithm::pooling_avg_exclude_padding : dnnl::algorithm::pooling_max;
#if DNNL_VERSION_MAJOR >= 3
    return RN_PRIMITIVE(pooling_forward, engine, attr, dnnl::prop_kind::forward_inference, algorithm, source, target, window.stride,
                        window.kernel, window.dilation, window.before, window.after);
#else
    return RN_PRIMITIVE(pooling_forward, engine, attr, dnnl::prop_kind::forward_inference, algorithm, source, target, window.stride,
                        window.kernel, window.before, window.after);
#endif
}

inline auto inner_product(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& source,
                          const memory::desc& weights, const memory::desc& bias, const memory::desc& target) {
    return RN_PRIMITIVE(inner_product_forward, engine, attr, dnnl::prop_kind::forward_inference, source, weights, bias, target);
}

inline auto elementwise(const dnnl::engine& engine, const dnnl::primitive_attr& attr, Function function, const memory::desc& map) {
#if DNNL_VERSION_MAJOR >= 3
    return RN_PRIMITIVE(eltwise_forward, engine, attr, dnnl::prop_kind::forward_inference, function.algorithm(), map, map, function.alpha(), 0.f);
#else
    return RN_PRIMITIVE(eltwise_forward, engine, attr, dnnl::prop_kind::forward_inference, function.algorithm(), map, function.alpha(), 0.f);
#endif
}

inline auto multiplication(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& source,
                           const memory::desc& factor, const memory::desc& target) {
    return RN_PRIMITIVE(binary, engine, attr, dnnl::algorithm::binary_mul, source, factor, target);
}

// Statistics and scales come from outside; epsilon is 1. In blocks of channels, oneDNN normalises what pads the last block too, and
// takes zeros for its statistics: with an epsilon of 0 that is 0 / √0, a NaN that the operation after it reads.
inline auto normalization(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const memory::desc& map, bool relu) {
    auto flags = dnnl::normalization_flags::use_global_stats | dnnl::normalization_flags::use_scale | dnnl::normalization_flags::use_shift;
    if (relu) flags |= dnnl::normalization_flags::fuse_norm_relu;
#if DNNL_VERSION_MAJOR >= 3
    return RN_PRIMITIVE(batch_normalization_forward, engine, attr, dnnl::prop_kind::forward_inference, map, map, 1.f, flags);
#else
    return RN_PRIMITIVE(batch_normalization_forward, engine, attr, dnnl::prop_kind::forward_inference, map, 1.f, flags);
#endif
}

inline auto summation(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const std::vector<memory::desc>& terms, const memory::desc& target) {
    const std::vector<float> scales(terms.size(), 1.f);
#if DNNL_VERSION_MAJOR >= 3
    return dnnl::sum::primitive_desc(engine, target, scales, terms, attr, true);
#else
    return dnnl::sum::primitive_desc(target, scales, terms, engine, attr);
#endif
}

inline auto concatenation(const dnnl::engine& engine, const dnnl::primitive_attr& attr, const std::vector<memory::desc>& parts, const memory::desc& target) {
#if DNNL_VERSION_MAJOR >= 3
    return dnnl::concat::primitive_desc(engine, target, 1, parts, attr, true);
#else
    return dnnl::concat::primitive_desc(target, 1, parts, engine, attr);
#endif
}

}  // namespace resnetgen
