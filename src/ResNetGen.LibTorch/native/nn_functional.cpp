// Activations, losses and the small functional forms.
#include "shim.h"

namespace {

int64_t reduction(int64_t value) {
    TORCH_CHECK(value >= at::Reduction::None && value < at::Reduction::END, "reduction must be None, Mean or Sum, got ", value);
    return value;
}

} // namespace


// functional.Activation of the managed side.
enum Activation : int32_t { relu = 0, sigmoid = 1, tanh_ = 2, silu = 3, gelu = 4 };

RT_API TensorHandle rt_nn_activation(TensorHandle input, int32_t kind, int32_t inplace) {
    return rt::tensor([&]() -> at::Tensor {
        switch (kind) {
            case relu: return inplace ? at::relu_(*input) : at::relu(*input);
            case sigmoid: return inplace ? at::sigmoid_(*input) : at::sigmoid(*input);
            case tanh_: return inplace ? at::tanh_(*input) : at::tanh(*input);
            case silu: return inplace ? at::silu_(*input) : at::silu(*input);
            case gelu: return inplace ? at::gelu_(*input, "none") : at::gelu(*input, "none");
            default: TORCH_CHECK(false, "unknown activation ", kind);
        }
    });
}

RT_API TensorHandle rt_nn_leaky_relu(TensorHandle input, double negative_slope, int32_t inplace) {
    return rt::tensor([&] {
        return inplace ? at::leaky_relu_(*input, negative_slope) : at::leaky_relu(*input, negative_slope);
    });
}

RT_API TensorHandle rt_nn_softmax(TensorHandle input, int64_t dim, int32_t dtype, int32_t logarithm) {
    return rt::tensor([&] {
        return logarithm ? at::log_softmax(*input, dim, rt::dtype(dtype)) : at::softmax(*input, dim, rt::dtype(dtype));
    });
}

RT_API TensorHandle rt_nn_flatten(TensorHandle input, int64_t start, int64_t end) {
    return rt::tensor([&] { return at::flatten(*input, start, end); });
}

// A new handle on the same tensor.
RT_API TensorHandle rt_nn_alias(TensorHandle input) {
    return rt::tensor([&] { return at::alias(*input); });
}

RT_API TensorHandle rt_nn_cross_entropy(TensorHandle input, TensorHandle target, TensorHandle weight, int64_t reduce,
                                        int64_t ignore_index, double label_smoothing) {
    return rt::tensor([&] {
        return at::cross_entropy_loss(*input, *target, rt::optional(weight), reduction(reduce), ignore_index, label_smoothing);
    });
}

RT_API TensorHandle rt_nn_nll_loss(TensorHandle input, TensorHandle target, TensorHandle weight, int64_t reduce) {
    return rt::tensor([&] { return at::nll_loss_nd(*input, *target, rt::optional(weight), reduction(reduce), -100); });
}

RT_API TensorHandle rt_nn_mse_loss(TensorHandle input, TensorHandle target, int64_t reduce) {
    return rt::tensor([&] {
        // As PyTorch's functional form: shapes broadcast before the loss is taken.
        if (input->sizes() == target->sizes()) return at::mse_loss(*input, *target, reduction(reduce));
        auto both = at::broadcast_tensors({*input, *target});
        return at::mse_loss(both[0], both[1], reduction(reduce));
    });
}

RT_API TensorHandle rt_nn_binary_cross_entropy_with_logits(TensorHandle input, TensorHandle target, TensorHandle weight,
                                                           TensorHandle positive_weight, int64_t reduce) {
    return rt::tensor([&] {
        TORCH_CHECK(input->sizes() == target->sizes(), "Target size (", target->sizes(), ") must be the same as input size (", input->sizes(), ")");
        return at::binary_cross_entropy_with_logits(*input, *target, rt::optional(weight), rt::optional(positive_weight), reduction(reduce));
    });
}

RT_API TensorHandle rt_nn_normalize(TensorHandle input, double p, int64_t dim, double eps) {
    return rt::tensor([&] {
        at::Tensor length = input->norm(p, {dim}, /*keepdim=*/true).clamp_min(eps).expand_as(*input);
        return *input / length;
    });
}

RT_API TensorHandle rt_nn_one_hot(TensorHandle input, int64_t classes) {
    return rt::tensor([&] { return at::one_hot(*input, classes); });
}
