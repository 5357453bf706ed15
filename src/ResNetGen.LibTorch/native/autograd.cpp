// Gradients and the modes in which they are recorded.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>

static rt::opt<bool> maybe(int32_t value) { return value < 0 ? rt::opt<bool>() : rt::opt<bool>(value != 0); }

// An empty list of gradients stands for ones; an empty list of inputs for all leaves; retain_graph -1 for create_graph.
RT_API int rt_backward(TensorList tensors, int32_t count, TensorList gradients, int32_t gradient_count, int32_t retain_graph,
                       int32_t create_graph, TensorList inputs, int32_t input_count) {
    return rt::status([&] {
        torch::autograd::backward(rt::list(tensors, count), rt::list(gradients, gradient_count), maybe(retain_graph), create_graph != 0,
                                  rt::list(inputs, input_count));
    });
}

// The usual call of a training loop, without lists.
RT_API int rt_backward_one(TensorHandle self) { return rt::status([&] { self->backward(); }); }

RT_API int rt_grad(TensorList outputs, int32_t count, TensorList inputs, int32_t input_count, TensorList gradients, int32_t gradient_count,
                   int32_t retain_graph, int32_t create_graph, int32_t allow_unused, TensorHandle** out, int32_t* out_count) {
    return rt::status([&] {
        rt::give(torch::autograd::grad(rt::list(outputs, count), rt::list(inputs, input_count), rt::list(gradients, gradient_count),
                                       maybe(retain_graph), create_graph != 0, allow_unused != 0),
                 out, out_count);
    });
}

// *out is nullptr where there is no gradient yet.
RT_API int rt_get_grad(TensorHandle self, void** out) {
    return rt::status([&] {
        const auto& grad = self->grad();
        *out = grad.defined() ? new at::Tensor(grad) : nullptr;
    });
}
RT_API int rt_set_grad(TensorHandle self, OptionalTensor grad) {
    return rt::status([&] { self->mutable_grad() = rt::or_undefined(grad); });
}
RT_API int rt_retain_grad(TensorHandle self) { return rt::status([&] { self->retain_grad(); }); }
RT_API TensorHandle rt_detach(TensorHandle self) { return rt::tensor([&] { return self->detach(); }); }
RT_API int rt_detach_(TensorHandle self) { return rt::status([&] { self->detach_(); }); }

// noexcept, here and below: the modes are variables of the thread or of the process, read and written as they are.
RT_API int32_t rt_grad_mode() noexcept { return at::GradMode::is_enabled() ? 1 : 0; }
RT_API void rt_set_grad_mode(int32_t enabled) noexcept { at::GradMode::set_enabled(enabled != 0); }

RT_API int32_t rt_inference_mode() noexcept { return c10::InferenceMode::is_enabled() ? 1 : 0; }
// A guard object: it restores in its destructor, on the thread that made it.
RT_API int rt_inference_enter(int32_t enabled, void** guard) {
    return rt::status([&] { *guard = new c10::InferenceMode(enabled != 0); });
}
RT_API int rt_inference_leave(void* guard) { return rt::status([&] { delete static_cast<c10::InferenceMode*>(guard); }); }

RT_API int32_t rt_anomaly_mode() noexcept { return torch::autograd::AnomalyMode::is_enabled() ? 1 : 0; }
RT_API int32_t rt_anomaly_check_nan() noexcept { return torch::autograd::AnomalyMode::should_check_nan() ? 1 : 0; }
RT_API int rt_set_anomaly_mode(int32_t enabled, int32_t check_nan) {
    return rt::status([&] { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); });
}
