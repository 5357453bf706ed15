#include "tensor_region.h"

#include <algorithm>
#include <cstdint>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace resnetgen {

namespace {

constexpr size_t line = 64;
constexpr size_t huge_page = size_t{2} << 20;

// Memory is made usable in portions: a call to the kernel for each would be dear, and all at once would count as promised where
// the kernel promises no more than it has.
constexpr size_t portion = size_t{64} << 20;

size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }
uintptr_t number(const void* address) { return reinterpret_cast<uintptr_t>(address); }

}  // namespace

#if defined(__unix__) || defined(__APPLE__)

TensorRegion::TensorRegion(size_t bytes) : mapped_(rounded(bytes, portion) + huge_page), size_(rounded(bytes, portion)) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
    flags |= MAP_NORESERVE;
#endif
    mapping_ = mmap(nullptr, mapped_, PROT_NONE, flags, -1, 0);
    if (mapping_ == MAP_FAILED) throw std::bad_alloc();
    begin_ = static_cast<char*>(mapping_) + (rounded(number(mapping_), huge_page) - number(mapping_));
    open_ = top_ = begin_;
#ifdef MADV_HUGEPAGE
    madvise(begin_, size_, MADV_HUGEPAGE);  // a wish: without it everything works as well, slower
#endif
    add_gap(begin_, size_);
}

TensorRegion::~TensorRegion() { munmap(mapping_, mapped_); }

bool TensorRegion::open(char* end) {
    if (end <= open_) return true;
    char* const to = begin_ + rounded(static_cast<size_t>(end - begin_), portion);
    if (mprotect(open_, static_cast<size_t>(to - open_), PROT_READ | PROT_WRITE) != 0) return false;
    open_ = to;
    return true;
}

void TensorRegion::release() {
    const std::lock_guard<std::mutex> guard(mutex_);
    const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE)), touched = number(top_);
    for (const auto& [at, bytes] : gaps_) {
        // Whole pages only, and none that nobody touched.
        const uintptr_t first = rounded(number(at), page), last = std::min(number(at) + bytes, touched) / page * page;
        if (last > first) madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
    }
    const auto last = gaps_.empty() ? gaps_.end() : std::prev(gaps_.end());
    if (last != gaps_.end() && last->first < top_ && last->first + last->second == begin_ + size_) top_ = last->first;
}

#else

TensorRegion::TensorRegion(size_t) { throw std::bad_alloc(); }
TensorRegion::~TensorRegion() = default;
bool TensorRegion::open(char*) { return false; }
void TensorRegion::release() {}

#endif

void* TensorRegion::take(size_t bytes) {
    if (bytes > size_) return nullptr;
    // A line between any two: maps of whole pages that lay end to end would all begin at the same place in their pages, and
    // what is read of one and written to another would collide in the cache.
    const size_t needed = rounded(bytes, line) + line;
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto fit = by_size_.lower_bound({needed, nullptr});
    if (fit == by_size_.end()) return nullptr;
    const auto [size, at] = *fit;
    if (!open(at + needed)) return nullptr;
    blocks_.emplace(at, needed);
    remove_gap(gaps_.find(at));
    if (size > needed) add_gap(at + needed, size - needed);
    taken_ += needed;
    top_ = std::max(top_, at + needed);
    return at;
}

// Whoever frees a tensor cannot be told of an error: without memory for the gap, which is a few words, the block is lost.
bool TensorRegion::give(void* block) noexcept try {
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto found = blocks_.find(block);
    if (found == blocks_.end()) return false;
    char* at = static_cast<char*>(block);
    size_t bytes = found->second;
    blocks_.erase(found);
    taken_ -= bytes;
    auto after = gaps_.lower_bound(at);
    if (after != gaps_.end() && after->first == at + bytes) {
        bytes += after->second;
        remove_gap(after++);
    }
    if (after != gaps_.begin()) {
        const auto before = std::prev(after);
        if (before->first + before->second == at) {
            at = before->first;
            bytes += before->second;
            remove_gap(before);
        }
    }
    add_gap(at, bytes);
    return true;
} catch (...) {
    return true;
}

void TensorRegion::add_gap(char* at, size_t bytes) {
    gaps_.emplace(at, bytes);
    by_size_.emplace(bytes, at);
}

void TensorRegion::remove_gap(std::map<char*, size_t>::iterator gap) {
    by_size_.erase({gap->second, gap->first});
    gaps_.erase(gap);
}

size_t TensorRegion::taken() const {
    const std::lock_guard<std::mutex> guard(mutex_);
    return taken_;
}

size_t TensorRegion::extent() const {
    const std::lock_guard<std::mutex> guard(mutex_);
    return static_cast<size_t>(top_ - begin_);
}

}  // namespace resnetgen
