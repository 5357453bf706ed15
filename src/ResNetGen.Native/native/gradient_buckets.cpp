#include "gradient_buckets.h"

#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>

namespace resnetgen::group {

namespace {

// Where vector instructions and NCCL want a tensor to begin, as in flat_storage.cpp.
constexpr int64_t alignment = 64;

// The bucket that is complete first sets out early.
constexpr int64_t first_bucket_bytes = 1 << 20;

int64_t padded(int64_t elements, int64_t element_size) {
    const int64_t unit = std::max<int64_t>(1, alignment / element_size);
    return (elements + unit - 1) / unit * unit;
}

// Called by the engine when a parameter's gradient has been added up. The buckets may be gone by then.
struct Hook : torch::autograd::FunctionPostHook {
    Hook(std::weak_ptr<GradientBuckets> buckets, size_t slice) : buckets(std::move(buckets)), slice(slice) {}

    torch::autograd::variable_list operator()(const torch::autograd::variable_list& outputs, const torch::autograd::variable_list&) override {
        if (const auto its = buckets.lock()) its->ready(slice);
        return outputs;
    }

    const std::weak_ptr<GradientBuckets> buckets;
    const size_t slice;
};

c10::optional<c10::Stream> current_stream(const at::Tensor& tensor) {
    if (tensor.is_cpu()) return {};
    return c10::impl::VirtualGuardImpl(tensor.device().type()).getStream(tensor.device());
}

}  // namespace

GradientBuckets::GradientBuckets(std::shared_ptr<Group> group, const std::vector<at::Tensor>& parameters, int64_t bucket_bytes) : group_(std::move(group)) {
    // Backwards: gradients come about in the reverse order of the layers.
    for (auto each = parameters.rbegin(); each != parameters.rend(); ++each) {
        const bool again = std::any_of(slices_.begin(), slices_.end(), [&](const Slice& slice) { return slice.parameter.is_same(*each); });
        if (again || !each->requires_grad() || each->numel() == 0) continue;
        TORCH_CHECK(each->is_leaf() && each->is_non_overlapping_and_dense() && at::isFloatingType(each->scalar_type()),
                    "gradients are averaged for parameters of floating types without gaps, got one of ", each->sizes(), " ", each->scalar_type(), " with strides ", each->strides());
        Slice slice;
        slice.parameter = *each;
        slices_.push_back(std::move(slice));
    }
    assign(bucket_bytes);
    lay_out();
    find_shared();
    allocate();
}

// A bucket is closed when it has reached its size. Types and devices do not mix in one.
void GradientBuckets::assign(int64_t bucket_bytes) {
    struct Open {
        c10::Device device;
        at::ScalarType type;
        size_t bucket;
        int64_t bytes;
    };
    std::vector<Open> open;
    for (size_t i = 0; i < slices_.size(); i++) {
        const at::Tensor& parameter = slices_[i].parameter;
        auto its = std::find_if(open.begin(), open.end(), [&](const Open& each) { return each.device == parameter.device() && each.type == parameter.scalar_type(); });
        if (its == open.end()) {
            open.push_back({parameter.device(), parameter.scalar_type(), buckets_.size(), 0});
            its = open.end() - 1;
            buckets_.emplace_back();
        }
        slices_[i].bucket = its->bucket;
        buckets_[its->bucket].slices.push_back(i);
        its->bytes += static_cast<int64_t>(parameter.nbytes());
        const int64_t limit = its->bucket == 0 ? std::min(first_bucket_bytes, bucket_bytes) : bucket_bytes;
        if (its->bytes >= limit) open.erase(its);
    }
}

void GradientBuckets::lay_out() {
    for (Bucket& bucket : buckets_) {
        int64_t& length = bucket.length;
        for (const size_t i : bucket.slices) {
            Slice& slice = slices_[i];
            slice.offset = length;
            length = padded(length + slice.parameter.numel(), static_cast<int64_t>(slice.parameter.element_size()));
        }
        for (const size_t i : bucket.slices) slices_[i].presence = length++;
    }
}

// Buckets of all ranks lie alike, so that each finds the others' by its own. Types that cannot be added up there travel as others do.
void GradientBuckets::find_shared() {
    int64_t bytes = 0;
    std::string layout;
    for (Bucket& bucket : buckets_) {
        const at::Tensor& like = slices_[bucket.slices[0]].parameter;
        bucket.is_shared = SharedExchange::takes(like);
        if (!bucket.is_shared) continue;
        bucket.offset = bytes;
        bytes += padded(bucket.length, static_cast<int64_t>(like.element_size())) * static_cast<int64_t>(like.element_size());
        layout += c10::str(bucket.length, ' ', like.scalar_type(), ' ');
    }
    if (group_->size() == 1) not_shared_ = "there is one process only";
    else if (group_->kind() != Kind::Gloo) not_shared_ = "NCCL has ways of its own";
    else if (bytes == 0) not_shared_ = "there are no gradients of 32, 64 or (bfloat16) 16 bits on the processor";
    else {
        const CommonMemory common = find_common_memory(*group_, layout, SharedBarrier::bytes(), static_cast<size_t>(bytes));
        not_shared_ = common.reason;
        lacks_memory_ = common.is_lacking;
        if (common.memory) shared_ = SharedExchange::over(group_, common);
    }
    if (shared_) return;
    for (Bucket& bucket : buckets_) bucket.is_shared = false;
}

void GradientBuckets::allocate() {
    const at::NoGradGuard no_grad;
    for (Bucket& bucket : buckets_) {
        const at::Tensor& like = slices_[bucket.slices[0]].parameter;
        bucket.flat = bucket.is_shared ? shared_->tensor(bucket.offset, bucket.length, like.scalar_type()) : at::zeros({bucket.length}, like.options().requires_grad(false));
        for (const size_t i : bucket.slices) {
            Slice& slice = slices_[i];
            slice.view = at::as_strided(bucket.flat, slice.parameter.sizes(), slice.parameter.strides(), slice.offset);
        }
    }
}

void GradientBuckets::listen() {
    for (size_t i = 0; i < slices_.size(); i++) {
        Slice& slice = slices_[i];
        slice.accumulator = torch::autograd::impl::grad_accumulator(slice.parameter);
        slice.hook = slice.accumulator->add_post_hook(std::make_unique<Hook>(weak_from_this(), i));
    }
}

GradientBuckets::~GradientBuckets() {
    for (Slice& slice : slices_) {
        if (slice.accumulator) slice.accumulator->del_post_hook(slice.hook);
    }
}

std::vector<int64_t> GradientBuckets::bytes() const {
    std::vector<int64_t> found;
    for (const Bucket& bucket : buckets_) found.push_back(static_cast<int64_t>(bucket.flat.nbytes()));
    return found;
}

void GradientBuckets::expect() {
    const std::lock_guard<std::mutex> lock(mutex_);
    group_->check();
    TORCH_CHECK(!expected_, "Expect was called again before the pass that it announced was ended with Finish.");
    expected_ = true;
    sent_ = 0;
    for (Bucket& bucket : buckets_) {
        bucket.awaited = bucket.slices.size();
        bucket.pending = nullptr;
    }
    for (Slice& slice : slices_) slice.arrived = slice.has_gradient = false;
}

void GradientBuckets::ready(size_t index) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!expected_) return;
    Slice& slice = slices_[index];
    TORCH_CHECK(!slice.arrived, "a parameter ", slice.parameter.sizes(), " got a gradient twice: after Expect there is one backward pass, then Finish. "
                "Do not call Expect for the earlier parts of a gradient accumulation.");
    take(slice);
    slice.arrived = true;
    buckets_[slice.bucket].awaited--;
    send_complete();
}

// Lays the gradient that a parameter has into its bucket, and leaves it there.
void GradientBuckets::take(Slice& slice) {
    const at::NoGradGuard no_grad;
    at::Tensor& gradient = slice.parameter.mutable_grad();
    slice.has_gradient = gradient.defined();
    if (!gradient.defined()) {
        slice.view.zero_();
    } else if (!gradient.is_same(slice.view)) {
        TORCH_CHECK(gradient.layout() == at::kStrided, "a sparse gradient cannot be averaged here, got one of ", gradient.sizes());
        if (gradient.data_ptr() != slice.view.data_ptr() || gradient.strides() != slice.view.strides()) slice.view.copy_(gradient);
        gradient = slice.view;
    }
    buckets_[slice.bucket].flat.narrow(0, slice.presence, 1).fill_(slice.has_gradient ? 1 : 0);
    slice.stream = current_stream(slice.view);
}

// In the order of the buckets, which is the same on all ranks, whatever order they are complete in. A group that has failed does not
// end the backward pass: finish() says so.
void GradientBuckets::send_complete() {
    try {
        for (; sent_ < buckets_.size() && buckets_[sent_].awaited == 0; sent_++) send(buckets_[sent_]);
    } catch (const Error&) {
        // Remembered by the group.
        buckets_[sent_].pending = nullptr;
    }
}

void GradientBuckets::send(Bucket& bucket) {
    // On a device: what was written in other streams comes before the exchange, which begins where the current one is.
    const auto current = current_stream(bucket.flat);
    if (current) {
        std::vector<c10::Stream> seen{*current};
        for (const size_t i : bucket.slices) {
            const c10::Stream its = *slices_[i].stream;
            if (std::find(seen.begin(), seen.end(), its) != seen.end()) continue;
            seen.push_back(its);
            c10::Event written(its.device_type());
            written.record(its);
            written.block(*current);
        }
    }
    bucket.pending = bucket.is_shared ? shared_->average(bucket.flat) : group_->all_reduce(bucket.flat, Reduce::Average);
}

void GradientBuckets::finish() {
    const std::lock_guard<std::mutex> lock(mutex_);
    TORCH_CHECK(expected_, "Finish was called without Expect before the backward pass: its gradients were not averaged.");
    expected_ = false;
    for (Slice& slice : slices_) {
        if (!slice.arrived) take(slice);
    }
    group_->check();
    for (; sent_ < buckets_.size(); sent_++) send(buckets_[sent_]);
    for (Bucket& bucket : buckets_) {
        bucket.pending->wait();
        bucket.pending = nullptr;
        hand_out(bucket);
    }
}

// A gradient that another rank alone has becomes this one's, too.
void GradientBuckets::hand_out(Bucket& bucket) {
    const at::NoGradGuard no_grad;
    at::Tensor marks;
    for (const size_t i : bucket.slices) {
        Slice& slice = slices_[i];
        slice.stream.reset();
        if (slice.has_gradient) continue;
        if (!marks.defined()) marks = bucket.flat.to(at::TensorOptions().device(at::kCPU).dtype(at::kDouble));
        if (marks.data_ptr<double>()[slice.presence] > 0) slice.parameter.mutable_grad() = slice.view;
    }
}

}  // namespace resnetgen::group
