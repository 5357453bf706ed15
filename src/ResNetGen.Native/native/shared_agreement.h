// Whether a group's ranks have memory in common: all of them find out together, through the store, and come to the same answer.
#pragma once

#include "process_group.h"
#include "shared_memory.h"

namespace resnetgen::group {

// A number of bytes for each rank, one rank's after another, behind some that are everybody's. All zeros.
struct CommonMemory {
    std::shared_ptr<SharedMemory> memory;  // nullptr: there is none,
    std::string reason;                    // and why
    bool is_lacking = false;               // though all are at one place, and want it
    size_t head = 0, stride = 0;

    char* of(int rank) const { return memory->data() + head + static_cast<size_t>(rank) * stride; }
};

// A collective call of this program's ranks alone, which must each ask for the same, under the same text. Where one of the ranks is another program there is none.
// The group stays as it is.
CommonMemory find_common_memory(Group& group, const std::string& purpose, size_t head_bytes, size_t bytes);

}  // namespace resnetgen::group
