// Where the tensors of a plan lie: in one block of memory, at offsets that those share who are never alive together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace resnetgen {

// A tensor's memory: alive from the step that writes it first to the one that reads it last, both included.
struct Region {
    size_t bytes = 0;
    int32_t first = -1;
    int32_t last = -1;
    size_t offset = 0;

    bool is_used() const { return first >= 0 && bytes > 0; }
    bool lives_with(const Region& other) const { return first <= other.last && other.first <= last; }
};

// Sets the offsets of all used regions; the bytes that they need together.
size_t place_regions(std::vector<Region>& regions);

// A block of memory that begins on a page of two megabytes: weights and activations of megabytes are read in full at every
// run, and with pages of 4 KiB the look-ups of addresses show.
class Block {
public:
    Block() = default;
    ~Block();
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    // Takes memory, filled with zeros; throws std::bad_alloc where there is none.
    void take(size_t bytes);
    char* at(size_t offset) const { return static_cast<char*>(start_) + offset; }
    size_t bytes() const { return bytes_; }

private:
    void* start_ = nullptr;
    size_t bytes_ = 0;
};

// Rounds up to where a region may begin: a line of the cache, and the widest vector.
inline size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace resnetgen
