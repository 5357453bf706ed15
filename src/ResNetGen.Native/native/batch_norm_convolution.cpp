// convolution(relu(batch_norm(x))) as one autograd operation that keeps x and the statistics: the rectified map, which both
// the ReLU and the convolution would keep, is computed once more in the backward pass.
#include "autocast.h"
#include "batch_norm_call.h"
#include "guard.h"
#include "process_group_error.h"

#include <ATen/record_function.h>

using resnetgen::guarded;
using namespace resnetgen::batch_norm;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Layout shared with FusedBatchNorm.cs.
struct RnConvolution {
    const at::Tensor* weight;
    const at::Tensor* bias;
    int64_t stride[2], padding[2], dilation[2];
    int64_t groups;
};

namespace {

struct Geometry {
    std::vector<int64_t> stride, padding, dilation;
    int64_t groups;

    std::vector<int64_t> packed() const {
        return {stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1], groups};
    }
    static Geometry unpacked(const std::vector<int64_t>& n) { return {{n[0], n[1]}, {n[2], n[3]}, {n[4], n[5]}, n[6]}; }
};

// The type that the convolution runs in: the short one where autocast is on, as for any other convolution.
at::ScalarType convolution_type(const at::Tensor& input) {
    const resnetgen::AutocastState autocast = resnetgen::autocast_state(input.device().type());
    return autocast.enabled && input.scalar_type() != at::kDouble ? autocast.dtype : input.scalar_type();
}

at::Tensor cast(const at::Tensor& tensor, at::ScalarType type) { return tensor.defined() ? tensor.to(type) : tensor; }

at::Tensor convolve(const at::Tensor& rectified, const at::Tensor& weight, const at::Tensor& bias, const Geometry& g) {
    // The types are settled: autocast must not look at them, nor keep casts of weights made without gradient.
    const c10::impl::ExcludeDispatchKeyGuard settled(c10::autocast_dispatch_keyset);
    return at::convolution(rectified, weight, optional(bias), g.stride, g.padding, g.dilation, false, {0, 0}, g.groups);
}

// Leaves the rectified map in a.output.
at::Tensor forward_all(Forward& a, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry) {
    allocate(a);
    run(a);
    return convolve(a.output.to(weight.scalar_type()), weight, bias, geometry);
}

struct BatchNormReLUConvolution : torch::autograd::Function<BatchNormReLUConvolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const OptionalTensor& norm_weight, const OptionalTensor& norm_bias,
                              const at::Tensor& weight, const OptionalTensor& bias, Forward& a, const Geometry& geometry) {
        const at::ScalarType type = convolution_type(a.input);
        const at::Tensor short_weight = cast(weight, type);
        const at::Tensor result = forward_all(a, short_weight, cast(or_undefined(bias), type), geometry);
        context->save_for_backward({a.input, a.weight, a.bias, a.mean, a.invstd, short_weight});
        keep_ranks(*context, a);
        auto& kept = context->saved_data;
        kept["geometry"] = geometry.packed();
        kept["flags"] = int64_t(a.statistics == Statistics::Batch) | int64_t(wants(a.input)) << 1 | int64_t(wants(a.weight)) << 2 |
                        int64_t(wants(a.bias)) << 3 | int64_t(wants(weight)) << 4 | int64_t(wants(or_undefined(bias))) << 5;
        kept["types"] = std::vector<int64_t>{int64_t(weight.scalar_type()), int64_t(bias.has_value() ? bias->scalar_type() : type)};
        return result;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        refuse_second_derivative("Fused batch normalisation with its convolution");
        RECORD_FUNCTION("rn::batch_norm_relu_conv_backward", std::vector<c10::IValue>());
        const variable_list tensors = context->get_saved_variables();
        const at::Tensor& weight = tensors[5];
        const int64_t flags = context->saved_data.at("flags").toInt();
        const auto types = context->saved_data.at("types").toIntVector();
        Saved saved = recall(tensors, flags);
        recall_ranks(*context, saved);
        const bool wants_norm = saved.wants_input || saved.wants_weight || saved.wants_bias;

        const Geometry g = Geometry::unpacked(context->saved_data.at("geometry").toIntVector());
        at::Tensor map_gradient, weight_gradient, bias_gradient;
        {
            const at::Tensor map = rectified(saved).to(weight.scalar_type());
            const std::vector<int64_t> outputs{weight.size(0)};
            std::tie(map_gradient, weight_gradient, bias_gradient) = at::convolution_backward(
                gradients[0], map, weight, at::IntArrayRef(outputs), g.stride, g.padding, g.dilation, false, {0, 0}, g.groups,
                {wants_norm, (flags & 16) != 0, (flags & 32) != 0});
        }
        Gradients norm;
        if (wants_norm) norm = differentiate(saved, map_gradient.to(saved.input.scalar_type()), true);
        return {norm.input, norm.weight, norm.bias, in(weight_gradient, types[0]), in(bias_gradient, types[1]), at::Tensor(), at::Tensor()};
    }

private:
    static bool wants(const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); }

    static at::Tensor in(const at::Tensor& tensor, int64_t type) { return cast(tensor, static_cast<at::ScalarType>(type)); }

    static Saved recall(const variable_list& tensors, int64_t flags) {
        Saved saved;
        saved.input = tensors[0];
        saved.weight = tensors[1];
        saved.bias = tensors[2];
        saved.mean = tensors[3];
        saved.invstd = tensors[4];
        saved.relu = true;
        saved.batch_statistics = flags & 1;
        saved.wants_input = flags & 2;
        saved.wants_weight = flags & 4;
        saved.wants_bias = flags & 8;
        return saved;
    }

    static at::Tensor rectified(const Saved& saved) {
        Forward again;
        again.input = saved.input;
        again.weight = saved.weight;
        again.bias = saved.bias;
        again.mean = saved.mean;
        again.invstd = saved.invstd;
        again.relu = true;
        again.statistics = Statistics::Known;
        again.output = at::empty_like(saved.input);
        run(again);
        return again.output;
    }
};

at::Tensor batch_norm_relu_convolution(Forward& a, const RnConvolution& c) {
    const at::Tensor weight = *c.weight, bias = c.bias ? *c.bias : at::Tensor();
    RECORD_FUNCTION("rn::batch_norm_relu_conv", std::vector<c10::IValue>({a.input, weight}));
    const Geometry geometry{{c.stride[0], c.stride[1]}, {c.padding[0], c.padding[1]}, {c.dilation[0], c.dilation[1]}, c.groups};
    if (recorded({a.input, a.weight, a.bias, weight, bias})) {
        return BatchNormReLUConvolution::apply(a.input, optional(a.weight), optional(a.bias), weight, optional(bias), a, geometry);
    }
    const at::ScalarType type = convolution_type(a.input);
    return forward_all(a, cast(weight, type), cast(bias, type), geometry);
}

}  // namespace

// The ReLU is part of it whatever the call says; there can be no addend. nullptr on error.
RN_EXPORT at::Tensor* rn_batch_norm_convolution(const RnBatchNormCall* call, const RnConvolution* convolution) {
    return guarded<at::Tensor*>(nullptr, [&] {
        return resnetgen::group::noting([&] {
            Forward arguments = prepare(*call);
            TORCH_CHECK(!arguments.addend.defined(), "A convolution cannot follow an addition here.");
            arguments.relu = true;
            return new at::Tensor(batch_norm_relu_convolution(arguments, *convolution));
        });
    });
}
