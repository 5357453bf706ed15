// What carries tensors between processes: c10d's Gloo or NCCL, whose base class libtorch 2.0 renamed. Nothing of Gloo or NCCL is seen
// beyond process_group_gloo.cpp and process_group_nccl.cpp.
#pragma once

#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/csrc/distributed/c10d/Types.hpp>
#include <torch/csrc/distributed/c10d/Work.hpp>
#if TORCH_VERSION_MAJOR >= 2
#include <torch/csrc/distributed/c10d/Backend.hpp>
#else
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#endif

#include <chrono>
#include <memory>
#include <string>

namespace resnetgen::group {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using StorePointer = c10::intrusive_ptr<c10d::Store>;
using WorkPointer = c10::intrusive_ptr<c10d::Work>;
#if TORCH_VERSION_MAJOR >= 2
using Backend = c10d::Backend;
#else
using Backend = c10d::ProcessGroup;
#endif

enum class Kind : int32_t { Gloo, Nccl };

struct Meeting {
    Kind kind;
    int rank, size;
    std::string address;
    int port;
    bool hosts_store;
    int local_rank;
    std::string network_interface;  // empty: chosen
    std::string prefix;
    milliseconds timeout;
    bool shares_memory;  // where it can: gradients of ranks on one machine

    // Of the ranks' connections: those who hang give up by themselves a little later than we do, who know more.
    milliseconds engine_timeout() const { return timeout + std::chrono::seconds(2); }
};

class Engine {
public:
    virtual ~Engine() = default;

    virtual Backend& backend() = 0;

    // Whether ready() is only the order of a device's streams, and done() has to be asked for.
    virtual bool is_ordered() const = 0;

    // Whether a sum can come divided by the number of ranks.
    virtual bool averages() const = 0;

    // Closes the connections. What waits in them, here and on the other ranks, ends with an error. Any thread; does not wait.
    virtual void close() noexcept = 0;
};

// nullptr where this build has none (process_group_has.cpp). They connect all ranks: a collective call.
std::unique_ptr<Engine> connect_gloo(const Meeting& meeting, const StorePointer& store);
std::unique_ptr<Engine> connect_nccl(const Meeting& meeting, const StorePointer& store);

}  // namespace resnetgen::group
