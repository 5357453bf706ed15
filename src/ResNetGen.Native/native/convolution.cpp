// Which kernels a convolution of convolution.h takes, and the convolution as one autograd operation. It keeps the map and refers to the
// parameters as they are: what autocast would keep besides, their casts, is made where it is read, in cache.
#include "convolution.h"

#include "autocast.h"
#include "convolution_dnnl.h"
#include "convolution_weights.h"
#include "winograd.h"
#include "winograd_switch.h"
#include "winograd_weights.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

using resnetgen::guarded;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace resnetgen::conv {

namespace {

using OptionalTensor = torch::autograd::optional_variable_list::value_type;  // std's or c10's, as the libtorch has it

OptionalTensor optional(const at::Tensor& tensor) { return tensor.defined() ? OptionalTensor(tensor) : OptionalTensor(); }

at::Tensor in(const at::Tensor& tensor, at::ScalarType type) { return tensor.defined() ? tensor.to(type) : tensor; }

bool lies_well(const at::Tensor& map) {
    return map.device().is_cpu() && map.scalar_type() == at::kBFloat16 && map.layout() == at::kStrided && map.dim() == 4 && map.numel() > 0 &&
           map.is_contiguous(at::MemoryFormat::ChannelsLast);
}

bool is_long(const at::Tensor& weight) {
    return weight.device().is_cpu() && weight.scalar_type() == at::kFloat && weight.layout() == at::kStrided && weight.dim() == 4;
}

// Whether there is a place for the kernel in the padded map.
bool has_output(const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
    for (int i = 0; i < 2; i++) {
        if (g.stride[i] < 1 || g.dilation[i] < 1 || g.padding[i] < 0) return false;
        if (g.dilation[i] * (weight.size(2 + i) - 1) + 1 > map.size(2 + i) + 2 * g.padding[i]) return false;
    }
    return true;
}

// Whether to go past torch's convolution: torch then says what is wrong with operands that do not fit.
bool goes_direct(const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
    return lies_well(map) && is_long(weight) && at::globalContext().userEnabledMkldnn() && g.groups > 0 && map.size(1) == weight.size(1) * g.groups &&
           weight.size(0) % g.groups == 0 && weight.numel() > 0 && has_output(map, weight, g);
}

bool fits(const at::Tensor& bias, const at::Tensor& weight) {
    return !bias.defined() || (bias.device().is_cpu() && bias.dim() == 1 && bias.size(0) == weight.size(0));
}

WeightProblem problem_of(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
    WeightProblem problem{};
    problem.images = map.size(0);
    problem.channels = map.size(1);
    problem.height = map.size(2);
    problem.width = map.size(3);
    problem.outputs = gradient.size(1);
    problem.out_height = gradient.size(2);
    problem.out_width = gradient.size(3);
    problem.kernel_height = weight.size(2);
    problem.kernel_width = weight.size(3);
    for (int i = 0; i < 2; i++) {
        problem.stride[i] = g.stride[i];
        problem.padding[i] = g.padding[i];
        problem.dilation[i] = g.dilation[i];
    }
    return problem;
}

// By the kernels of ours, by oneDNN's, or undefined.
at::Tensor direct_weight_gradient(const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& g) {
    const WeightProblem problem = problem_of(gradient, map, weight, g);
    const bool has = has_weight_kernels() && g.groups == 1, filtered = has && winograd_wanted() && winograd::suits_weights(problem);
    if (!has || !(filtered || suits_weight_kernels(problem))) {
        const at::Tensor found = dnnl_weight_gradient(gradient, map, weight, g);
        if (found.defined() || !has) return found;
    }
    at::Tensor result = at::empty(weight.sizes(), weight.options().memory_format(at::MemoryFormat::ChannelsLast));
    const auto differentiate = filtered ? winograd::differentiate_weight : differentiate_weight;
    differentiate(problem, static_cast<const uint16_t*>(map.data_ptr()), static_cast<const uint16_t*>(gradient.data_ptr()), result.data_ptr<float>());
    return result;
}

// What the direct kernels do not do; the weight's and the map's gradients as torch gives them, in the map's type.
void by_torch(Gradients& found, const at::Tensor& gradient, const at::Tensor& map, const at::Tensor& weight, const Geometry& g, int wanted) {
    if (wanted == 0) return;
    const std::vector<int64_t> outputs{weight.size(0)};
    const auto result = at::convolution_backward(gradient, map, in(weight, map.scalar_type()), at::IntArrayRef(outputs), g.stride, g.padding,
                                                 g.dilation, false, {0, 0}, g.groups,
                                                 {(wanted & map_gradient) != 0, (wanted & weight_gradient) != 0, (wanted & bias_gradient) != 0});
    if (wanted & map_gradient) found.map = std::get<0>(result);
    if (wanted & weight_gradient) found.weight = std::get<1>(result);
    if (wanted & bias_gradient) found.bias = std::get<2>(result);
}

}  // namespace

at::Tensor forward(const at::Tensor& map, const at::Tensor& weight, const at::Tensor& bias, const Geometry& g) {
    // The types are settled: autocast must not look at them, nor keep casts of weights made without gradient.
    const c10::impl::ExcludeDispatchKeyGuard settled(c10::autocast_dispatch_keyset);
    if (goes_direct(map, weight, g) && fits(bias, weight)) {
        at::Tensor result = winograd_forward(map, weight, bias, g);
        if (!result.defined()) result = dnnl_forward(map, weight, bias, g);
        if (result.defined()) return result;
    }
    return at::convolution(map, in(weight, map.scalar_type()), optional(in(bias, map.scalar_type())), g.stride, g.padding, g.dilation, false, {0, 0}, g.groups);
}

bool& in_recomputed_block() {
    static thread_local bool inside = false;
    return inside;
}

Gradients backward(const at::Tensor& arrived, const at::Tensor& map, const at::Tensor& weight, at::ScalarType bias_type, const Geometry& g, int wanted) {
    const c10::impl::ExcludeDispatchKeyGuard settled(c10::autocast_dispatch_keyset);
    Gradients found;
    // Gradients of gradients are torch's.
    if (!at::GradMode::is_enabled() && goes_direct(map, weight, g) && arrived.scalar_type() == map.scalar_type()) {
        const at::Tensor gradient = arrived.contiguous(at::MemoryFormat::ChannelsLast);
        if (wanted & weight_gradient) found.weight = direct_weight_gradient(gradient, map, weight, g);
        if (wanted & map_gradient) {
            found.map = winograd_map_gradient(gradient, map, weight, g);
            if (!found.map.defined()) found.map = dnnl_map_gradient(gradient, map, weight, g);
        }
        if (wanted & bias_gradient) found.bias = at::sum(gradient, at::IntArrayRef({0, 2, 3}), false, at::kFloat);
        by_torch(found, gradient, map, weight, g,
                 wanted & ((found.map.defined() ? 0 : map_gradient) | (found.weight.defined() ? 0 : weight_gradient)));
    } else {
        by_torch(found, arrived, map, weight, g, wanted);
    }
    found.weight = in(found.weight, weight.scalar_type());
    found.bias = in(found.bias, bias_type);
    return found;
}

namespace {

struct Convolution : torch::autograd::Function<Convolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& map, const at::Tensor& weight, const OptionalTensor& bias, const Geometry& geometry) {
        const at::Tensor offsets = bias.has_value() ? *bias : at::Tensor();
        context->save_for_backward({map, weight});
        auto& kept = context->saved_data;
        kept["geometry"] = geometry.packed();
        kept["wanted"] = int64_t((map.requires_grad() ? map_gradient : 0) | (weight.requires_grad() ? weight_gradient : 0) |
                                 (offsets.defined() && offsets.requires_grad() ? bias_gradient : 0));
        kept["bias"] = int64_t(offsets.defined() ? offsets.scalar_type() : at::kFloat);
        return conv::forward(map, weight, offsets, geometry);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        RECORD_FUNCTION("rn::conv_backward", std::vector<c10::IValue>());
        const variable_list tensors = context->get_saved_variables();
        const auto& kept = context->saved_data;
        const Gradients found = conv::backward(gradients[0], tensors[0], tensors[1], static_cast<at::ScalarType>(kept.at("bias").toInt()),
                                               Geometry::unpacked(kept.at("geometry").toIntVector()), static_cast<int>(kept.at("wanted").toInt()));
        return {found.map, found.weight, found.bias, at::Tensor()};
    }
};

bool wants_gradient(const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); }

// Whether torch's autocast would take the operands to bfloat16 for the same operation, and a gradient is wanted of it, or may be.
bool takes(const at::Tensor& input, const RnConvolution& c) {
    const at::Tensor weight = *c.weight, bias = c.bias ? *c.bias : at::Tensor();
    const bool trains = in_recomputed_block() || (at::GradMode::is_enabled() && (wants_gradient(input) || wants_gradient(weight) || wants_gradient(bias)));
    if (!trains || !input.device().is_cpu() || input.dim() != 4 || input.numel() == 0) return false;
    const AutocastState autocast = autocast_state(at::kCPU);
    if (!autocast.enabled || autocast.dtype != at::kBFloat16) return false;
    if (input.scalar_type() != at::kFloat && input.scalar_type() != at::kBFloat16) return false;
    return is_long(weight) && input.size(1) == weight.size(1) * c.groups && (!bias.defined() || bias.scalar_type() == at::kFloat);
}

at::Tensor convolve(const at::Tensor& input, const RnConvolution& c) {
    TORCH_CHECK(takes(input, c), "The convolution does not take ", input.sizes(), " of ", input.scalar_type(), " on ", input.device(),
                " here: ask Takes(convolution, input) first, and call the convolution itself where it says no.");
    RECORD_FUNCTION("rn::conv", std::vector<c10::IValue>({input, *c.weight}));
    return Convolution::apply(input.to(at::kBFloat16), *c.weight, c.bias ? optional(*c.bias) : OptionalTensor(), c.geometry());
}

}  // namespace

}  // namespace resnetgen::conv

// Whether rn_convolution takes an input: 1 or 0, -1 on error.
RN_EXPORT int32_t rn_convolution_takes(const at::Tensor* input, const RnConvolution* convolution) {
    return guarded<int32_t>(-1, [&] { return resnetgen::conv::takes(*input, *convolution) ? 1 : 0; });
}

// nullptr on error.
RN_EXPORT at::Tensor* rn_convolution(const at::Tensor* input, const RnConvolution* convolution) {
    return guarded<at::Tensor*>(nullptr, [&] { return new at::Tensor(resnetgen::conv::convolve(*input, *convolution)); });
}
