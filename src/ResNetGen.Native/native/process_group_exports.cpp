// The C functions of process groups. A group's handle is a shared pointer to it: operations under way keep it.
#include "guard.h"
#include "process_group.h"
#include "process_group_texts.h"

#include <algorithm>
#include <cstring>

using resnetgen::guarded;
using namespace resnetgen::group;

namespace {

using Handle = std::shared_ptr<Group>;

Group& group_of(void* handle) { return **static_cast<Handle*>(handle); }

}  // namespace

// Joins a group; returns when all ranks are there. nullptr on error.
RN_EXPORT void* rn_group_join(int32_t backend, int32_t rank, int32_t size, const char* address, int32_t port, int32_t hosts_store, int32_t local_rank,
                              const char* network_interface, const char* prefix, int64_t timeout_milliseconds, int32_t shares_memory) {
    return guarded<void*>(nullptr, [&] {
        return noting([&]() -> void* {
            const Meeting meeting{static_cast<Kind>(backend), rank, size, address, port, hosts_store != 0, local_rank,
                                  network_interface ? network_interface : "", prefix, milliseconds(timeout_milliseconds), shares_memory != 0};
            return new Handle(Group::join(meeting));
        });
    });
}

// noexcept: the destructor catches.
RN_EXPORT void rn_group_free(void* group) noexcept { delete static_cast<Handle*>(group); }

// 0 on success, as all below.
RN_EXPORT int32_t rn_group_leave(void* group) {
    return guarded<int32_t>(1, [&] {
        group_of(group).leave();
        return 0;
    });
}

// 0 where the group is of use, else 1, with the reason as the message; not an error of the call.
RN_EXPORT int32_t rn_group_check(void* group) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            group_of(group).check();
            return 0;
        });
    });
}

// The same of the other ranks.
RN_EXPORT int32_t rn_group_check_all(void* group) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            group_of(group).check_all();
            return 0;
        });
    });
}

RN_EXPORT int32_t rn_group_abort(void* group, const char* reason) {
    return guarded<int32_t>(1, [&] {
        group_of(group).abort(reason);
        return 0;
    });
}

// An operation under way, nullptr on error.
RN_EXPORT void* rn_group_all_reduce(void* group, const at::Tensor* tensor, int32_t operation) {
    return guarded<void*>(nullptr, [&] { return noting([&]() -> void* { return new PendingPointer(group_of(group).all_reduce(*tensor, static_cast<Reduce>(operation))); }); });
}

RN_EXPORT void* rn_group_broadcast(void* group, const at::Tensor* tensor, int32_t root) {
    return guarded<void*>(nullptr, [&] { return noting([&]() -> void* { return new PendingPointer(group_of(group).broadcast(*tensor, root)); }); });
}

RN_EXPORT int32_t rn_group_barrier(void* group) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            group_of(group).barrier();
            return 0;
        });
    });
}

// A new tensor [size, ...], nullptr on error.
RN_EXPORT at::Tensor* rn_group_all_gather(void* group, const at::Tensor* tensor) {
    return guarded<at::Tensor*>(nullptr, [&] {
        return noting([&]() -> at::Tensor* {
            std::vector<int64_t> shape = tensor->sizes().vec();
            shape.insert(shape.begin(), group_of(group).size());
            const at::Tensor gathered = at::empty(shape, tensor->options().memory_format(at::MemoryFormat::Contiguous));
            group_of(group).all_gather(*tensor, gathered)->wait();
            return new at::Tensor(gathered);
        });
    });
}

RN_EXPORT int32_t rn_work_wait(void* work) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            (*static_cast<PendingPointer*>(work))->wait();
            return 0;
        });
    });
}

// noexcept: what is under way goes on, and holds what it needs.
RN_EXPORT void rn_work_free(void* work) noexcept { delete static_cast<PendingPointer*>(work); }

RN_EXPORT int32_t rn_store_set(void* group, const char* key, const uint8_t* value, int64_t length) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            store_set(group_of(group), key, std::vector<uint8_t>(value, value + length));
            return 0;
        });
    });
}

// The length of a value in bytes, of which as many as fit are copied; -1: there is none, -2 on error.
RN_EXPORT int64_t rn_store_get(void* group, const char* key, int32_t wait, uint8_t* value, int64_t length) {
    return guarded<int64_t>(-2, [&] {
        return noting([&]() -> int64_t {
            const auto found = store_get(group_of(group), key, wait != 0);
            if (!found) return -1;
            const auto size = static_cast<int64_t>(found->size());
            std::memcpy(value, found->data(), static_cast<size_t>(std::min(size, length)));
            return size;
        });
    });
}

RN_EXPORT int32_t rn_store_add(void* group, const char* key, int64_t amount, int64_t* sum) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            *sum = store_add(group_of(group), key, amount);
            return 0;
        });
    });
}

RN_EXPORT int32_t rn_store_delete(void* group, const char* key) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            store_delete(group_of(group), key);
            return 0;
        });
    });
}

// -1 on error.
RN_EXPORT int64_t rn_store_count(void* group) {
    return guarded<int64_t>(-1, [&] { return noting([&] { return store_count(group_of(group)); }); });
}
