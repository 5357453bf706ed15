// Means of what the ranks have in common memory, one after another on a thread of its own, beside the computation.
#pragma once

#include "shared_agreement.h"
#include "shared_barrier.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace resnetgen::group {

class SharedExchange : public Carrier {
public:
    // The memory's head must hold the barrier.
    static std::shared_ptr<SharedExchange> over(const std::shared_ptr<Group>& group, const CommonMemory& memory);

    // Ends what is under way, here and on the other ranks.
    ~SharedExchange() override;

    // A tensor of zeros in this rank's memory, `offset` bytes from its beginning, the same on all ranks. Float, double or bfloat16. It
    // may outlive this.
    at::Tensor tensor(int64_t offset, int64_t length, at::ScalarType type) const;
    static bool takes(const at::Tensor& tensor);

    // Makes such a tensor the mean of all ranks'. All ranks in the same order.
    PendingPointer average(const at::Tensor& tensor);

    void close() noexcept override;

private:
    struct Job {
        PendingPointer pending;
        at::Tensor tensor;
    };

    SharedExchange(std::shared_ptr<Group> group, CommonMemory memory);
    void run();
    void carry(const at::Tensor& tensor);

    const std::shared_ptr<Group> group_;
    const CommonMemory memory_;
    SharedBarrier barrier_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace resnetgen::group
