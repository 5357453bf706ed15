// NCCL: tensors between NVIDIA GPUs.
#include "cuda_headers.h"
#include "process_group_engine.h"

#if defined(RN_HAS_NCCL) && defined(RN_CUDA)

#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

#include <cstdlib>
#include <mutex>
#include <optional>
#include <thread>

namespace resnetgen::group {

namespace {

using c10d::ProcessGroupNCCL;

// From libtorch 2.1 on there is a way to end what is under way; before, the destructor does it.
template <typename T>
auto abort(T& nccl, int) -> decltype(nccl.abort(), void()) {
    nccl.abort();
}
template <typename T>
auto abort(T& nccl, long) -> decltype(nccl.abort(std::nullopt), void()) {
    nccl.abort(std::nullopt);
}
template <typename T>
void abort(T&, ...) {}

class NcclEngine : public Engine {
public:
    explicit NcclEngine(c10::intrusive_ptr<ProcessGroupNCCL> nccl) : nccl_(std::move(nccl)) {}

    ~NcclEngine() override { close(); }

    Backend& backend() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        TORCH_CHECK(nccl_, "the group was closed");
        return *nccl_;
    }
    bool is_ordered() const override { return true; }
    bool averages() const override { return true; }

    // Communicators are freed where nobody waits for it: their GPU may hang.
    void close() noexcept override {
        try {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!nccl_) return;
            std::thread([last = std::move(nccl_)]() mutable {
                try {
                    abort(*last, 0);
                } catch (...) {  // the communicator was broken already
                }
                last.reset();
            }).detach();
        } catch (...) {  // no thread to be had: the process is about to end anyway
        }
    }

private:
    std::mutex mutex_;
    c10::intrusive_ptr<ProcessGroupNCCL> nccl_;
};

// c10d's own watchdogs end the process where a rank is lost; ours reports it. Names of libtorch 1.13 and of 2.2 and later.
void keep_watchdogs_off() {
    for (const char* name : {"NCCL_ASYNC_ERROR_HANDLING", "TORCH_NCCL_ASYNC_ERROR_HANDLING", "NCCL_BLOCKING_WAIT", "TORCH_NCCL_BLOCKING_WAIT",
                             "TORCH_NCCL_ENABLE_MONITORING", "TORCH_NCCL_DUMP_ON_TIMEOUT", "NCCL_DESYNC_DEBUG", "TORCH_NCCL_DESYNC_DEBUG"}) {
        ::setenv(name, "0", 1);
    }
}

}  // namespace

std::unique_ptr<Engine> connect_nccl(const Meeting& m, const StorePointer& store) {
    keep_watchdogs_off();
    auto options = ProcessGroupNCCL::Options::create();
    options->timeout = m.engine_timeout();
    return std::make_unique<NcclEngine>(c10::make_intrusive<ProcessGroupNCCL>(store, m.rank, m.size, options));
}

}  // namespace resnetgen::group

#else

namespace resnetgen::group {

std::unique_ptr<Engine> connect_nccl(const Meeting&, const StorePointer&) { return nullptr; }

}  // namespace resnetgen::group

#endif
