// Bytes that tensors hold, as torch's own allocators report them: what autograd keeps between forward and backward can be
// told from them exactly, where the process's resident size only hints at it.
#include "guard.h"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <atomic>
#include <memory>

using resnetgen::guarded;

namespace {

// The totals are signed in libtorch 1.x and unsigned in 2.x: the base says which.
template <typename Report>
struct Totals;
template <typename Total>
struct Totals<void (c10::MemoryReportingInfoBase::*)(void*, int64_t, Total, Total, c10::Device)> {
    using type = Total;
};
using Total = Totals<decltype(&c10::MemoryReportingInfoBase::reportMemoryUsage)>::type;

// Allocators report what they give out and take back while a thread has this among its debug information; autograd's
// threads inherit it from the thread that calls backward. Memory from before is not reported when it goes.
class Reports : public c10::MemoryReportingInfoBase {
public:
    void reportMemoryUsage(void*, int64_t bytes, Total allocated, Total reserved, c10::Device device) override {
        held_[device.is_cpu() ? 0 : 1] += bytes;
        if (!device.is_cpu()) {
            allocated_ = static_cast<int64_t>(allocated);
            reserved_ = static_cast<int64_t>(reserved);
        }
    }

    bool memoryProfilingEnabled() const override { return true; }

    int64_t held(bool on_cpu) const { return held_[on_cpu ? 0 : 1]; }

    // What an accelerator's allocator said last of all that it holds; -1 where it said nothing yet.
    int64_t allocated() const { return allocated_; }
    int64_t reserved() const { return reserved_; }

private:
    std::atomic<int64_t> held_[2]{};
    std::atomic<int64_t> allocated_{-1};
    std::atomic<int64_t> reserved_{-1};
};

// The guard takes the reports from the thread's debug information again, and with it whatever was put there later.
struct Meter {
    std::shared_ptr<Reports> reports = std::make_shared<Reports>();
    c10::DebugInfoGuard guard{c10::DebugInfoKind::PROFILER_STATE, reports};
};

}  // namespace

// Starts counting on this thread; ended by rn_memory_meter_end on the same thread, the last one begun first. nullptr on error.
RN_EXPORT void* rn_memory_meter_begin() {
    return guarded<void*>(nullptr, [] { return new Meter; });
}

// Bytes given out since the start and not taken back, in the memory of the processor or of all accelerators together.
// noexcept: reads a number.
RN_EXPORT int64_t rn_memory_meter_held(const void* meter, int32_t on_cpu) noexcept {
    return static_cast<const Meter*>(meter)->reports->held(on_cpu != 0);
}

// noexcept: the guard's destructor assigns a pointer.
RN_EXPORT void rn_memory_meter_end(void* meter) noexcept { delete static_cast<Meter*>(meter); }

// What the allocator of a tensor's device holds in all: it says so whenever it gives something out, so it is asked for one
// element. Needs no header of CUDA. 1, or 0 on error, which it is for the processor's allocator, that keeps no totals.
RN_EXPORT int32_t rn_device_memory(const at::Tensor* like, int64_t* allocated, int64_t* reserved) {
    return guarded<int32_t>(0, [&] {
        TORCH_CHECK(!like->is_cpu(), "the processor's allocator keeps no totals");
        Meter meter;
        const at::Tensor element = at::empty({1}, like->options());
        TORCH_CHECK(meter.reports->allocated() >= 0, "the allocator of ", like->device(), " does not say what it holds");
        // The element itself does not count: an allocator's smallest block.
        *allocated = meter.reports->allocated() - meter.reports->held(false);
        *reserved = meter.reports->reserved();
        return 1;
    });
}
