// Whether elements of two tensors stand at the same places, and how that is brought about.
#pragma once

#include "guard.h"

namespace resnetgen {

// Same shape and strides, on one device and of one type. Strides of dimensions of length 1 say nothing.
bool same_layout(const at::Tensor& one, const at::Tensor& other);

// The gradient as it is where it lies as the parameter does (autograd sees to that), else a copy that does.
at::Tensor laid_like(const at::Tensor& gradient, const at::Tensor& parameter);

// Gives a state another place under the same handle where its parameter was laid out anew, moved, or changed its type.
void follow(at::Tensor& state, const at::Tensor& parameter);

// Tells autograd that a parameter's values were changed through a pointer.
void changed(const at::Tensor& tensor);

}  // namespace resnetgen
