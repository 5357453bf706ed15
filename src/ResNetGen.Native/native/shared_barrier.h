// Where processes with memory in common wait for each other, without using the processor meanwhile.
#pragma once

#include "shared_memory.h"

#include <atomic>
#include <memory>
#include <string>

namespace resnetgen::group {

class SharedBarrier {
public:
    // At the beginning of the memory, which is zeros; of as many processes as there are numbers. bytes() are its.
    SharedBarrier(std::shared_ptr<SharedMemory> memory, int number, int count);
    static size_t bytes() { return sizeof(Words); }

    // Returns when all have come as often as this one. Throws where somebody has closed it, or is gone, and did not come before. One
    // thread of a process. What a process wrote before it came is seen by all that pass.
    void pass();

    // Ends all waits, here and in the other processes, and those to come. Any thread.
    void close() noexcept;

private:
    // Sums of all processes, each on a cache line of its own. They may run over: differences are looked at.
    struct Words {
        alignas(64) std::atomic<uint32_t> arrivals;
        alignas(64) std::atomic<uint32_t> bell;       // changes with whatever the others may wait for
        alignas(64) std::atomic<int32_t> closed_by;   // number + 1
    };
    static_assert(std::atomic<uint32_t>::is_always_lock_free && std::atomic<int32_t>::is_always_lock_free && sizeof(std::atomic<uint32_t>) == 4);

    void ring() noexcept;
    std::string missing() const;

    const std::shared_ptr<SharedMemory> memory_;
    Words& words_;
    const int number_, count_;
    uint32_t passed_ = 0;
};

}  // namespace resnetgen::group
