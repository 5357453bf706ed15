// Sums, means, extremes, orders and products of matrices.
#include "shim.h"

RT_UNARY(all)
RT_UNARY(any)
RT_UNARY(max)
RT_UNARY(min)
RT_UNARY(nonzero)

RT_BINARY(matmul)
RT_BINARY(mm)
RT_BINARY(bmm)
RT_BINARY(dot)

RT_API TensorHandle rt_maximum(TensorHandle self, TensorHandle other) { return rt::tensor([&] { return at::maximum(*self, *other); }); }
RT_API TensorHandle rt_minimum(TensorHandle self, TensorHandle other) { return rt::tensor([&] { return at::minimum(*self, *other); }); }

RT_API TensorHandle rt_sum(TensorHandle self, int32_t type) {
    return rt::tensor([&] { return self->sum(rt::dtype(type)); });
}
RT_API TensorHandle rt_sum_dims(TensorHandle self, const int64_t* dims, int32_t length, int32_t keepdim, int32_t type) {
    return rt::tensor([&] { return self->sum(rt::ints(dims, length), keepdim != 0, rt::dtype(type)); });
}
RT_API TensorHandle rt_mean(TensorHandle self, int32_t type) {
    return rt::tensor([&] { return self->mean(rt::dtype(type)); });
}
RT_API TensorHandle rt_mean_dims(TensorHandle self, const int64_t* dims, int32_t length, int32_t keepdim, int32_t type) {
    return rt::tensor([&] { return self->mean(rt::ints(dims, length), keepdim != 0, rt::dtype(type)); });
}
RT_API TensorHandle rt_std(TensorHandle self, int32_t unbiased) { return rt::tensor([&] { return self->std(unbiased != 0); }); }
RT_API TensorHandle rt_var(TensorHandle self, int32_t unbiased) { return rt::tensor([&] { return self->var(unbiased != 0); }); }
RT_API TensorHandle rt_std_dims(TensorHandle self, const int64_t* dims, int32_t length, int32_t unbiased, int32_t keepdim) {
    return rt::tensor([&] { return self->std(rt::ints(dims, length), unbiased != 0, keepdim != 0); });
}
RT_API TensorHandle rt_var_dims(TensorHandle self, const int64_t* dims, int32_t length, int32_t unbiased, int32_t keepdim) {
    return rt::tensor([&] { return self->var(rt::ints(dims, length), unbiased != 0, keepdim != 0); });
}
RT_API TensorHandle rt_all_dim(TensorHandle self, int64_t dim, int32_t keepdim) { return rt::tensor([&] { return self->all(dim, keepdim != 0); }); }
RT_API TensorHandle rt_any_dim(TensorHandle self, int64_t dim, int32_t keepdim) { return rt::tensor([&] { return self->any(dim, keepdim != 0); }); }
RT_API TensorHandle rt_amax(TensorHandle self, const int64_t* dims, int32_t length, int32_t keepdim, OptionalTensor out) {
    return rt::tensor([&] {
        return out ? at::amax_out(*out, *self, rt::ints(dims, length), keepdim != 0) : self->amax(rt::ints(dims, length), keepdim != 0);
    });
}
RT_API TensorHandle rt_amin(TensorHandle self, const int64_t* dims, int32_t length, int32_t keepdim, OptionalTensor out) {
    return rt::tensor([&] {
        return out ? at::amin_out(*out, *self, rt::ints(dims, length), keepdim != 0) : self->amin(rt::ints(dims, length), keepdim != 0);
    });
}
RT_API TensorHandle rt_argmax(TensorHandle self) { return rt::tensor([&] { return self->argmax(); }); }
RT_API TensorHandle rt_argmin(TensorHandle self) { return rt::tensor([&] { return self->argmin(); }); }
RT_API TensorHandle rt_argmax_dim(TensorHandle self, int64_t dim, int32_t keepdim) {
    return rt::tensor([&] { return self->argmax(dim, keepdim != 0); });
}
RT_API TensorHandle rt_argmin_dim(TensorHandle self, int64_t dim, int32_t keepdim) {
    return rt::tensor([&] { return self->argmin(dim, keepdim != 0); });
}

static int give_pair(std::tuple<at::Tensor, at::Tensor>&& pair, TensorHandle* first, TensorHandle* second) {
    auto a = std::make_unique<at::Tensor>(std::move(std::get<0>(pair)));
    *second = new at::Tensor(std::move(std::get<1>(pair)));
    *first = a.release();
    return 0;
}
RT_API int rt_max_dim(TensorHandle self, int64_t dim, int32_t keepdim, TensorHandle* values, TensorHandle* indexes) {
    return rt::status([&] { give_pair(self->max(dim, keepdim != 0), values, indexes); });
}
RT_API int rt_min_dim(TensorHandle self, int64_t dim, int32_t keepdim, TensorHandle* values, TensorHandle* indexes) {
    return rt::status([&] { give_pair(self->min(dim, keepdim != 0), values, indexes); });
}
RT_API int rt_topk(TensorHandle self, int64_t k, int64_t dim, int32_t largest, int32_t sorted, TensorHandle* values, TensorHandle* indexes) {
    return rt::status([&] { give_pair(self->topk(k, dim, largest != 0, sorted != 0), values, indexes); });
}
RT_API int rt_sort(TensorHandle self, int64_t dim, int32_t descending, int32_t stable, TensorHandle* values, TensorHandle* indexes) {
    return rt::status([&] { give_pair(self->sort(rt::opt<bool>(stable != 0), dim, descending != 0), values, indexes); });
}
RT_API TensorHandle rt_cumsum(TensorHandle self, int64_t dim, int32_t type) {
    return rt::tensor([&] { return self->cumsum(dim, rt::dtype(type)); });
}
RT_API TensorHandle rt_logsumexp(TensorHandle self, int64_t dim, int32_t keepdim) {
    return rt::tensor([&] { return self->logsumexp(at::IntArrayRef(dim), keepdim != 0); });
}
RT_API TensorHandle rt_norm(TensorHandle self, double p) { return rt::tensor([&] { return self->norm(p); }); }
RT_API TensorHandle rt_norm_dim(TensorHandle self, int64_t dim, int32_t keepdim, double p) {
    return rt::tensor([&] { return self->norm(rt::opt<at::Scalar>(p), at::IntArrayRef(dim), keepdim != 0); });
}
RT_API TensorHandle rt_count_nonzero(TensorHandle self, const int64_t* dims, int32_t length) {
    return rt::tensor([&] { return length == 0 ? self->count_nonzero() : self->count_nonzero(rt::ints(dims, length)); });
}
RT_API TensorHandle rt_bincount(TensorHandle self, OptionalTensor weights, int64_t minlength) {
    return rt::tensor([&] { return self->bincount(rt::optional(weights), minlength); });
}
RT_API TensorHandle rt_histc(TensorHandle self, int64_t bins, int64_t min, int64_t max) {
    return rt::tensor([&] { return self->histc(bins, min, max); });
}
RT_API TensorHandle rt_addmm(TensorHandle self, TensorHandle mat1, TensorHandle mat2, double beta, double alpha) {
    return rt::tensor([&] { return self->addmm(*mat1, *mat2, beta, alpha); });
}
