// A group of processes as the rest of the library sees it: collective operations on tensors, each of which ends.
#pragma once

#include "process_group_engine.h"
#include "process_group_error.h"
#include "process_group_pulse.h"

#include <ATen/ATen.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace resnetgen::group {

// Values shared with ReduceOperation.cs.
enum class Reduce : int32_t { Sum, Average, Minimum, Maximum };

// Operations in different lanes need no order between each other, and do not wait for each other. The second one, for the small and
// urgent, has connections of its own once it was opened; before, and with NCCL, where two communicators at once may block each
// other, it is the first one.
enum class Lane { Main, Side };

class Group;

// An operation under way.
class Pending {
public:
    // Until the tensor holds the result, for the host too.
    void wait();

    // Until it does for what this thread gives its device from now on. On the processor the same as wait(). Elsewhere a failure
    // comes up with a later wait(), and the numbers may be wrong until then: a wait() must come before they reach a weight.
    void order();

    // Ends it, where it was announced. Any thread.
    void conclude(const std::exception_ptr& error) noexcept;

private:
    friend class Group;

    void finish();

    std::shared_ptr<Group> group_;
    WorkPointer work_;
    at::Tensor tensor_;     // the caller's elements, flat
    at::Tensor travelling_; // the same, or as the engine takes them
    std::string name_;
    const char* carrier_ = nullptr;
    int64_t number_ = 0;
    int divisor_ = 1;
    Clock::time_point begun_;
    bool ended_ = false, waited_ = false, finished_ = false;  // ended_: under the group's mutex
    std::exception_ptr error_;
};

using PendingPointer = std::shared_ptr<Pending>;

// What carries operations beside the engines, and ends with the group.
class Carrier {
public:
    virtual ~Carrier() = default;

    // Ends what waits in it, here and on the other ranks, with an error. Any thread; does not wait.
    virtual void close() noexcept = 0;
};

class Group : public std::enable_shared_from_this<Group> {
public:
    static std::shared_ptr<Group> join(const Meeting& meeting);
    ~Group();

    int rank() const { return meeting_.rank; }
    int size() const { return meeting_.size; }
    milliseconds timeout() const { return meeting_.timeout; }

    PendingPointer all_reduce(const at::Tensor& tensor, Reduce operation, Lane lane = Lane::Main);
    PendingPointer broadcast(const at::Tensor& tensor, int root);
    PendingPointer all_gather(const at::Tensor& tensor, const at::Tensor& gathered, Lane lane = Lane::Main);  // into [size, ...], contiguous
    void barrier();

    // An operation of a carrier's, which ends it with Pending::conclude. Waited for, and explained where it fails, as all others.
    PendingPointer announce(const char* operation, const at::Tensor& tensor, const char* carrier);
    void attach(const std::shared_ptr<Carrier>& carrier);

    Kind kind() const { return meeting_.kind; }

    // Whether this rank was asked to exchange gradients through shared memory where it can.
    bool shares_memory() const { return meeting_.shares_memory; }

    // Whether all ranks run this library: a process of PyTorch may be one of them, and knows nothing of what we leave in the store.
    bool is_all_ours();

    // A number for each place in the store where ranks agree about memory, counted alike on all of them.
    int64_t next_shared() { return shared_++; }

    // Gives the side lane its own connections, once. A collective call.
    void open_side();

    // Throws where the group has failed or was closed.
    void check();

    // Throws where a rank is known to be lost, too; does not wait for that. A rank that has only left does not end the group.
    void check_all();

    c10d::Store& store() { return *store_; }
    [[noreturn]] void lost_store(const std::string& what, const std::exception_ptr& error);

    void abort(const std::string& reason);
    void leave();

private:
    friend class Pending;
    explicit Group(const Meeting& meeting) : meeting_(meeting) {}

    void connect();
    void meet(Clock::time_point begun);
    std::unique_ptr<Engine> connect_engine(const std::string& name);
    Engine& engine(Lane lane) { return lane == Lane::Side && engines_[1] ? *engines_[1] : *engines_[0]; }
    std::string whoami() const;

    template <typename Start>
    PendingPointer begin(Engine& engine, std::string name, const PendingPointer& pending, Start start);
    void await(Pending& pending);
    void look_after_ordered();
    milliseconds longest_silence() const;
    std::optional<Verdict> look(const Pending& pending);
    [[noreturn]] void fail(const Pending& pending, bool ran_out, const std::string& engine_says, const std::optional<Verdict>& known = {});
    std::string explain(const Verdict& verdict, Failure& failure, bool ran_out, const std::string& engine_says) const;
    void end(const Error& why, const Verdict& verdict);
    void close_engines();

    const Meeting meeting_;
    StorePointer store_;
    std::unique_ptr<Pulse> pulse_;
    std::array<std::unique_ptr<Engine>, 2> engines_;
    std::atomic<int64_t> shared_{0};

    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Error> failed_;
    bool left_ = false;
    std::vector<std::weak_ptr<Carrier>> carriers_;
    std::list<PendingPointer> ordered_;  // handed to the device, not known to have ended
};

}  // namespace resnetgen::group
