// Initialisation in place, outside the autograd graph, with PyTorch's order of random draws.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <cmath>

RT_API int rt_init_constant(TensorHandle self, RtScalar value) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        self->fill_(rt::scalar(value));
    });
}

RT_API int rt_init_uniform(TensorHandle self, double low, double high, GeneratorHandle generator) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        self->uniform_(low, high, rt::generator(generator));
    });
}

RT_API int rt_init_normal(TensorHandle self, double mean, double std, GeneratorHandle generator) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        self->normal_(mean, std, rt::generator(generator));
    });
}

// Normal values cut at [a, b], by the inverse of the cumulative distribution.
RT_API int rt_init_trunc_normal(TensorHandle self, double mean, double std, double a, double b, GeneratorHandle generator) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        auto cumulative = [](double x) { return (1.0 + std::erf(x / std::sqrt(2.0))) / 2.0; };
        double low = cumulative((a - mean) / std), high = cumulative((b - mean) / std);
        self->uniform_(2 * low - 1, 2 * high - 1, rt::generator(generator));
        self->erfinv_();
        self->mul_(std * std::sqrt(2.0));
        self->add_(mean);
        self->clamp_(a, b);
    });
}

RT_API int rt_init_eye(TensorHandle self) {
    return rt::status([&] {
        TORCH_CHECK(self->dim() == 2, "Only tensors with 2 dimensions are supported");
        at::NoGradGuard no_grad;
        self->copy_(at::eye(self->size(0), self->size(1), self->options().requires_grad(false)));
    });
}

// The identity in each group's channels at the centre of the kernel.
RT_API int rt_init_dirac(TensorHandle self) {
    return rt::status([&] {
        int64_t dims = self->dim();
        TORCH_CHECK(dims >= 3 && dims <= 5, "Only tensors with 3, 4, or 5 dimensions are supported");
        at::NoGradGuard no_grad;
        self->zero_();
        for (int64_t d = 0; d < std::min(self->size(0), self->size(1)); d++) {
            at::Tensor centre = self->select(0, d).select(0, d);
            while (centre.dim() > 0) centre = centre.select(0, centre.size(0) / 2);
            centre.fill_(1);
        }
    });
}

RT_API int rt_init_orthogonal(TensorHandle self, double gain) {
    return rt::status([&] {
        TORCH_CHECK(self->dim() >= 2, "Only tensors with 2 or more dimensions are supported");
        at::NoGradGuard no_grad;
        int64_t rows = self->size(0), columns = self->numel() / std::max<int64_t>(rows, 1);
        at::Tensor flat = at::empty({rows, columns}, self->options().requires_grad(false)).normal_(0, 1);
        if (rows < columns) flat.t_();
        auto [q, r] = at::linalg_qr(flat);
        q *= r.diagonal(0).sign(); // makes the distribution uniform
        if (rows < columns) q.t_();
        self->view_as(q).copy_(q);
        self->mul_(gain);
    });
}

// Each column gets the given share of zeros, the rest is normal.
RT_API int rt_init_sparse(TensorHandle self, double sparsity, double std) {
    return rt::status([&] {
        TORCH_CHECK(self->dim() == 2, "Only tensors with 2 dimensions are supported");
        at::NoGradGuard no_grad;
        int64_t rows = self->size(0), columns = self->size(1);
        int64_t zeros = static_cast<int64_t>(std::ceil(sparsity * static_cast<double>(rows)));
        self->normal_(0, std);
        for (int64_t column = 0; column < columns; column++) {
            at::Tensor chosen = at::randperm(rows, self->options().requires_grad(false).dtype(at::kLong)).slice(0, 0, zeros);
            self->select(1, column).index_fill_(0, chosen, 0);
        }
    });
}
