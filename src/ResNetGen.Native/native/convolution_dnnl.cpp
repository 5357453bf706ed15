#include "convolution_dnnl.h"

#if RN_HAS_DNNL
#include "inference_dnnl.h"

#include <omp.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>

namespace resnetgen::conv {

namespace {

using dnnl::memory;
using tag = memory::format_tag;

enum class Pass : int64_t { Forward, Map, Weight };

const dnnl::engine& engine() {
    static const dnnl::engine processor(dnnl::engine::kind::cpu, 0);
    return processor;
}

// A pass over maps of one shape: the primitive, and how it wants its operands.
struct Plan {
    dnnl::primitive primitive;
    memory::desc source, weight, target, scratch;
};

memory::dims dims(const at::Tensor& tensor) { return tensor.sizes().vec(); }

memory::dims weight_dims(const at::Tensor& weight, int64_t groups) {
    memory::dims d = dims(weight);
    if (groups > 1) {
        d[0] /= groups;
        d.insert(d.begin(), groups);
    }
    return d;
}

// As its strides say.
memory::desc desc_of(const at::Tensor& weight, memory::data_type type, int64_t groups) {
    memory::dims strides = weight.strides().vec();
    if (groups > 1) strides.insert(strides.begin(), strides[0] * (weight.size(0) / groups));
    return memory::desc(weight_dims(weight, groups), type, strides);
}

bool is_slow(const char* implementation) { return std::strstr(implementation, "ref") != nullptr || std::strstr(implementation, "gemm") != nullptr; }

template <typename Desc>
std::shared_ptr<const Plan> plan_of(const Desc& primitive, const memory::desc& source, const memory::desc& weight, const memory::desc& target,
                                    const dnnl::primitive& made) {
    return std::make_shared<const Plan>(Plan{made, source, weight, target, primitive.scratchpad_desc()});
}

struct Shape {
    memory::dims source, weight, target;
    Geometry geometry;
    bool bias;
};

std::shared_ptr<const Plan> make(Pass pass, const Shape& s) {
    const auto attr = attributes(false, {});
    const auto bf16 = memory::data_type::bf16, f32 = memory::data_type::f32;
    const memory::desc source(s.source, bf16, tag::nhwc), target(s.target, bf16, tag::nhwc), weight(s.weight, bf16, tag::any);
    const memory::desc bias = s.bias ? memory::desc({s.target[1]}, f32, tag::a) : memory::desc();
    memory::dims dilation = s.geometry.dilation;
    for (int64_t& d : dilation) d--;
    const Window window{{}, s.geometry.stride, s.geometry.padding, s.geometry.padding, dilation};
    const auto forward = training_convolution(engine(), attr, source, weight, bias, target, window);
    if (!forward) return {};
    if (pass == Pass::Forward) {
        if (is_slow(forward.impl_info_str())) return {};
        return plan_of(forward, forward.src_desc(), forward.weights_desc(), forward.dst_desc(), dnnl::convolution_forward(forward));
    }
    if (pass == Pass::Map) {
        const auto found = convolution_map_gradient(engine(), attr, source, weight, target, window, forward);
        if (!found || is_slow(found.impl_info_str())) return {};
        return plan_of(found, found.diff_src_desc(), found.weights_desc(), found.diff_dst_desc(), dnnl::convolution_backward_data(found));
    }
    const auto found = convolution_weight_gradient(engine(), attr, source, memory::desc(s.weight, f32, tag::any), target, window, forward);
    if (!found || is_slow(found.impl_info_str())) return {};
    return plan_of(found, found.src_desc(), found.diff_weights_desc(), found.diff_dst_desc(), dnnl::convolution_backward_weights(found));
}

// A plan is made once for a shape and a number of threads, which oneDNN cuts the work for; an empty one where there is none.
std::shared_ptr<const Plan> plan(Pass pass, const at::Tensor& map, const at::Tensor& target, const at::Tensor& weight, bool bias, const Geometry& g) {
    static std::mutex mutex;
    static std::map<std::vector<int64_t>, std::shared_ptr<const Plan>> plans;
    constexpr size_t most_plans = 4096;

    std::vector<int64_t> key{static_cast<int64_t>(pass), bias, omp_get_max_threads()};
    for (const at::Tensor* tensor : {&map, &target, &weight}) key.insert(key.end(), tensor->sizes().begin(), tensor->sizes().end());
    const std::vector<int64_t> numbers = g.packed();
    key.insert(key.end(), numbers.begin(), numbers.end());

    const std::lock_guard<std::mutex> lock(mutex);
    const auto known = plans.find(key);
    if (known != plans.end()) return known->second;
    if (plans.size() >= most_plans) plans.clear();  // images of ever new sizes
    std::shared_ptr<const Plan> made;
    try {
        made = make(pass, {dims(map), weight_dims(weight, g.groups), dims(target), g, bias});
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented) throw;
    }
    return plans[key] = made;
}

dnnl::stream& stream() {
    static thread_local dnnl::stream own(engine());
    return own;
}

memory over(const memory::desc& desc, const at::Tensor& tensor) { return memory(desc, engine(), tensor.data_ptr()); }

at::Tensor bytes(const memory::desc& desc) { return at::empty({static_cast<int64_t>(desc.get_size())}, at::kByte); }

// The weight in bfloat16 as a primitive wants it. Short first: oneDNN turns short numbers into blocks faster than it rounds and turns.
at::Tensor packed(const at::Tensor& weight, const memory::desc& wanted, int64_t groups) {
    const at::Tensor rounded = weight.to(at::kBFloat16);
    const memory::desc plain = desc_of(rounded, memory::data_type::bf16, groups);
    if (plain == wanted) return rounded;
    at::Tensor blocks = bytes(wanted);
    memory from = over(plain, rounded), to = over(wanted, blocks);
    dnnl::reorder(from, to).execute(stream(), from, to);
    return blocks;
}

void run(const Plan& plan, std::unordered_map<int, memory> operands) {
    const at::Tensor scratch = bytes(plan.scratch);
    operands.emplace(DNNL_ARG_SCRATCHPAD, over(plan.scratch, scratch));
    plan.primitive.execute(stream(), operands);
    stream().wait();
}

at::Tensor empty_map(at::IntArrayRef sizes, const at::Tensor& like) {
    return at::empty(sizes, like.options().memory_format(at::MemoryFormat::ChannelsLast));
}

std::vector<int64_t> output_sizes(const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
    std::vector<int64_t> sizes{map.size(0), weight.size(0), 0, 0};
    for (int i = 0; i < 2; i++) {
        const int64_t reach = g.dilation[i] * (weight.size(2 + i) - 1) + 1;
        sizes[2 + i] = (map.size(2 + i) + 2 * g.padding[i] - reach) / g.stride[i] + 1;
    }
    return sizes;
}

}  // namespace

at::Tensor dnnl_forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry) {
    const at::Tensor result = empty_map(output_sizes(map, weight, geometry), map);
    const auto found = plan(Pass::Forward, map, result, weight, bias.defined(), geometry);
    if (!found) return {};
    const at::Tensor blocks = packed(weight, found->weight, geometry.groups);
    std::unordered_map<int, memory> operands{{DNNL_ARG_SRC, over(found->source, map)}, {DNNL_ARG_WEIGHTS, over(found->weight, blocks)},
                                             {DNNL_ARG_DST, over(found->target, result)}};
    at::Tensor offsets;
    if (bias.defined()) {
        offsets = bias.to(at::kFloat).contiguous();
        operands.emplace(DNNL_ARG_BIAS, over(memory::desc({bias.size(0)}, memory::data_type::f32, tag::a), offsets));
    }
    run(*found, std::move(operands));
    return result;
}

at::Tensor dnnl_map_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& geometry) {
    const auto found = plan(Pass::Map, map, gradient, weight, false, geometry);
    if (!found) return {};
    const at::Tensor result = empty_map(map.sizes(), map), blocks = packed(weight, found->weight, geometry.groups);
    run(*found, {{DNNL_ARG_DIFF_SRC, over(found->source, result)}, {DNNL_ARG_WEIGHTS, over(found->weight, blocks)},
                 {DNNL_ARG_DIFF_DST, over(found->target, gradient)}});
    return result;
}

at::Tensor dnnl_weight_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& geometry) {
    const auto found = plan(Pass::Weight, map, gradient, weight, false, geometry);
    if (!found) return {};
    const at::Tensor blocks = bytes(found->weight);
    run(*found, {{DNNL_ARG_SRC, over(found->source, map)}, {DNNL_ARG_DIFF_WEIGHTS, over(found->weight, blocks)},
                 {DNNL_ARG_DIFF_DST, over(found->target, gradient)}});
    const at::Tensor result = at::empty(weight.sizes(), at::TensorOptions().dtype(at::kFloat).memory_format(at::MemoryFormat::ChannelsLast));
    memory from = over(found->weight, blocks), to = over(desc_of(result, memory::data_type::f32, geometry.groups), result);
    dnnl::reorder(from, to).execute(stream(), from, to);
    stream().wait();
    return result;
}

}  // namespace resnetgen::conv

#else
namespace resnetgen::conv {

at::Tensor dnnl_forward(const at::Tensor&, const at::Tensor&, const at::Tensor&, const Geometry&) { return {}; }
at::Tensor dnnl_map_gradient(const at::Tensor&, const at::Tensor&, const at::Tensor&, const Geometry&) { return {}; }
at::Tensor dnnl_weight_gradient(const at::Tensor&, const at::Tensor&, const at::Tensor&, const Geometry&) { return {}; }

}  // namespace resnetgen::conv
#endif
