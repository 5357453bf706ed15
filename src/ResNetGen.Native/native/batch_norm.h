// Batch normalisation, addition and ReLU as one operation: what the part that all devices share (checks, memory, autograd;
// batch_norm.cpp) asks of the part that each device has (the arithmetic; batch_norm_cpu.cpp for the processor).
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/ivalue.h>

namespace resnetgen::batch_norm {

// Option A of the papers: of the addend every stride-th pixel counts, and zero channels lie before and after its own.
// stride 1 and no channels: the addend is added as it is.
struct ChannelPadding {
    int64_t stride = 1;
    int64_t before = 0;
    int64_t after = 0;

    bool identity() const { return stride == 1 && before == 0 && after == 0; }
};

// Processes that normalise one joint batch, each with its own pictures. All numbers are double, on the device of the maps; every process
// computes the same bits from them.
class Ranks : public torch::CustomClassHolder {
public:
    // moments [2, C]: mean and biased variance of this process's `values` values a channel become those of all processes' values,
    // whose number is returned, [1].
    virtual at::Tensor join_moments(const at::Tensor& moments, int64_t values) = 0;

    // Sums over this process's values become those over all processes'.
    virtual void join_sums(const at::Tensor& sums) = 0;
};

using RanksPointer = c10::intrusive_ptr<Ranks>;

enum class Statistics {
    Batch,    // mean and deviation of the input: computed, written to mean and invstd, and to the running statistics where these are given
    Running,  // those of running_mean and running_var: written to mean and invstd
    Known,    // mean and invstd are given: nothing but the output is written
};

// y = relu((x - mean) * invstd * weight + bias + addend), each part but the first optional.
//
// Promises of the shared part: input is [N, C, H, W] with at least one element, and is_contiguous() in channels_last or,
// where not, in the default format; addend and output lie in that same format and have its type. "Arithmetic type" is float
// for BFloat16, Half and Float, double for Double. Nothing requires a gradient. Channel vectors are contiguous.
struct Forward {
    at::Tensor input;
    at::Tensor addend;   // undefined: none. [N, C, H, W], or what padding makes of it: C = its channels + before + after, H = ceil(its / stride)
    ChannelPadding padding;
    bool relu = false;

    at::Tensor weight;   // [C] of the arithmetic type; undefined: 1
    at::Tensor bias;     // [C] of the arithmetic type; undefined: 0

    Statistics statistics = Statistics::Batch;
    double eps = 1e-5;
    RanksPointer ranks;  // Batch: the statistics are those of their joint batch; null: of this input alone

    // Batch: updated with the unbiased variance, undefined: not kept. Running: read. [C] of the arithmetic type.
    at::Tensor running_mean;
    at::Tensor running_var;
    // One number, int64: batches seen, raised by one before it is used. Undefined: not counted.
    at::Tensor batches;
    // Weight of this batch in the running statistics; NaN: 1 / batches.
    double momentum = 0.1;

    at::Tensor joint_values;  // written where there are ranks: the number of values a channel of all, [1], double

    at::Tensor mean;     // [C] of the arithmetic type
    at::Tensor invstd;   // [C] of the arithmetic type: 1 / sqrt(biased variance + eps)
    at::Tensor output;   // may be the input itself (same memory) where the statistics are not Batch or nobody needs the input afterwards
};

// Gradients of the same. The mask of ReLU comes from output where it is given (there was an addend), and else from the
// input, as forward computed it: let through unless (x - mean) * invstd * weight + bias <= 0, so that NaN passes as in torch.
struct Backward {
    at::Tensor gradient;  // dL/dy, laid out as input is
    at::Tensor input;
    at::Tensor output;    // defined exactly where there were both relu and addend
    ChannelPadding padding;
    bool relu = false;

    at::Tensor weight;
    at::Tensor bias;
    at::Tensor mean;
    at::Tensor invstd;
    bool batch_statistics = true;  // false: mean and invstd are constants
    RanksPointer ranks;            // as in the forward pass; weight and bias get the gradients of this process's values alone
    at::Tensor joint_values;

    // What is to be written. Undefined: not asked for.
    at::Tensor input_gradient;   // laid out as input; may be `gradient` itself (same memory)
    at::Tensor addend_gradient;  // masked gradient. Only asked for where relu or padding makes it differ from `gradient`. For the identity
                                 // padding it may be `gradient` itself; never both this and input_gradient
    at::Tensor weight_gradient;  // [C] of the arithmetic type
    at::Tensor bias_gradient;    // [C] of the arithmetic type
};

struct Backend {
    // Whether this device's part has the input's type. Asked of [N, C, H, W] tensors on the device; layout does not matter.
    bool (*takes)(const at::Tensor& input);
    void (*forward)(Forward& arguments);
    void (*backward)(const Backward& arguments);
};

// One backend a device; registered by a static object of its source file.
struct Registration {
    Registration(at::DeviceType device, Backend backend);
};

// The backend of a device, nullptr where there is none.
const Backend* backend(at::DeviceType device);

}  // namespace resnetgen::batch_norm
