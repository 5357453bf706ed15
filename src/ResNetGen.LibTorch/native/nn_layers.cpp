// Layers: convolution, linear, normalisation, pooling, padding, dropout. One call a forward pass.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <cmath>
#include <memory>

namespace {

// PaddingModes of the managed side.
enum PadMode : int32_t { zeros = 0, reflect = 1, replicate = 2, circular = 3, constant = 4 };

at::Tensor pad(const at::Tensor& input, at::IntArrayRef amounts, int32_t mode, double value) {
    switch (mode) {
        case reflect: return at::pad(input, amounts, "reflect");
        case replicate: return at::pad(input, amounts, "replicate");
        case circular: return at::pad(input, amounts, "circular");
        case zeros: return at::constant_pad_nd(input, amounts, 0);
        default: return at::constant_pad_nd(input, amounts, value);
    }
}

} // namespace

RT_API TensorHandle rt_nn_pad(TensorHandle input, const int64_t* amounts, int32_t length, int32_t mode, double value) {
    return rt::tensor([&] { return pad(*input, rt::ints(amounts, length), mode, value); });
}

RT_API TensorHandle rt_nn_conv2d(TensorHandle input, TensorHandle weight, TensorHandle bias,
                                 const int64_t* stride, int32_t strides, const int64_t* padding, int32_t paddings,
                                 const int64_t* dilation, int32_t dilations, int64_t groups) {
    return rt::tensor([&] {
        return at::conv2d(*input, *weight, rt::optional(bias), rt::ints(stride, strides), rt::ints(padding, paddings),
                          rt::ints(dilation, dilations), groups);
    });
}

RT_API TensorHandle rt_nn_conv2d_named_padding(TensorHandle input, TensorHandle weight, TensorHandle bias,
                                               const int64_t* stride, int32_t strides, int32_t same,
                                               const int64_t* dilation, int32_t dilations, int64_t groups) {
    return rt::tensor([&] {
        return at::conv2d(*input, *weight, rt::optional(bias), rt::ints(stride, strides), same ? "same" : "valid",
                          rt::ints(dilation, dilations), groups);
    });
}

// Convolution whose border is not zeros: pad first, then convolve without padding.
RT_API TensorHandle rt_nn_conv2d_padded(TensorHandle input, TensorHandle weight, TensorHandle bias,
                                        const int64_t* stride, int32_t strides, const int64_t* amounts, int32_t length,
                                        int32_t mode, const int64_t* dilation, int32_t dilations, int64_t groups) {
    return rt::tensor([&] {
        at::Tensor padded = pad(*input, rt::ints(amounts, length), mode, 0);
        return at::conv2d(padded, *weight, rt::optional(bias), rt::ints(stride, strides), at::IntArrayRef({0, 0}),
                          rt::ints(dilation, dilations), groups);
    });
}

RT_API TensorHandle rt_nn_linear(TensorHandle input, TensorHandle weight, TensorHandle bias) {
    return rt::tensor([&] { return at::linear(*input, *weight, rt::optional(bias)); });
}

RT_API TensorHandle rt_nn_batch_norm(TensorHandle input, TensorHandle running_mean, TensorHandle running_var,
                                     TensorHandle weight, TensorHandle bias, int32_t training, double momentum, double eps) {
    return rt::tensor([&] {
        return at::batch_norm(*input, rt::optional(weight), rt::optional(bias), rt::optional(running_mean),
                              rt::optional(running_var), training != 0, momentum, eps, at::globalContext().userEnabledCuDNN());
    });
}

// The forward pass of a BatchNorm module: counts the batch, picks the momentum, normalises. A momentum of NaN asks for
// the cumulative average. `dimensions` (0: any) is what the input must have; another number gives *wrong_dimensions = 1.
RT_API TensorHandle rt_nn_batch_norm_module(TensorHandle input, TensorHandle running_mean, TensorHandle running_var,
                                            TensorHandle weight, TensorHandle bias, TensorHandle batches, int32_t training,
                                            int32_t track, double momentum, double eps, int32_t dimensions, int32_t* wrong_dimensions) {
    return rt::tensor([&] {
        *wrong_dimensions = dimensions > 0 && input->dim() != dimensions;
        TORCH_CHECK(!*wrong_dimensions, "expected ", dimensions, "D input, but got ", input->dim(), "D input.");

        double average = std::isnan(momentum) ? 0.0 : momentum;
        if (training && track && batches) {
            at::NoGradGuard no_grad;
            batches->add_(1);
            if (std::isnan(momentum)) average = 1.0 / batches->item<double>();
        }

        bool use_batch = training || (!running_mean && !running_var);
        bool use_running = !training || track;
        return at::batch_norm(*input, rt::optional(weight), rt::optional(bias),
                              rt::optional(use_running ? running_mean : nullptr),
                              rt::optional(use_running ? running_var : nullptr),
                              use_batch, average, eps, at::globalContext().userEnabledCuDNN());
    });
}

RT_API TensorHandle rt_nn_max_pool2d(TensorHandle input, const int64_t* kernel, int32_t kernels, const int64_t* stride, int32_t strides,
                                     const int64_t* padding, int32_t paddings, const int64_t* dilation, int32_t dilations, int32_t ceil_mode) {
    return rt::tensor([&] {
        return at::max_pool2d(*input, rt::ints(kernel, kernels), rt::ints(stride, strides), rt::ints(padding, paddings),
                              rt::ints(dilation, dilations), ceil_mode != 0);
    });
}

RT_API int rt_nn_max_pool2d_with_indices(TensorHandle input, const int64_t* kernel, int32_t kernels, const int64_t* stride, int32_t strides,
                                         const int64_t* padding, int32_t paddings, const int64_t* dilation, int32_t dilations,
                                         int32_t ceil_mode, TensorHandle* values, TensorHandle* indices) {
    return rt::status([&] {
        auto result = at::max_pool2d_with_indices(*input, rt::ints(kernel, kernels), rt::ints(stride, strides),
                                                  rt::ints(padding, paddings), rt::ints(dilation, dilations), ceil_mode != 0);
        auto first = std::make_unique<at::Tensor>(std::move(std::get<0>(result)));
        *indices = new at::Tensor(std::move(std::get<1>(result)));
        *values = first.release();
    });
}

// The divisor is read only where has_divisor says so.
RT_API TensorHandle rt_nn_avg_pool2d(TensorHandle input, const int64_t* kernel, int32_t kernels, const int64_t* stride, int32_t strides,
                                     const int64_t* padding, int32_t paddings, int32_t ceil_mode, int32_t count_include_pad,
                                     int32_t has_divisor, int64_t divisor) {
    return rt::tensor([&] {
        auto pool = [&](auto... rest) {
            return at::avg_pool2d(*input, rt::ints(kernel, kernels), rt::ints(stride, strides), rt::ints(padding, paddings),
                                  ceil_mode != 0, count_include_pad != 0, rest...);
        };
        return has_divisor ? pool(divisor) : pool();
    });
}

RT_API TensorHandle rt_nn_adaptive_avg_pool2d(TensorHandle input, const int64_t* size, int32_t length) {
    return rt::tensor([&] { return at::adaptive_avg_pool2d(*input, rt::ints(size, length)); });
}

RT_API TensorHandle rt_nn_dropout(TensorHandle input, double p, int32_t training, int32_t inplace, int32_t feature) {
    return rt::tensor([&] {
        TORCH_CHECK(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
        if (inplace) return feature ? at::feature_dropout_(*input, p, training != 0) : at::dropout_(*input, p, training != 0);
        return feature ? at::feature_dropout(*input, p, training != 0) : at::dropout(*input, p, training != 0);
    });
}
