// Gradients averaged over a group's ranks while the backward pass goes on.
#pragma once

#include "process_group.h"
#include "shared_exchange.h"

#include <torch/csrc/autograd/function.h>

#include <vector>

namespace resnetgen::group {

class GradientBuckets : public std::enable_shared_from_this<GradientBuckets> {
public:
    GradientBuckets(std::shared_ptr<Group> group, const std::vector<at::Tensor>& parameters, int64_t bucket_bytes);
    ~GradientBuckets();

    // Puts the hooks on; apart from the constructor, since they refer to what is not shared before.
    void listen();

    std::vector<int64_t> bytes() const;

    // Why nothing goes through shared memory; nothing where it does.
    const std::string& not_shared() const { return not_shared_; }
    bool lacks_memory() const { return lacks_memory_; }

    void expect();
    void finish();

    // A parameter's gradient of this backward pass is complete.
    void ready(size_t slice);

private:
    // A parameter and its place in a bucket.
    struct Slice {
        at::Tensor parameter;
        size_t bucket = 0;
        int64_t offset = 0;    // in elements
        int64_t presence = 0;  // the place of its mark, in elements: 1 where this rank has a gradient, so that the sum tells who has one
        at::Tensor view;       // of the bucket, with the parameter's shape and strides
        std::shared_ptr<torch::autograd::Node> accumulator;
        uintptr_t hook = 0;
        bool arrived = false, has_gradient = false;
        c10::optional<c10::Stream> stream;  // that the gradient was written in
    };

    struct Bucket {
        at::Tensor flat;
        bool is_shared = false;
        std::vector<size_t> slices;
        int64_t length = 0;  // in elements
        int64_t offset = 0;  // in shared memory, in bytes
        size_t awaited = 0;
        PendingPointer pending;
    };

    void assign(int64_t bucket_bytes);
    void lay_out();
    void find_shared();
    void allocate();
    void take(Slice& slice);
    void send_complete();
    void send(Bucket& bucket);
    void hand_out(Bucket& bucket);

    const std::shared_ptr<Group> group_;
    std::shared_ptr<SharedExchange> shared_;
    std::string not_shared_;
    bool lacks_memory_ = false;
    std::vector<Slice> slices_;
    std::vector<Bucket> buckets_;
    std::mutex mutex_;  // hooks of several devices run on several threads
    size_t sent_ = 0;
    bool expected_ = false;
};

}  // namespace resnetgen::group
