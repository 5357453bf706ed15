#include "shared_barrier.h"

#if defined(__linux__) && defined(__LP64__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <climits>
#include <ctime>
#include <stdexcept>

namespace resnetgen::group {

namespace {

// So often a process that waits looks whether the others are there.
constexpr long patience_nanoseconds = 100'000'000;

#if defined(__linux__) && defined(__LP64__)

// Not of this process alone: the memory is several processes'.
void wait_for_change(std::atomic<uint32_t>& word, uint32_t seen) noexcept {
    const timespec patience{0, patience_nanoseconds};
    ::syscall(SYS_futex, &word, FUTEX_WAIT, seen, &patience, nullptr, 0);
}

void wake_all(std::atomic<uint32_t>& word) noexcept { ::syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0); }

#else

// Nobody comes here: there is no memory in common.
void wait_for_change(std::atomic<uint32_t>&, uint32_t) noexcept {}
void wake_all(std::atomic<uint32_t>&) noexcept {}

#endif

}  // namespace

// The words are part of what was reserved and zeroed; an atomic that is always free of locks needs no construction beyond that.
SharedBarrier::SharedBarrier(std::shared_ptr<SharedMemory> memory, int number, int count)
    : memory_(std::move(memory)), words_(*reinterpret_cast<Words*>(memory_->data())), number_(number), count_(count) {}

void SharedBarrier::ring() noexcept {
    words_.bell.fetch_add(1, std::memory_order_release);
    wake_all(words_.bell);
}

void SharedBarrier::pass() {
    // Who comes after it was closed is not counted: the others would take that for a pass that this one never reached.
    if (words_.closed_by.load(std::memory_order_acquire) != 0) throw std::runtime_error(missing());
    passed_ += static_cast<uint32_t>(count_);
    const auto is_complete = [&](uint32_t arrivals) { return static_cast<int32_t>(arrivals - passed_) >= 0; };
    // The last to come wakes the others. The bell changes after the arrival: who read it as it was before does not sleep through it.
    if (is_complete(words_.arrivals.fetch_add(1, std::memory_order_acq_rel) + 1)) return ring();
    while (true) {
        const uint32_t seen = words_.bell.load(std::memory_order_acquire);
        const std::string wrong = missing();
        // Looked at last: who is gone may have come before.
        if (is_complete(words_.arrivals.load(std::memory_order_acquire))) return;
        if (!wrong.empty()) throw std::runtime_error(wrong);
        wait_for_change(words_.bell, seen);
    }
}

std::string SharedBarrier::missing() const {
    const int closed = words_.closed_by.load(std::memory_order_acquire);
    if (closed != 0) return closed == number_ + 1 ? "it was closed here" : "rank " + std::to_string(closed - 1) + " closed it";
    for (int other = 0; other < count_; other++) {
        if (other != number_ && !memory_->is_held(other)) return "rank " + std::to_string(other) + " has let go of it";
    }
    return {};
}

void SharedBarrier::close() noexcept {
    int32_t nobody = 0;
    words_.closed_by.compare_exchange_strong(nobody, number_ + 1, std::memory_order_acq_rel);
    ring();
}

}  // namespace resnetgen::group
