// What is done to the gradients of many parameters at once.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <cmath>
#include <limits>

namespace {

std::vector<at::Tensor> gradients(TensorHandle* parameters, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        const at::Tensor& gradient = parameters[i]->grad();
        if (gradient.defined()) result.push_back(gradient);
    }
    return result;
}

} // namespace

RT_API int rt_grad_none(TensorHandle* parameters, int32_t count) {
    return rt::status([&] {
        for (int32_t i = 0; i < count; i++) {
            if (parameters[i]->grad().defined()) parameters[i]->mutable_grad().reset();
        }
    });
}

RT_API int rt_grad_zero(TensorHandle* parameters, int32_t count) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        auto list = gradients(parameters, count);
        for (auto& gradient : list) {
            // A gradient that came with create_graph belongs to a graph; zeroing it must not.
            if (gradient.grad_fn()) gradient.detach_();
        }
        if (!list.empty()) at::_foreach_zero_(list);
    });
}

// Scales all gradients so that their common norm is at most max_norm; gives the norm before.
RT_API int rt_grad_clip_norm(TensorHandle* parameters, int32_t count, double max_norm, double norm_type, double* total) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        *total = 0;
        auto list = gradients(parameters, count);
        if (list.empty()) return;

        // Norms are gathered on the first gradient's device, so that one value comes back to the CPU.
        at::Device home = list[0].device();
        std::vector<at::Tensor> norms;
        norms.reserve(list.size());
        bool largest = norm_type == std::numeric_limits<double>::infinity();
        if (largest) {
            for (auto& gradient : list) norms.push_back(gradient.abs().max().to(home));
        } else {
            for (auto& norm : at::_foreach_norm(list, norm_type)) norms.push_back(norm.to(home));
        }
        at::Tensor stacked = at::stack(norms);
        at::Tensor norm = largest ? stacked.max() : stacked.norm(norm_type);

        at::Tensor scale = (max_norm / (norm + 1e-6)).clamp_max(1.0);
        for (auto& gradient : list) gradient.mul_(scale.to(gradient.device()));
        *total = norm.item<double>();
    });
}

RT_API int rt_grad_clip_value(TensorHandle* parameters, int32_t count, double limit) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        for (auto& gradient : gradients(parameters, count)) gradient.clamp_(-limit, limit);
    });
}

RT_API TensorHandle rt_parameters_to_vector(TensorHandle* parameters, int32_t count) {
    return rt::tensor([&] {
        std::vector<at::Tensor> flat;
        flat.reserve(static_cast<size_t>(count));
        for (int32_t i = 0; i < count; i++) flat.push_back(parameters[i]->reshape(-1));
        return at::cat(flat);
    });
}

// Copies the values into the parameters, which keep their storage.
RT_API int rt_vector_to_parameters(TensorHandle vector, TensorHandle* parameters, int32_t count) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        int64_t wanted = 0, position = 0;
        for (int32_t i = 0; i < count; i++) wanted += parameters[i]->numel();
        TORCH_CHECK(vector->numel() == wanted, "the parameters hold ", wanted, " values, the vector ", vector->numel());
        at::Tensor flat = vector->reshape(-1);
        for (int32_t i = 0; i < count; i++) {
            int64_t length = parameters[i]->numel();
            parameters[i]->copy_(flat.slice(0, position, position + length).view(parameters[i]->sizes()));
            position += length;
        }
    });
}

