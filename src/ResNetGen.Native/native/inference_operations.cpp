// The operations of a plan as oneDNN primitives.
#if RN_HAS_DNNL
#include "inference_program.h"

#include <cstring>

namespace resnetgen {

using tag = memory::format_tag;

namespace {

bool is_slow(const char* implementation) { return std::strncmp(implementation, "ref", 3) == 0; }

template <typename Desc>
Desc require(Desc desc, const std::string& name) {
    if (!desc) throw NotSupported(name + ": oneDNN " + std::to_string(DNNL_VERSION_MAJOR) + "." + std::to_string(DNNL_VERSION_MINOR) +
                                  " has no kernel for it on this processor");
    return desc;
}

}  // namespace

// Winograd's algorithm multiplies less often: 2.25 to 4 times in a 3×3 of stride 1. oneDNN 2 has it for AVX-512 in 32 bits; on
// ResNet-50's convolutions it takes a half to two thirds of the direct ones' time at any batch.
bool Program::is_short_cut(int64_t kernel, int64_t stride, int64_t dilation, int64_t groups) const {
    return type_ == memory::data_type::f32 && layout_ == Layout::Blocked && kernel == 3 && stride == 1 && dilation == 1 && groups == 1;
}

int32_t Program::convolution(const std::string& name, int32_t source, int32_t addend, const at::Tensor& weight, const at::Tensor& bias,
                             int64_t stride, int64_t padding, int64_t dilation, int64_t groups, Function function) {
    source = typed(source, type_);
    const Value from = value(source);
    const int64_t channels = weight.size(0), kernel = weight.size(2);
    const auto size = [&](int64_t side) { return (side + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1; };
    const memory::dims dims{batch_, channels, size(from.dims[2]), size(from.dims[3])};
    memory::dims weights{channels, weight.size(1), kernel, kernel};
    if (groups > 1) weights = {groups, channels / groups, weight.size(1), kernel, kernel};
    Window window{{kernel, kernel}, {stride, stride}, {padding, padding}, {padding, padding}, {dilation - 1, dilation - 1}};

    const auto attr = attributes(addend >= 0, function);
    const memory::desc any_weights(weights, type_, tag::any), biases({channels}, memory::data_type::f32, tag::a);
    const auto with = [&](dnnl::algorithm algorithm, const memory::desc& map, const memory::desc& target) {
        return resnetgen::convolution(engine_, attr, algorithm, map, any_weights, biases, target, window);
    };
    const memory::desc any_source(from.dims, type_, tag::any), any_target(dims, type_, tag::any);
    auto primitive = dnnl::convolution_forward::primitive_desc();
    if (is_short_cut(kernel, stride, dilation, groups)) {
        primitive = with(dnnl::algorithm::convolution_winograd, any_source, any_target);
        if (primitive && addend >= 0) addend = reordered(addend, primitive.dst_desc(), type_);
    }
    if (!primitive) {
        const memory::desc target = addend >= 0 ? value(addend).desc : any(dims);
        // As the map lies, unless another layout has another kernel: a better one, then.
        primitive = with(dnnl::algorithm::convolution_direct, from.desc, target);
        auto free = with(dnnl::algorithm::convolution_direct, layout_ == Layout::Blocked ? any_source : any(from.dims), target);
        if (free && (!primitive || std::strcmp(free.impl_info_str(), primitive.impl_info_str()) != 0)) primitive = free;
    }
    if (addend >= 0 && (!primitive || is_slow(primitive.impl_info_str()))) {
        const int32_t alone = convolution(name, source, -1, weight, bias, stride, padding, dilation, groups, {});
        return sum(name, {alone, addend}, function);
    }
    require(primitive, name);
    if (is_slow(primitive.impl_info_str())) throw NotSupported(name + ": oneDNN has only its reference kernel for it on this processor");

    source = reordered(source, primitive.src_desc(), type_);
    const int32_t result = addend >= 0 ? add_overwriting(addend) : add_value(dims, type_, primitive.dst_desc());
    const int32_t packed = add_constant(groups > 1 ? weight.reshape(weights) : weight, weights, primitive.weights_desc());
    const int32_t offsets = add_constant(bias.defined() ? bias : at::zeros({channels}), {channels}, biases);
    Step& step = add_step("conv", name,
        {reads(DNNL_ARG_SRC, source), reads(DNNL_ARG_DST, result), constant(DNNL_ARG_WEIGHTS, packed), constant(DNNL_ARG_BIAS, offsets)});
    set_primitive(step, primitive, dnnl::convolution_forward(primitive));
    return result;
}

// Sums in 32 bits and gives 32 bits: the last one gives what the caller takes.
int32_t Program::linear(const std::string& name, int32_t source, const at::Tensor& weight, const at::Tensor& bias, Function function) {
    source = typed(source, type_);
    const Value from = value(source);
    const int64_t features = weight.size(0);
    const memory::dims weights{features, from.dims[1], from.dims[2], from.dims[3]};
    const memory::desc biases({features}, memory::data_type::f32, tag::a), target({batch_, features}, memory::data_type::f32, tag::ab);
    const auto primitive = require(resnetgen::inner_product(
        engine_, attributes(false, function), from.desc, memory::desc(weights, type_, tag::any), biases, target), name);
    const memory::dims dims{batch_, features, 1, 1};
    const int32_t result = add_value(dims, memory::data_type::f32, memory::desc(dims, memory::data_type::f32, tag::nchw));
    const int32_t packed = add_constant(weight.reshape(weights), weights, primitive.weights_desc());
    const int32_t offsets = add_constant(bias, {features}, biases);
    Operand to = reads(DNNL_ARG_DST, result);
    to.desc = target;
    Step& step = add_step("linear", name, {reads(DNNL_ARG_SRC, source), to, constant(DNNL_ARG_WEIGHTS, packed), constant(DNNL_ARG_BIAS, offsets)});
    set_primitive(step, primitive, dnnl::inner_product_forward(primitive));
    return result;
}

int32_t Program::zeros(int64_t channels) {
    for (size_t i = 0; i < constants_.size(); ++i) {
        if (constants_[i].shared && constants_[i].plain.numel() == channels) return static_cast<int32_t>(i);
    }
    const int32_t made = add_constant(at::zeros({channels}), {channels}, memory::desc({channels}, memory::data_type::f32, tag::a));
    constants_[made].shared = true;
    return made;
}

// Batch normalisation whose statistics change nothing: means of 0, and variances of 0 to which epsilon adds 1.
int32_t Program::scale_shift(const std::string& name, int32_t source, const at::Tensor& scale, const at::Tensor& shift, Function function) {
    source = typed(source, type_);
    const Value from = value(source);
    const int64_t channels = from.dims[1];
    const bool relu = function.kind == Function::ReLU;
    const auto primitive = require(resnetgen::normalization(engine_, attributes(false, {}), from.desc, relu), name);
    const memory::desc vector({channels}, memory::data_type::f32, tag::a);
    const int32_t scales = add_constant(scale, {channels}, vector), shifts = add_constant(shift, {channels}, vector);
    const int32_t nothing = zeros(channels);
    const int32_t result = add_value(from.dims, from.type, from.desc);
    Step& step = add_step("scale", name,
        {reads(DNNL_ARG_SRC, source), reads(DNNL_ARG_DST, result), constant(DNNL_ARG_SCALE, scales), constant(DNNL_ARG_SHIFT, shifts),
         constant(DNNL_ARG_MEAN, nothing), constant(DNNL_ARG_VARIANCE, nothing)});
    step.may_overwrite = true;
    set_primitive(step, primitive, dnnl::batch_normalization_forward(primitive));
    return relu || function.kind == Function::None ? result : this->function(name, result, function);
}

int32_t Program::function(const std::string& name, int32_t source, Function function) {
    const Value from = value(source);
    const auto primitive = require(resnetgen::elementwise(engine_, attributes(false, {}), function, from.desc), name);
    const int32_t result = add_value(from.dims, from.type, from.desc);
    Step& step = add_step("function", name, {reads(DNNL_ARG_SRC, source), reads(DNNL_ARG_DST, result)});
    step.may_overwrite = true;
    set_primitive(step, primitive, dnnl::eltwise_forward(primitive));
    return result;
}

int32_t Program::pool(const std::string& name, int32_t source, bool mean, Window window) {
    source = typed(source, type_);
    const Value from = value(source);
    memory::dims dims = from.dims;
    for (int i = 0; i < 2; ++i) dims[2 + i] = (from.dims[2 + i] + window.before[i] + window.after[i] - window.kernel[i]) / window.stride[i] + 1;
    const auto primitive = require(resnetgen::pooling(engine_, attributes(false, {}), mean, from.desc, any(dims), window), name);
    const int32_t result = add_value(dims, type_, primitive.dst_desc());
    Step& step = add_step("pool", name, {reads(DNNL_ARG_SRC, source), reads(DNNL_ARG_DST, result)});
    set_primitive(step, primitive, dnnl::pooling_forward(primitive));
    return result;
}

int32_t Program::sum(const std::string& name, const std::vector<int32_t>& terms, Function function) {
    std::vector<memory::desc> descs;
    std::vector<Operand> operands;
    for (const int32_t term : terms) {
        const Value first = value(terms[0]);
        const int32_t alike = reordered(term, first.desc, first.type);
        descs.push_back(first.desc);
        operands.push_back(reads(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(operands.size()), alike));
    }
    const Value first = value(terms[0]);
    const auto primitive = require(resnetgen::summation(engine_, attributes(false, {}), descs, first.desc), name);
    const int32_t result = add_value(first.dims, first.type, first.desc);
    operands.insert(operands.begin() + 1, reads(DNNL_ARG_DST, result));
    Step& step = add_step("sum", name, std::move(operands));
    set_primitive(step, primitive, dnnl::sum(primitive));
    return function.kind == Function::None ? result : this->function(name, result, function);
}

int32_t Program::product(const std::string& name, int32_t source, int32_t factor, int32_t addend, Function function) {
    const Value from = value(source);
    factor = typed(factor, from.type);
    if (value(factor).dims == from.dims) factor = reordered(factor, from.desc, from.type);
    if (addend >= 0 && !(value(addend).desc == from.desc)) {
        const int32_t alone = product(name, source, factor, -1, {});
        return sum(name, {alone, addend}, function);
    }
    const auto primitive = require(
        resnetgen::multiplication(engine_, attributes(addend >= 0, function), from.desc, value(factor).desc, from.desc), name);
    const int32_t result = addend >= 0 ? add_overwriting(addend) : add_value(from.dims, from.type, from.desc);
    Step& step = add_step("product", name, {reads(DNNL_ARG_SRC_0, source), reads(DNNL_ARG_DST, result), reads(DNNL_ARG_SRC_1, factor)});
    step.may_overwrite = addend < 0;
    set_primitive(step, primitive, dnnl::binary(primitive));
    return result;
}

int32_t Program::stack(const std::string& name, const std::vector<int32_t>& parts) {
    std::vector<memory::desc> descs;
    std::vector<Operand> operands;
    memory::dims dims = value(parts[0]).dims;
    dims[1] = 0;
    for (const int32_t part : parts) {
        const int32_t alike = typed(part, type_);
        descs.push_back(value(alike).desc);
        operands.push_back(reads(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(operands.size()), alike));
        dims[1] += value(part).dims[1];
    }
    const auto primitive = require(resnetgen::concatenation(engine_, attributes(false, {}), descs, memory::desc(dims, type_, tag::any)), name);
    const int32_t result = add_value(dims, type_, primitive.dst_desc());
    operands.insert(operands.begin() + 1, reads(DNNL_ARG_DST, result));
    Step& step = add_step("concat", name, std::move(operands));
    set_primitive(step, primitive, dnnl::concat(primitive));
    return result;
}

// Rows last, then another shape over the same memory.
int32_t Program::flatten(const std::string& name, int32_t source) {
    const Value from = value(source);
    const int32_t plain = reordered(source, memory::desc(from.dims, from.type, tag::nchw), from.type);
    Value flat = value(plain);
    flat.dims = {batch_, from.dims[1] * from.dims[2] * from.dims[3], 1, 1};
    flat.desc = memory::desc(flat.dims, from.type, tag::nchw);
    values_.push_back(flat);
    return static_cast<int32_t>(values_.size()) - 1;
}

}  // namespace resnetgen
#endif
