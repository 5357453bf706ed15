// Parameters, and what is kept for each of them, one after another in one buffer for each device and type: passes walk memory from
// end to end, and one operation or one message takes them all. Handles, shapes and strides are as before: who holds a
// parameter need not know.
#include "guard.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <set>
#include <vector>

using resnetgen::guarded;

namespace {

// Every tensor begins where a cache line does, and where oneDNN, cuDNN and vector instructions want it.
constexpr int64_t alignment = 64;

struct Place {
    const at::Tensor* tensor;
    int64_t index;
    int64_t offset;  // in elements
};

struct Buffer {
    c10::TensorOptions options;
    std::vector<Place> places;
    int64_t length = 0;

    bool takes(const at::Tensor& tensor) const { return options.device() == tensor.device() && options.dtype() == tensor.dtype(); }
};

bool has_place(const at::Tensor& tensor) {
    return tensor.layout() == at::kStrided && tensor.numel() > 0 && tensor.is_non_overlapping_and_dense();
}

// The elements up to where the next tensor may begin.
int64_t padded(int64_t length, const at::Tensor& like) {
    const int64_t unit = std::max<int64_t>(1, alignment / static_cast<int64_t>(like.element_size()));
    return (length + unit - 1) / unit * unit;
}

// Tensors that share elements with another one, such as tied weights: apart they would no longer be tied.
std::set<int64_t> tied(at::Tensor* const* tensors, int64_t count) {
    std::vector<int64_t> order;
    for (int64_t i = 0; i < count; i++) {
        if (has_place(*tensors[i])) order.push_back(i);
    }
    const auto begin = [&](int64_t i) { return static_cast<const char*>(tensors[i]->data_ptr()); };
    std::sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return begin(a) < begin(b); });
    std::set<int64_t> found;
    const char* end = nullptr;
    for (size_t k = 0; k < order.size(); k++) {
        if (k > 0 && begin(order[k]) < end) found.insert({order[k - 1], order[k]});
        end = std::max(end, begin(order[k]) + tensors[order[k]]->nbytes());
    }
    return found;
}

std::vector<Buffer> plan(at::Tensor* const* tensors, int64_t count, const std::set<int64_t>& leave = {}) {
    std::vector<Buffer> buffers;
    for (int64_t i = 0; i < count; i++) {
        const at::Tensor& tensor = *tensors[i];
        if (!has_place(tensor) || leave.count(i) > 0) continue;
        size_t its = 0;
        while (its < buffers.size() && !buffers[its].takes(tensor)) its++;
        if (its == buffers.size()) buffers.push_back({at::TensorOptions().device(tensor.device()).dtype(tensor.dtype()), {}, 0});
        Buffer& buffer = buffers[its];
        buffer.places.push_back({&tensor, i, buffer.length});
        buffer.length = padded(buffer.length + tensor.numel(), tensor);
    }
    return buffers;
}

at::Tensor view(const at::Tensor& flat, const Place& place) {
    return at::as_strided(flat, place.tensor->sizes(), place.tensor->strides(), place.offset);
}

// Whether the tensors lie in one buffer already, in this order or in another.
bool is_flat(const Buffer& buffer) {
    const auto& storage = buffer.places[0].tensor->storage();
    for (const Place& place : buffer.places) {
        if (!place.tensor->storage().is_alias_of(storage)) return false;
    }
    return static_cast<int64_t>(storage.nbytes()) == buffer.length * static_cast<int64_t>(buffer.options.dtype().itemsize());
}

// How far the tensors from `first` on lie alike in two lists: one after another with nothing but padding between, so that a single copy
// takes them. In elements; `last` becomes the first tensor that is no longer of the run.
int64_t run_of(at::Tensor* const* targets, at::Tensor* const* sources, int64_t count, int64_t first, int64_t* last) {
    const at::Tensor &to = *targets[first], &from = *sources[first];
    int64_t length = from.numel();
    int64_t i = first + 1;
    for (; i < count; i++) {
        const at::Tensor &target = *targets[i], &source = *sources[i];
        if (!has_place(target) || !has_place(source) || target.sizes() != source.sizes() || target.strides() != source.strides()) break;
        if (!target.storage().is_alias_of(to.storage()) || !source.storage().is_alias_of(from.storage())) break;
        const int64_t start = source.storage_offset() - from.storage_offset();
        if (start != target.storage_offset() - to.storage_offset()) break;
        if (start != padded(length, source)) break;
        length = start + source.numel();
    }
    *last = i;
    return length;
}

at::Tensor stretch(const at::Tensor& tensor, int64_t length) { return at::as_strided(tensor, {length}, {1}, tensor.storage_offset()); }

}  // namespace

// Copies tensors into others of the same shapes; what lies together in both lists goes in one. 0 on success.
RN_EXPORT int32_t rn_flat_copy(at::Tensor* const* targets, at::Tensor* const* sources, int64_t count) {
    return guarded<int32_t>(1, [&] {
        at::NoGradGuard no_grad;
        for (int64_t i = 0; i < count;) {
            at::Tensor &to = *targets[i], &from = *sources[i];
            if (!has_place(to) || !has_place(from) || to.sizes() != from.sizes() || to.strides() != from.strides()) {
                to.copy_(from);
                i++;
                continue;
            }
            int64_t last = i;
            const int64_t length = run_of(targets, sources, count, i, &last);
            stretch(to, length).copy_(stretch(from, length));
            i = last;
        }
        return 0;
    });
}

// Lays tensors out in shared buffers, under their handles. The number of buffers, -1 on error. Tensors that have gaps or
// share elements stay where they are.
RN_EXPORT int64_t rn_flat_lay(at::Tensor* const* tensors, int64_t count) {
    return guarded<int64_t>(-1, [&]() -> int64_t {
        at::NoGradGuard no_grad;
        const std::vector<Buffer> buffers = plan(tensors, count, tied(tensors, count));
        for (const Buffer& buffer : buffers) {
            if (is_flat(buffer)) continue;
            const at::Tensor flat = at::zeros({buffer.length}, buffer.options);
            for (const Place& place : buffer.places) {
                at::Tensor laid = view(flat, place);
                laid.copy_(*place.tensor);
                tensors[place.index]->set_data(laid);
            }
        }
        return static_cast<int64_t>(buffers.size());
    });
}

// New tensors of zeros with the shapes and strides of others, in shared buffers; a tensor that can have no place there gets one
// of its own. The caller owns the handles. 0 on success.
RN_EXPORT int32_t rn_flat_like(at::Tensor* const* tensors, int64_t count, at::Tensor** made) {
    return guarded<int32_t>(1, [&] {
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> views(count);
        for (const Buffer& buffer : plan(tensors, count)) {
            const at::Tensor flat = at::zeros({buffer.length}, buffer.options);
            for (const Place& place : buffer.places) views[place.index] = view(flat, place);
        }
        for (int64_t i = 0; i < count; i++) {
            if (!views[i].defined()) views[i] = at::zeros_like(tensors[i]->detach());
        }
        for (int64_t i = 0; i < count; i++) made[i] = new at::Tensor(std::move(views[i]));
        return 0;
    });
}
