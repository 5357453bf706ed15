// Pages of program files that opening them touched: symbols, relocations, and the constructors that enter libtorch's operations in its tables.
#include "guard.h"

#if defined(__linux__)
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <vector>
#endif

using resnetgen::guarded;

namespace {

#if defined(__linux__)

// What the kernel says of this process's pages: one word for each.
class PageMap {
public:
    PageMap() : file_(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) {}
    ~PageMap() {
        if (file_ >= 0) close(file_);
    }
    PageMap(const PageMap&) = delete;
    PageMap& operator=(const PageMap&) = delete;

    // Whether the kernel tells: it must know of the page that runs here.
    bool tells(uintptr_t code) { return read(code / page * page, code / page * page + page) && (words_[0] & present) != 0 && (words_[0] & of_file) != 0; }

    // Whether all pages are as they lie in the file, or not in memory. One that somebody has changed, a debugger or a runtime that
    // patches its own code, would be lost.
    bool are_unchanged(uintptr_t begin, uintptr_t end) {
        if (!read(begin, end)) return false;
        for (const uint64_t word : words_) {
            if ((word & (present | swapped)) != 0 && (word & of_file) == 0) return false;
        }
        return true;
    }

    const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));

private:
    static constexpr uint64_t present = uint64_t{1} << 63, swapped = uint64_t{1} << 62, of_file = uint64_t{1} << 61;

    bool read(uintptr_t begin, uintptr_t end) {
        words_.resize((end - begin) / page);
        const auto bytes = static_cast<ssize_t>(words_.size() * sizeof(uint64_t));
        return file_ >= 0 && pread(file_, words_.data(), static_cast<size_t>(bytes), static_cast<off_t>(begin / page * sizeof(uint64_t))) == bytes;
    }

    int file_;
    std::vector<uint64_t> words_;
};

struct Search {
    PageMap map;
    int64_t released = 0;
};

// A stretch of a program file that nobody may write to: its pages come back from the file when they are read again.
int release(dl_phdr_info* object, size_t, void* found) try {
    auto& search = *static_cast<Search*>(found);
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
        const uintptr_t start = object->dlpi_addr + segment.p_vaddr;
        // The last page may hold what lies behind in the file; nobody maps it otherwise.
        const uintptr_t page = search.map.page, begin = start / page * page, end = (start + segment.p_memsz + page - 1) / page * page;
        if (end <= begin || !search.map.are_unchanged(begin, end)) continue;
        if (madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED) == 0) search.released += static_cast<int64_t>(end - begin);
    }
    return 0;
} catch (...) {
    return 1;  // without memory for the kernel's words the rest stays; nothing may be thrown through the loader
}

#endif

}  // namespace

// Lets go of all pages of opened program files that nobody has changed; what is used again comes back from the kernel's cache of files, 16 pages
// at a time. Bytes of address space that were gone through, 0 where the machine has no way, -1 on error.
RN_EXPORT int64_t rn_release_opened_files() {
    return guarded<int64_t>(-1, []() -> int64_t {
#if defined(__linux__)
        Search search;
        if (search.map.tells(reinterpret_cast<uintptr_t>(&release))) dl_iterate_phdr(&release, &search);
        return search.released;
#else
        return 0;
#endif
    });
}
