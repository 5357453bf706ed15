// Batch normalisation, addition and ReLU as one autograd operation. Of the forward pass it keeps the input, the statistics
// and the weight; with ReLU after an addition also the output, which the next convolution keeps anyway.
#include "batch_norm_call.h"
#include "guard.h"
#include "process_group_error.h"

#include <ATen/record_function.h>

using resnetgen::guarded;
using namespace resnetgen::batch_norm;

namespace {

const char* name_of(const Forward& a) {
    return a.addend.defined() ? (a.relu ? "rn::batch_norm_add_relu" : "rn::batch_norm_add") : a.relu ? "rn::batch_norm_relu" : "rn::batch_norm";
}

struct BatchNormAddReLU : torch::autograd::Function<BatchNormAddReLU> {
    // The tensors of `prepared` come once more as parameters of their own: those are what autograd sees.
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input, const OptionalTensor& addend,
                              const OptionalTensor& weight, const OptionalTensor& bias, Forward& prepared) {
        Forward& a = prepared;
        allocate(a);
        run(a);
        const bool by_output = a.relu && a.addend.defined();
        const bool by_input = a.relu && !a.addend.defined();
        context->save_for_backward({a.input, by_output ? a.output : at::Tensor(), a.weight, by_input ? a.bias : at::Tensor(), a.mean, a.invstd});
        auto& kept = context->saved_data;
        kept["flags"] = int64_t(a.relu) | int64_t(a.statistics == Statistics::Batch) << 1 | int64_t(wants(a.input)) << 2 |
                        int64_t(wants(a.addend)) << 3 | int64_t(wants(a.weight)) << 4 | int64_t(wants(a.bias)) << 5;
        keep_ranks(*context, a);
        if (!a.padding.identity()) {
            kept["padding"] = std::vector<int64_t>{a.padding.stride, a.padding.before, a.padding.after, a.addend.size(2), a.addend.size(3)};
        }
        return a.output;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, const torch::autograd::variable_list& gradients) {
        refuse_second_derivative("Fused batch normalisation");
        RECORD_FUNCTION("rn::batch_norm_backward", std::vector<c10::IValue>());
        Saved saved = recall(*context);
        const Gradients g = differentiate(saved, gradients[0], is_last_reader(gradients[0]));
        return {g.input, g.addend, g.weight, g.bias, at::Tensor()};
    }

private:
    static bool wants(const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); }

    static Saved recall(const torch::autograd::AutogradContext& context) {
        const auto tensors = context.get_saved_variables();
        const auto& kept = context.saved_data;
        const int64_t flags = kept.at("flags").toInt();
        Saved saved;
        saved.input = tensors[0];
        saved.output = tensors[1];
        saved.weight = tensors[2];
        saved.bias = tensors[3];
        saved.mean = tensors[4];
        saved.invstd = tensors[5];
        saved.relu = flags & 1;
        saved.batch_statistics = flags & 2;
        saved.wants_input = flags & 4;
        saved.wants_addend = flags & 8;
        saved.wants_weight = flags & 16;
        saved.wants_bias = flags & 32;
        recall_ranks(context, saved);
        const auto padding = kept.find("padding");
        if (padding != kept.end()) {
            const auto numbers = padding->second.toIntVector();
            saved.padding = {numbers[0], numbers[1], numbers[2]};
            saved.own_height = numbers[3];
            saved.own_width = numbers[4];
        }
        return saved;
    }
};

at::Tensor batch_norm_add_relu(Forward& a) {
    RECORD_FUNCTION(name_of(a), std::vector<c10::IValue>({a.input, a.weight}));
    if (recorded({a.input, a.addend, a.weight, a.bias})) {
        return BatchNormAddReLU::apply(a.input, optional(a.addend), optional(a.weight), optional(a.bias), a);
    }
    allocate(a);
    run(a);
    return a.output;
}

}  // namespace

// Whether there is a kernel for a tensor: 1 or 0, -1 on error.
RN_EXPORT int32_t rn_batch_norm_takes(const at::Tensor* input) {
    return guarded<int32_t>(-1, [&] { return takes(*input) ? 1 : 0; });
}

// nullptr on error.
RN_EXPORT at::Tensor* rn_batch_norm(const RnBatchNormCall* call) {
    return guarded<at::Tensor*>(nullptr, [&] {
        return resnetgen::group::noting([&] {
            Forward arguments = prepare(*call);
            return new at::Tensor(batch_norm_add_relu(arguments));
        });
    });
}
