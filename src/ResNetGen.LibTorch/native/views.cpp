// The same elements in another shape, order or company.
#include "shim.h"

RT_UNARY(t)
RT_UNARY(mT)
RT_UNARY(mH)
RT_UNARY(numpy_T)
RT_BINARY(expand_as)
RT_BINARY(view_as)

RT_API TensorHandle rt_matrix_H(TensorHandle self) { return rt::tensor([&] { return self->matrix_H(); }); }

#define RT_SHAPED(name) \
    RT_API TensorHandle rt_##name(TensorHandle self, const int64_t* sizes, int32_t length) { \
        return rt::tensor([&] { return self->name(rt::ints(sizes, length)); }); \
    }
RT_SHAPED(view)
RT_SHAPED(reshape)
RT_SHAPED(permute)
RT_SHAPED(flip)
RT_SHAPED(repeat)
RT_SHAPED(tile)

RT_API TensorHandle rt_expand(TensorHandle self, const int64_t* sizes, int32_t length, int32_t implicit) {
    return rt::tensor([&] { return self->expand(rt::ints(sizes, length), implicit != 0); });
}
RT_API TensorHandle rt_as_strided(TensorHandle self, const int64_t* sizes, int32_t length, const int64_t* strides, int32_t stride_count,
                                  int64_t offset) {
    return rt::tensor([&] { return self->as_strided(rt::ints(sizes, length), rt::ints(strides, stride_count), offset); });
}
RT_API TensorHandle rt_flatten(TensorHandle self, int64_t start, int64_t end) { return rt::tensor([&] { return self->flatten(start, end); }); }
RT_API TensorHandle rt_transpose(TensorHandle self, int64_t dim0, int64_t dim1) {
    return rt::tensor([&] { return self->transpose(dim0, dim1); });
}
RT_API TensorHandle rt_movedim(TensorHandle self, const int64_t* source, int32_t length, const int64_t* destination, int32_t count) {
    return rt::tensor([&] { return self->movedim(rt::ints(source, length), rt::ints(destination, count)); });
}
RT_API TensorHandle rt_squeeze(TensorHandle self) { return rt::tensor([&] { return self->squeeze(); }); }
RT_API TensorHandle rt_squeeze_dim(TensorHandle self, int64_t dim) { return rt::tensor([&] { return self->squeeze(dim); }); }
RT_API int rt_squeeze_(TensorHandle self) { return rt::status([&] { self->squeeze_(); }); }
RT_API int rt_squeeze_dim_(TensorHandle self, int64_t dim) { return rt::status([&] { self->squeeze_(dim); }); }
RT_API TensorHandle rt_unsqueeze(TensorHandle self, int64_t dim) { return rt::tensor([&] { return self->unsqueeze(dim); }); }
RT_API int rt_unsqueeze_(TensorHandle self, int64_t dim) { return rt::status([&] { self->unsqueeze_(dim); }); }
RT_API TensorHandle rt_narrow(TensorHandle self, int64_t dim, int64_t start, int64_t length) {
    return rt::tensor([&] { return self->narrow(dim, start, length); });
}
RT_API TensorHandle rt_select(TensorHandle self, int64_t dim, int64_t index) { return rt::tensor([&] { return self->select(dim, index); }); }
RT_API TensorHandle rt_slice(TensorHandle self, int64_t dim, int64_t start, int64_t finish, int64_t step) {
    return rt::tensor([&] { return self->slice(dim, start, finish, step); });
}
RT_API TensorHandle rt_unfold(TensorHandle self, int64_t dim, int64_t size, int64_t step) {
    return rt::tensor([&] { return self->unfold(dim, size, step); });
}
RT_API TensorHandle rt_roll(TensorHandle self, const int64_t* shifts, int32_t length, const int64_t* dims, int32_t count) {
    return rt::tensor([&] { return self->roll(rt::ints(shifts, length), rt::ints(dims, count)); });
}
RT_API TensorHandle rt_rot90(TensorHandle self, int64_t k, int64_t dim0, int64_t dim1) {
    return rt::tensor([&] { return self->rot90(k, {dim0, dim1}); });
}
RT_API TensorHandle rt_tril(TensorHandle self, int64_t diagonal) { return rt::tensor([&] { return self->tril(diagonal); }); }
RT_API TensorHandle rt_triu(TensorHandle self, int64_t diagonal) { return rt::tensor([&] { return self->triu(diagonal); }); }
RT_API TensorHandle rt_diag(TensorHandle self, int64_t diagonal) { return rt::tensor([&] { return self->diag(diagonal); }); }

RT_API TensorHandle rt_cat(TensorList tensors, int32_t length, int64_t dim) {
    return rt::tensor([&] { return at::cat(rt::list(tensors, length), dim); });
}
RT_API TensorHandle rt_stack(TensorList tensors, int32_t length, int64_t dim) {
    return rt::tensor([&] { return at::stack(rt::list(tensors, length), dim); });
}
RT_API int rt_chunk(TensorHandle self, int64_t chunks, int64_t dim, TensorHandle** out, int32_t* count) {
    return rt::status([&] { rt::give(self->chunk(chunks, dim), out, count); });
}
RT_API int rt_split(TensorHandle self, int64_t size, int64_t dim, TensorHandle** out, int32_t* count) {
    return rt::status([&] { rt::give(self->split(size, dim), out, count); });
}
RT_API int rt_split_sizes(TensorHandle self, const int64_t* sizes, int32_t length, int64_t dim, TensorHandle** out, int32_t* count) {
    return rt::status([&] { rt::give(self->split_with_sizes(rt::ints(sizes, length), dim), out, count); });
}
RT_API int rt_unbind(TensorHandle self, int64_t dim, TensorHandle** out, int32_t* count) {
    return rt::status([&] { rt::give(self->unbind(dim), out, count); });
}
RT_API int rt_where_indices(TensorHandle condition, TensorHandle** out, int32_t* count) {
    return rt::status([&] { rt::give(at::where(*condition), out, count); });
}
