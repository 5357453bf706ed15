#include "shared_exchange.h"

#include "shared_sum.h"

#include <algorithm>
#include <vector>

namespace resnetgen::group {

namespace {

// A rank's share of a tensor begins where a cache line does, so that no two ranks write to the same one.
constexpr int64_t line = 64;

template <typename Element>
void average_share(const CommonMemory& memory, int64_t offset, int64_t length, int rank, int size) {
    std::vector<Element*> parts;
    for (int each = 0; each < size; each++) parts.push_back(reinterpret_cast<Element*>(memory.of(each) + offset));
    const int64_t unit = line / static_cast<int64_t>(sizeof(Element)), units = (length + unit - 1) / unit;
    const auto begin = [&](int64_t share) { return std::min(length, units * share / size * unit); };
    average(parts.data(), size, begin(rank), begin(rank + 1));
}

}  // namespace

std::shared_ptr<SharedExchange> SharedExchange::over(const std::shared_ptr<Group>& group, const CommonMemory& memory) {
    std::shared_ptr<SharedExchange> made(new SharedExchange(group, memory));
    group->attach(made);
    return made;
}

SharedExchange::SharedExchange(std::shared_ptr<Group> group, CommonMemory memory)
    : group_(std::move(group)), memory_(std::move(memory)), barrier_(memory_.memory, group_->rank(), group_->size()), thread_([this] { run(); }) {}

SharedExchange::~SharedExchange() {
    close();
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ending_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

void SharedExchange::close() noexcept { barrier_.close(); }

bool SharedExchange::takes(const at::Tensor& tensor) {
    const at::ScalarType type = tensor.scalar_type();
    return tensor.is_cpu() && (type == at::kFloat || type == at::kDouble || type == at::kBFloat16);
}

at::Tensor SharedExchange::tensor(int64_t offset, int64_t length, at::ScalarType type) const {
    // The memory is there as long as the tensor.
    return at::from_blob(memory_.of(group_->rank()) + offset, {length}, [memory = memory_.memory](void*) {}, at::TensorOptions().dtype(type));
}

PendingPointer SharedExchange::average(const at::Tensor& tensor) {
    PendingPointer pending = group_->announce("all-reduce", tensor, "shared memory");
    const std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push_back({pending, tensor});
    changed_.notify_all();
    return pending;
}

void SharedExchange::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return ending_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        const Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        std::exception_ptr error;
        try {
            carry(job.tensor);
        } catch (...) {
            error = std::current_exception();
            // What came before this one is not whole: nothing after it is either.
            close();
        }
        job.pending->conclude(error);
        lock.lock();
    }
}

// Each rank adds up its share from all ranks' tensors, and gives the mean to all.
void SharedExchange::carry(const at::Tensor& tensor) {
    const int rank = group_->rank(), size = group_->size();
    const int64_t offset = static_cast<char*>(tensor.data_ptr()) - memory_.of(rank);
    barrier_.pass();
    switch (tensor.scalar_type()) {
        case at::kFloat: average_share<float>(memory_, offset, tensor.numel(), rank, size); break;
        case at::kDouble: average_share<double>(memory_, offset, tensor.numel(), rank, size); break;
        default: average_share<Brain>(memory_, offset, tensor.numel(), rank, size);
    }
    barrier_.pass();
}

}  // namespace resnetgen::group
