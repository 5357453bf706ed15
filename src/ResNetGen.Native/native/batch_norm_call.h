// What the two operations (batch_norm.cpp, batch_norm_convolution.cpp) share around a device's kernels: checks, conversions,
// memory. Devices see batch_norm.h only.
#pragma once

#include <torch/csrc/autograd/custom_function.h>

#include "batch_norm.h"

// A call as it comes from managed code (FusedBatchNorm.cs, Call); absent tensors are nullptr.
struct RnBatchNormCall {
    const at::Tensor* input;
    const at::Tensor* addend;
    const at::Tensor* weight;
    const at::Tensor* bias;
    const at::Tensor* running_mean;
    const at::Tensor* running_var;
    const at::Tensor* batches;
    double momentum;  // NaN: cumulative average
    double eps;
    int64_t stride, before, after;
    int32_t training;
    int32_t track;  // running statistics are kept in training
    int32_t relu;
};

namespace resnetgen::batch_norm {

using OptionalTensor = torch::autograd::optional_variable_list::value_type;  // std's or c10's, as the libtorch has it

inline OptionalTensor optional(const at::Tensor& tensor) { return tensor.defined() ? OptionalTensor(tensor) : OptionalTensor(); }
inline at::Tensor or_undefined(const OptionalTensor& tensor) { return tensor.has_value() ? *tensor : at::Tensor(); }

// float for the short types.
at::ScalarType arithmetic_type(at::ScalarType type);

// Whether there is a kernel for feature maps [N, C, H, W] like this one; not for empty ones.
bool takes(const at::Tensor& input);

// Checks a call and brings its tensors into the form that batch_norm.h promises; differentiable, where anything is converted.
// All of Forward but what allocate() makes.
Forward prepare(const RnBatchNormCall& call);

void allocate(Forward& arguments);

// Runs the device's kernels; running statistics of another type or layout are converted and written back.
void run(Forward& arguments);

// What the backward pass needs of the forward pass, and which gradients are wanted of it.
struct Saved {
    at::Tensor input, output, weight, bias, mean, invstd;
    ChannelPadding padding;
    int64_t own_height = 0, own_width = 0;  // of the addend
    RanksPointer ranks;
    at::Tensor joint_values;
    bool relu = false, batch_statistics = false;
    bool wants_input = false, wants_addend = false, wants_weight = false, wants_bias = false;
};

struct Gradients {
    at::Tensor input, addend, weight, bias;
};

// `mine`: nobody else will read `gradient`, so that its memory may be written over.
Gradients differentiate(const Saved& saved, const at::Tensor& gradient, bool mine);

// Whether nobody but the autograd engine, which is about to drop it, holds the gradient that a custom function was given.
bool is_last_reader(const at::Tensor& gradient);

// Fails where the backward pass itself is to be differentiated.
void refuse_second_derivative(const char* what);

// The ranks whose statistics calls on this thread in training mode take; null: none.
RanksPointer& current_ranks();

// Whether this thread is in the second run of a block, as a part of a backward pass.
bool& recomputes();

// What a node keeps of them for its backward pass.
void keep_ranks(torch::autograd::AutogradContext& context, const Forward& arguments);
void recall_ranks(const torch::autograd::AutogradContext& context, Saved& saved);

// Whether a call must be recorded for a backward pass.
bool recorded(std::initializer_list<at::Tensor> tensors);

}  // namespace resnetgen::batch_norm
