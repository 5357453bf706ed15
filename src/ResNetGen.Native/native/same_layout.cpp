#include "same_layout.h"

namespace resnetgen {

bool same_layout(const at::Tensor& one, const at::Tensor& other) {
    if (one.device() != other.device() || one.scalar_type() != other.scalar_type() || one.sizes() != other.sizes()) return false;
    for (int64_t d = 0; d < one.dim(); d++) {
        if (one.size(d) != 1 && one.stride(d) != other.stride(d)) return false;
    }
    return true;
}

at::Tensor laid_like(const at::Tensor& gradient, const at::Tensor& parameter) {
    TORCH_CHECK(gradient.sizes() == parameter.sizes(),
                "a gradient has shape ", gradient.sizes(), "; expected that of its parameter, ", parameter.sizes());
    if (gradient.layout() == at::kStrided && same_layout(gradient, parameter)) return gradient;
    at::Tensor laid = at::empty_like(parameter);
    laid.copy_(gradient.layout() == at::kStrided ? gradient : gradient.to_dense());
    return laid;
}

void follow(at::Tensor& state, const at::Tensor& parameter) {
    if (same_layout(state, parameter)) return;
    TORCH_CHECK(state.sizes() == parameter.sizes(),
                "an optimizer's state has shape ", state.sizes(), "; expected that of its parameter, ", parameter.sizes());
    state.set_data(at::empty_like(parameter.detach()).copy_(state));
}

void changed(const at::Tensor& tensor) { tensor.unsafeGetTensorImpl()->bump_version(); }

}  // namespace resnetgen
