// Elements chosen by index, mask or slice.
#include "shim.h"

#include <ATen/TensorIndexing.h>

RT_API TensorHandle rt_gather(TensorHandle self, int64_t dim, TensorHandle index, int32_t sparse_grad) {
    return rt::tensor([&] { return self->gather(dim, *index, sparse_grad != 0); });
}
RT_API int rt_scatter_(TensorHandle self, int64_t dim, TensorHandle index, TensorHandle src) {
    return rt::status([&] { self->scatter_(dim, *index, *src); });
}
RT_API TensorHandle rt_index_select(TensorHandle self, int64_t dim, TensorHandle index) {
    return rt::tensor([&] { return self->index_select(dim, *index); });
}
RT_API int rt_index_add_(TensorHandle self, int64_t dim, TensorHandle index, TensorHandle source, RtScalar alpha) {
    return rt::status([&] { self->index_add_(dim, *index, *source, rt::scalar(alpha)); });
}

// Layout shared with Types/TensorIndex.cs.
struct RtIndex {
    int64_t kind; // 0 None, 1 Ellipsis, 2 integer, 3 bool, 4 slice, 5 tensor
    int64_t start, stop, step; // integer and bool: start; slice: INT64_MIN where not given
    TensorHandle tensor;
};

#if RT_TORCH_AT_LEAST(2, 0)
using SliceBound = c10::SymInt;
#else
using SliceBound = int64_t;
#endif

static std::vector<at::indexing::TensorIndex> indices(const RtIndex* values, int32_t length) {
    using at::indexing::Slice;
    auto bound = [](int64_t value) { return value == INT64_MIN ? rt::opt<SliceBound>() : rt::opt<SliceBound>(SliceBound(value)); };
    std::vector<at::indexing::TensorIndex> result;
    for (int32_t i = 0; i < length; i++) {
        const auto& value = values[i];
        switch (value.kind) {
            case 0: result.emplace_back(at::indexing::None); break;
            case 1: result.emplace_back(at::indexing::Ellipsis); break;
            case 2: result.emplace_back(value.start); break;
            case 3: result.emplace_back(value.start != 0); break;
            case 4: result.emplace_back(Slice(bound(value.start), bound(value.stop), bound(value.step))); break;
            default: result.emplace_back(*value.tensor); break;
        }
    }
    return result;
}

RT_API TensorHandle rt_index(TensorHandle self, const RtIndex* values, int32_t length) {
    return rt::tensor([&] { return self->index(indices(values, length)); });
}
RT_API int rt_index_put_(TensorHandle self, const RtIndex* values, int32_t length, TensorHandle value) {
    return rt::status([&] { self->index_put_(indices(values, length), *value); });
}
RT_API int rt_index_put_scalar_(TensorHandle self, const RtIndex* values, int32_t length, RtScalar value) {
    return rt::status([&] { self->index_put_(indices(values, length), rt::scalar(value)); });
}

// Adds where an element is chosen more than once: only tensors of indices can say that.
RT_API int rt_index_put_accumulate_(TensorHandle self, TensorList tensors, int32_t length, TensorHandle value, int32_t accumulate) {
    return rt::status([&] {
        c10::List<rt::opt<at::Tensor>> list;
        for (int32_t i = 0; i < length; i++) list.push_back(rt::optional(tensors[i]));
        self->index_put_(list, *value, accumulate != 0);
    });
}
