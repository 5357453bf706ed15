// Where tensors lie on the processor: one stretch of addresses that holds nothing else, so that no small block of somebody else's
// keeps the gap that a tensor left from closing.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>

namespace resnetgen {

// Blocks go into the smallest gap that takes them (the lowest of equal ones), and gaps that touch become one. The same requests in the same
// order lie in the same places, so a training step touches the pages of the step before. Safe for any thread.
class TensorRegion {
public:
    // Takes `bytes` of addresses, no memory yet; throws std::bad_alloc where there are none.
    explicit TensorRegion(size_t bytes);
    ~TensorRegion();
    TensorRegion(const TensorRegion&) = delete;
    TensorRegion& operator=(const TensorRegion&) = delete;

    // A block that begins on a line of the cache; nullptr where there is no room or no memory.
    void* take(size_t bytes);

    // Takes a block back. Whether it was one.
    bool give(void* block) noexcept;

    bool owns(const void* address) const noexcept { return address >= begin_ && address < begin_ + size_; }

    // Gives the pages of all gaps back to the kernel.
    void release();

    // Bytes of blocks that are taken, and from the beginning to the end of the last page that ever held one.
    size_t taken() const;
    size_t extent() const;

private:
    void add_gap(char* at, size_t bytes);
    void remove_gap(std::map<char*, size_t>::iterator gap);
    bool open(char* end);

    mutable std::mutex mutex_;
    void* mapping_ = nullptr;  // as the kernel gave it
    size_t mapped_ = 0;
    char* begin_ = nullptr;
    size_t size_ = 0;
    char* open_ = nullptr;  // memory may be touched up to here
    char* top_ = nullptr;   // no block ever reached beyond
    size_t taken_ = 0;
    std::unordered_map<void*, size_t> blocks_;
    std::map<char*, size_t> gaps_;
    std::set<std::pair<size_t, char*>> by_size_;
};

}  // namespace resnetgen
