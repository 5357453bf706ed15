// What a tensor is: type, extents, place, storage.
#include "shim.h"

// These are called without a GC transition. noexcept: they read fields of the tensor. libtorch fails in them for tensors
// of symbolic extents and for subclasses written in Python only, and none of these can come into this process.
RT_API int64_t rt_ndim(TensorHandle self) noexcept { return self->dim(); }
RT_API int64_t rt_numel(TensorHandle self) noexcept { return self->numel(); }
RT_API int64_t rt_element_size(TensorHandle self) noexcept { return static_cast<int64_t>(self->dtype().itemsize()); }
RT_API int32_t rt_dtype(TensorHandle self) noexcept { return static_cast<int32_t>(self->scalar_type()); }
RT_API int32_t rt_requires_grad(TensorHandle self) noexcept { return self->requires_grad() ? 1 : 0; }
RT_API int32_t rt_is_leaf(TensorHandle self) noexcept { return self->is_leaf() ? 1 : 0; }
RT_API int32_t rt_is_sparse(TensorHandle self) noexcept { return self->is_sparse() ? 1 : 0; }

// Nor do these wait, but an undefined tensor has no device, and libtorch throws then.
RT_API int rt_device_type(TensorHandle self, int32_t* out) {
    return rt::status([&] { *out = static_cast<int32_t>(self->device().type()); });
}
RT_API int rt_device_index(TensorHandle self, int32_t* out) { return rt::status([&] { *out = self->device().index(); }); }

RT_API int rt_sizes(TensorHandle self, int64_t* out, int32_t length) {
    return rt::status([&] {
        auto sizes = self->sizes();
        std::copy_n(sizes.begin(), std::min<size_t>(sizes.size(), static_cast<size_t>(length)), out);
    });
}
RT_API int rt_strides(TensorHandle self, int64_t* out, int32_t length) {
    return rt::status([&] {
        auto strides = self->strides();
        std::copy_n(strides.begin(), std::min<size_t>(strides.size(), static_cast<size_t>(length)), out);
    });
}
RT_API int rt_size(TensorHandle self, int64_t dim, int64_t* out) { return rt::status([&] { *out = self->size(dim); }); }
RT_API int rt_stride(TensorHandle self, int64_t dim, int64_t* out) { return rt::status([&] { *out = self->stride(dim); }); }
RT_API int rt_storage_offset(TensorHandle self, int64_t* out) { return rt::status([&] { *out = self->storage_offset(); }); }
RT_API int rt_data_ptr(TensorHandle self, void** out) { return rt::status([&] { *out = self->data_ptr(); }); }
RT_API int rt_is_contiguous(TensorHandle self, int32_t* out) { return rt::status([&] { *out = self->is_contiguous(); }); }
RT_API int rt_is_pinned(TensorHandle self, int32_t* out) { return rt::status([&] { *out = self->is_pinned(); }); }

RT_API int rt_set_requires_grad(TensorHandle self, int32_t value) {
    return rt::status([&] { self->set_requires_grad(value != 0); });
}
RT_API TensorHandle rt_pin_memory(TensorHandle self) { return rt::tensor([&] { return self->pin_memory(); }); }
RT_API TensorHandle rt_alias(TensorHandle self) { return rt::tensor([&] { return self->alias(); }); }
RT_API TensorHandle rt_clone(TensorHandle self) { return rt::tensor([&] { return self->clone(); }); }
RT_API TensorHandle rt_contiguous(TensorHandle self) { return rt::tensor([&] { return self->contiguous(); }); }
RT_API int rt_set_(TensorHandle self, TensorHandle source) { return rt::status([&] { self->set_(*source); }); }

RT_API TensorHandle rt_to_dtype(TensorHandle self, int32_t type, int32_t non_blocking, int32_t copy) {
    return rt::tensor([&] { return self->to(static_cast<at::ScalarType>(type), non_blocking != 0, copy != 0); });
}
RT_API TensorHandle rt_to_device(TensorHandle self, int32_t type, int32_t index, int32_t non_blocking, int32_t copy) {
    return rt::tensor([&] { return self->to(self->options().device(rt::device(type, index)), non_blocking != 0, copy != 0); });
}
RT_API TensorHandle rt_to_device_dtype(TensorHandle self, int32_t device_type, int32_t index, int32_t type, int32_t non_blocking, int32_t copy) {
    return rt::tensor([&] {
        return self->to(rt::device(device_type, index), static_cast<at::ScalarType>(type), non_blocking != 0, copy != 0);
    });
}

RT_API TensorHandle rt_sparse_indices(TensorHandle self) { return rt::tensor([&] { return self->_indices(); }); }
RT_API TensorHandle rt_sparse_values(TensorHandle self) { return rt::tensor([&] { return self->_values(); }); }

// Names of dimensions come joined by line feeds; an unnamed one is "*".
static at::Dimname dimension(const std::string& name) {
    return name == "*" ? at::Dimname::wildcard() : at::Dimname::fromSymbol(at::Symbol::dimname(name));
}
static std::vector<at::Dimname> dimensions(const std::string& joined) {
    std::vector<at::Dimname> names;
    for (size_t start = 0; start <= joined.size();) {
        size_t end = std::min(joined.find('\n', start), joined.size());
        names.push_back(dimension(joined.substr(start, end - start)));
        start = end + 1;
    }
    return names;
}
RT_API TensorHandle rt_rename(TensorHandle self, const char* joined) {
    return rt::tensor([&] { 
        auto names = dimensions(joined);
        return self->rename(at::DimnameList(names));
    });
}
RT_API TensorHandle rt_flatten_names(TensorHandle self, const char* joined, const char* name) {
    return rt::tensor([&] {
        auto names = dimensions(joined);
        return self->flatten(at::DimnameList(names), dimension(name));
    });
}
RT_API int rt_names(TensorHandle self, char* out, int32_t capacity, int32_t* needed) {
    return rt::status([&] {
        std::string text;
        if (self->has_names()) {
            for (const auto& name : self->names()) {
                if (!text.empty()) text += '\n';
                text += name.isWildcard() ? "*" : name.symbol().toUnqualString();
            }
        }
        *needed = static_cast<int32_t>(text.size());
        std::copy_n(text.begin(), std::min<size_t>(text.size(), static_cast<size_t>(capacity)), out);
    });
}
