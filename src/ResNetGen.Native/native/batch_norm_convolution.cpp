// convolution(relu(batch_norm(x))) as one autograd operation that keeps x and the statistics: the rectified map, which both
// the ReLU and the convolution would keep, is computed once more in the backward pass.
#include "autocast.h"
#include "batch_norm_call.h"
#include "convolution.h"
#include "guard.h"
#include "process_group_error.h"

#include <ATen/record_function.h>

using resnetgen::guarded;
using namespace resnetgen::batch_norm;
using resnetgen::conv::Geometry;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

// The type that the convolution runs in: the short one where autocast is on, as for any other convolution.
at::ScalarType convolution_type(const at::Tensor& input) {
    const resnetgen::AutocastState autocast = resnetgen::autocast_state(input.device().type());
    return autocast.enabled && input.scalar_type() != at::kDouble ? autocast.dtype : input.scalar_type();
}

// Leaves the rectified map in a.output.
at::Tensor forward_all(Forward& a, const at::Tensor& weight, const at::Tensor& bias, const Geometry& geometry) {
    const at::ScalarType type = convolution_type(a.input);
    allocate(a);
    run(a);
    return resnetgen::conv::forward(a.output.to(type), weight, bias, geometry);
}

struct BatchNormReLUConvolution : torch::autograd::Function<BatchNormReLUConvolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const OptionalTensor& norm_weight, const OptionalTensor& norm_bias,
                              const at::Tensor& weight, const OptionalTensor& bias, Forward& a, const Geometry& geometry) {
        const at::Tensor result = forward_all(a, weight, or_undefined(bias), geometry);
        context->save_for_backward({a.input, a.weight, a.bias, a.mean, a.invstd, weight});
        keep_ranks(*context, a);
        auto& kept = context->saved_data;
        kept["geometry"] = geometry.packed();
        kept["flags"] = int64_t(a.statistics == Statistics::Batch) | int64_t(wants(a.input)) << 1 | int64_t(wants(a.weight)) << 2 |
                        int64_t(wants(a.bias)) << 3 | int64_t(wants(weight)) << 4 | int64_t(wants(or_undefined(bias))) << 5;
        kept["types"] = std::vector<int64_t>{int64_t(result.scalar_type()), int64_t(bias.has_value() ? bias->scalar_type() : result.scalar_type())};
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
        resnetgen::conv::Gradients found;
        {
            const at::Tensor map = rectified(saved).to(static_cast<at::ScalarType>(types[0]));
            const int wanted = (wants_norm ? resnetgen::conv::map_gradient : 0) | ((flags & 16) ? resnetgen::conv::weight_gradient : 0) |
                               ((flags & 32) ? resnetgen::conv::bias_gradient : 0);
            found = resnetgen::conv::backward(gradients[0], map, weight, static_cast<at::ScalarType>(types[1]), g, wanted);
        }
        Gradients norm;
        if (wants_norm) norm = differentiate(saved, found.map.to(saved.input.scalar_type()), true);
        return {norm.input, norm.weight, norm.bias, found.weight, found.bias, at::Tensor(), at::Tensor()};
    }

private:
    static bool wants(const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); }

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
    const Geometry geometry = c.geometry();
    if (recorded({a.input, a.weight, a.bias, weight, bias})) {
        return BatchNormReLUConvolution::apply(a.input, optional(a.weight), optional(a.bias), weight, optional(bias), a, geometry);
    }
    return forward_all(a, weight, bias, geometry);
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
