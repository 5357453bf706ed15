#include "process_group.h"

#include "process_group_store.h"

#include <thread>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace resnetgen::group {

namespace {

// All elements in the order of their memory, which must be the same on all ranks.
at::Tensor flat(const at::Tensor& tensor) {
    TORCH_CHECK(tensor.layout() == at::kStrided && tensor.is_non_overlapping_and_dense(), "a tensor that travels must be contiguous or channels_last, got ", tensor.sizes(),
                " with strides ", tensor.strides(), ": copy it with contiguous() first.");
    const at::Tensor plain = tensor.detach();
    return at::as_strided(plain, {plain.numel()}, {1}, plain.storage_offset());
}

// A change that autograd must notice; tensors of inference mode have no version.
void mark_changed(const at::Tensor& tensor) {
    if (!tensor.is_inference()) tensor.unsafeGetTensorImpl()->bump_version();
}

std::string name_of(const char* operation, const at::Tensor& tensor) { return c10::str(operation, " of ", tensor.sizes(), " ", tensor.scalar_type()); }

c10d::ReduceOp operation_of(Reduce operation, bool averages) {
    switch (operation) {
        case Reduce::Minimum: return c10d::ReduceOp::MIN;
        case Reduce::Maximum: return c10d::ReduceOp::MAX;
        case Reduce::Average: return averages ? c10d::ReduceOp::AVG : c10d::ReduceOp::SUM;
        default: return c10d::ReduceOp::SUM;
    }
}

}  // namespace

void Pending::wait() { group_->await(*this); }

void Pending::order() {
    bool ordered;
    {
        const std::lock_guard<std::mutex> lock(group_->mutex_);
        ordered = work_ && !waited_ && !ended_ && !tensor_.is_cpu();
    }
    if (!ordered) return wait();
    group_->check();
    work_->wait();
    finish();
}

// What is left to do with a result that has come. On the processor in the thread that it came in, beside the computation.
void Pending::finish() {
    if (finished_) return;
    finished_ = true;
    const at::NoGradGuard no_grad;
    if (divisor_ != 1) travelling_.div_(divisor_);
    if (!travelling_.is_same(tensor_)) tensor_.copy_(travelling_);
}

// One thread while it lives: the others are busy with the backward pass. A result that is there at once is finished in the thread that asked for
// it, which needs its threads again.
class Alone {
public:
#ifdef _OPENMP
    Alone() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~Alone() { omp_set_num_threads(before_); }
#else
    Alone() = default;
#endif
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;

private:
    [[maybe_unused]] int before_ = 1;
};

template <typename Start>
PendingPointer Group::begin(Engine& engine, std::string name, const PendingPointer& pending, Start start) {
    check();
    TORCH_CHECK(!engine.is_ordered() || !pending->tensor_.defined() || !pending->tensor_.is_cpu(), "a ", name, " of the processor cannot travel through NCCL, which joins GPUs: "
                "move the tensor to this rank's GPU, or use a group over Gloo.");
    pending->group_ = shared_from_this();
    pending->number_ = pulse_ ? pulse_->came_to(name) : 0;
    pending->name_ = std::move(name);
    pending->carrier_ = meeting_.kind == Kind::Gloo ? "Gloo" : "NCCL";
    pending->begun_ = Clock::now();
    try {
        pending->work_ = start(engine.backend());
    } catch (...) {
        // Closed by another thread since, which knows why.
        check();
        // Gloo refuses what it cannot take before anything has happened. NCCL also connects here, and what one rank has not begun the others
        // wait for.
        if (!engine.is_ordered()) throw;
        fail(*pending, false, first_line(std::current_exception()));
    }
    if (engine.is_ordered()) {
        // Looked after by the pulse, where there is one. A group that was left has let go of all of them, and they hold it.
        const std::lock_guard<std::mutex> lock(mutex_);
        if (pulse_ && !left_) ordered_.push_back(pending);
        return pending;
    }
    // Holds the operation, its tensors and this group until it ends, which it does: after the engine's timeout, or when it is closed.
    pending->work_->getFuture()->addCallback([pending](c10::ivalue::Future& future) noexcept {
        std::exception_ptr error = future.hasError() ? future.exception_ptr() : nullptr;
        try {
            if (!error && pending->travelling_.defined() && pending->travelling_.is_cpu()) {
                const Alone alone;
                pending->finish();
            }
        } catch (...) {
            error = std::current_exception();
        }
        pending->conclude(error);
    });
    return pending;
}

PendingPointer Group::announce(const char* operation, const at::Tensor& tensor, const char* carrier) {
    check();
    auto pending = std::make_shared<Pending>();
    pending->group_ = shared_from_this();
    pending->name_ = name_of(operation, tensor);
    pending->carrier_ = carrier;
    pending->number_ = pulse_ ? pulse_->came_to(pending->name_) : 0;
    pending->begun_ = Clock::now();
    mark_changed(tensor);
    return pending;
}

void Pending::conclude(const std::exception_ptr& error) noexcept {
    const std::lock_guard<std::mutex> lock(group_->mutex_);
    error_ = error;
    ended_ = true;
    group_->changed_.notify_all();
}

PendingPointer Group::all_reduce(const at::Tensor& tensor, Reduce operation, Lane lane) {
    Engine& its = engine(lane);
    auto pending = std::make_shared<Pending>();
    pending->tensor_ = pending->travelling_ = flat(tensor);
    const bool average = operation == Reduce::Average;
    TORCH_CHECK(!average || at::isFloatingType(tensor.scalar_type()), "an average of ", tensor.scalar_type(), " has no place in it: use Sum, or a floating type.");
    // Gloo has no bfloat16 of its own; a sum in float also rounds once instead of once a rank.
    if (!its.is_ordered() && tensor.scalar_type() == at::kBFloat16) pending->travelling_ = pending->tensor_.to(at::kFloat);
    pending->divisor_ = average && !its.averages() ? size() : 1;
    mark_changed(tensor);
    return begin(its, name_of("all-reduce", tensor), pending, [&](Backend& backend) {
        std::vector<at::Tensor> tensors{pending->travelling_};
        c10d::AllreduceOptions options;
        options.reduceOp = operation_of(operation, its.averages());
        return backend.allreduce(tensors, options);
    });
}

PendingPointer Group::broadcast(const at::Tensor& tensor, int root) {
    auto pending = std::make_shared<Pending>();
    // As bytes: any type travels.
    pending->tensor_ = pending->travelling_ = flat(tensor).view(at::kByte);
    mark_changed(tensor);
    return begin(engine(Lane::Main), name_of("broadcast", tensor), pending, [&](Backend& backend) {
        std::vector<at::Tensor> tensors{pending->travelling_};
        c10d::BroadcastOptions options;
        options.rootRank = root;
        return backend.broadcast(tensors, options);
    });
}

PendingPointer Group::all_gather(const at::Tensor& tensor, const at::Tensor& gathered, Lane lane) {
    auto pending = std::make_shared<Pending>();
    const at::Tensor mine = tensor.detach().contiguous().view({-1}).view(at::kByte);
    const at::Tensor rows = flat(gathered).view(at::kByte).view({size(), -1});
    pending->tensor_ = pending->travelling_ = rows;
    return begin(engine(lane), name_of("all-gather", tensor), pending, [&](Backend& backend) {
        std::vector<std::vector<at::Tensor>> outputs{rows.unbind()};
        std::vector<at::Tensor> inputs{mine};
        return backend.allgather(outputs, inputs);
    });
}

void Group::barrier() {
    auto pending = std::make_shared<Pending>();
    begin(engine(Lane::Main), "barrier", pending, [&](Backend& backend) {
        c10d::BarrierOptions options;
        if (meeting_.kind == Kind::Nccl) options.device_ids = {meeting_.local_rank};
        return backend.barrier(options);
    })->wait();
}

// On devices with streams: asked on the thread that gives the signs of life. Where something ends badly another thread says so, since
// the signs are needed for it.
void Group::look_after_ordered() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (failed_) return ordered_.clear();
    for (auto each = ordered_.begin(); each != ordered_.end();) {
        const PendingPointer pending = *each;
        const bool done = pending->work_->isCompleted();
        const std::exception_ptr error = done ? pending->work_->exception() : nullptr;
        const bool ran_out = !done && Clock::now() - pending->begun_ >= meeting_.timeout;
        const std::optional<Verdict> known = done || ran_out ? std::nullopt : look(*pending);
        if (done || ran_out || known) each = ordered_.erase(each);
        else ++each;
        if (!error && !ran_out && !known) continue;
        std::thread([self = shared_from_this(), pending, error, ran_out, known] {
            try {
                self->fail(*pending, ran_out, error ? first_line(error) : "", known);
            } catch (...) {  // remembered: the next call throws it
            }
        }).detach();
        return;
    }
}

}  // namespace resnetgen::group
