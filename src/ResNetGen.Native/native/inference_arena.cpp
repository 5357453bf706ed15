#include "inference_arena.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace resnetgen {

// Largest first, each as low as those that it lives with leave room: within a few per cent of the most that is ever alive,
// since in networks the sizes fall along the way.
size_t place_regions(std::vector<Region>& regions) {
    std::vector<Region*> order;
    for (Region& region : regions) {
        if (region.is_used()) order.push_back(&region);
    }
    std::stable_sort(order.begin(), order.end(), [](const Region* a, const Region* b) { return a->bytes > b->bytes; });

    std::vector<const Region*> placed;  // by offset
    size_t total = 0;
    for (Region* region : order) {
        size_t offset = 0;
        for (const Region* other : placed) {
            if (!region->lives_with(*other)) continue;
            if (other->offset >= offset + aligned(region->bytes)) break;
            offset = std::max(offset, other->offset + aligned(other->bytes));
        }
        region->offset = offset;
        total = std::max(total, offset + aligned(region->bytes));
        const auto after = std::upper_bound(placed.begin(), placed.end(), region,
                                            [](const Region* a, const Region* b) { return a->offset < b->offset; });
        placed.insert(after, region);
    }
    return total;
}

void Block::take(size_t bytes) {
    constexpr size_t page = size_t{2} << 20;
    if (bytes > std::numeric_limits<size_t>::max() - page) throw std::bad_alloc();
    const size_t whole = std::max(page, (bytes + page - 1) / page * page);
    void* start = nullptr;
    if (posix_memalign(&start, page, whole) != 0) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    madvise(start, whole, MADV_HUGEPAGE);  // a wish: without it the block works as well, slower
#endif
    std::memset(start, 0, whole);
    std::free(start_);
    start_ = start;
    bytes_ = bytes;
}

Block::~Block() { std::free(start_); }

}  // namespace resnetgen
