// Torch's allocator for the processor: tensors of some size lie in a region of their own, everything else where it lay.
#include "guard.h"
#include "tensor_region.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <cstring>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/resource.h>
#include <unistd.h>
#endif

using resnetgen::guarded;
using resnetgen::TensorRegion;

namespace {

// Below this many bytes the C library serves: such tensors are together a few megabytes, and among the large ones they would keep gaps
// from closing. Simulated on the requests of ResNet-50 steps: 1 to 5 per cent less in gaps than with 16 KiB, or 512.
constexpr size_t least = size_t{128} << 10;

TensorRegion* region = nullptr;  // for the life of the process: tensors may outlive everything else

void give_back(void* block) {
    if (!region->owns(block)) {
        c10::GetDefaultCPUAllocator()->raw_deleter()(block);
        return;
    }
    c10::profiledCPUMemoryReporter().Delete(block);
    region->give(block);
}

// Some of these members are const in one libtorch and not in another, or new in a later one: where there is no `override`, either may be
// the one that is called.
class TensorAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(size_t bytes) const { return take(bytes); }
    c10::DataPtr allocate(size_t bytes) { return take(bytes); }
    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }
    void copy_data(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }

private:
    static c10::DataPtr take(size_t bytes) {
        void* block = bytes >= least ? region->take(bytes) : nullptr;
        // Where the region has no room, torch's own allocator serves, or says what it has to say of memory that ended.
        if (block == nullptr) return c10::GetDefaultCPUAllocator()->allocate(bytes);
        c10::profiledCPUMemoryReporter().New(block, bytes);
        return {block, block, &give_back, c10::Device(c10::DeviceType::CPU)};
    }
};

#if defined(__unix__) || defined(__APPLE__)
// Addresses are plenty: twice the machine's memory, so that no gap between tensors ever stands in the way of one that would fit. None
// where the user limits them.
size_t addresses() {
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) return 0;
    const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && bytes > 0 ? 2 * static_cast<size_t>(pages) * static_cast<size_t>(bytes) : 0;
}
#else
size_t addresses() { return 0; }
#endif

// Less where a kernel has fewer addresses to give; nullptr where it has next to none.
TensorRegion* reserve() {
    for (size_t size = addresses(); size >= size_t{1} << 30; size /= 2) {
        try {
            return new TensorRegion(size);
        } catch (const std::bad_alloc&) {
        }
    }
    return nullptr;
}

}  // namespace

// Tensors that are made from now on lie in a region of their own. 1 where they do, 0 where the machine has no way or somebody else's
// allocator is in place, -1 on error. Called once.
RN_EXPORT int32_t rn_tensor_region() {
    return guarded<int32_t>(-1, []() -> int32_t {
        if (region != nullptr || c10::GetCPUAllocator() != c10::GetDefaultCPUAllocator()) return 0;
        region = reserve();
        if (region == nullptr) return 0;
        c10::SetCPUAllocator(new TensorAllocator, 1);
        return 1;
    });
}

// Bytes that tensors hold in the region, and as far as it ever reached; zeros where there is none. noexcept: reads two numbers.
RN_EXPORT void rn_tensor_region_bytes(int64_t* taken, int64_t* extent) noexcept {
    *taken = region == nullptr ? 0 : static_cast<int64_t>(region->taken());
    *extent = region == nullptr ? 0 : static_cast<int64_t>(region->extent());
}

// Gives the region's gaps back to the kernel. 0 on success.
RN_EXPORT int32_t rn_tensor_region_release() {
    return guarded<int32_t>(1, [] {
        if (region != nullptr) region->release();
        return 0;
    });
}
