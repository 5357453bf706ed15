// The C functions of gradient buckets.
#include "gradient_buckets.h"
#include "guard.h"

#include <algorithm>
#include <cstring>

using resnetgen::guarded;
using namespace resnetgen::group;

namespace {

using Handle = std::shared_ptr<GradientBuckets>;

GradientBuckets& buckets_of(void* handle) { return **static_cast<Handle*>(handle); }

}  // namespace

// Buckets over a group's handle and the parameters of a network, nullptr on error.
RN_EXPORT void* rn_buckets_new(void* group, const at::Tensor* const* parameters, int64_t count, int64_t bucket_bytes) {
    return guarded<void*>(nullptr, [&] {
        return noting([&]() -> void* {
            std::vector<at::Tensor> all;
            for (int64_t i = 0; i < count; i++) all.push_back(*parameters[i]);
            auto buckets = std::make_shared<GradientBuckets>(*static_cast<std::shared_ptr<Group>*>(group), all, bucket_bytes);
            buckets->listen();
            return new Handle(std::move(buckets));
        });
    });
}

// noexcept: takes hooks off, ends what is under way in shared memory, waits for its thread, and frees memory.
RN_EXPORT void rn_buckets_free(void* buckets) noexcept { delete static_cast<Handle*>(buckets); }

// The number of buckets; the sizes in bytes of as many as fit. 0 on error.
RN_EXPORT int64_t rn_buckets_sizes(void* buckets, int64_t* bytes, int64_t count) {
    return guarded<int64_t>(0, [&] {
        const std::vector<int64_t> all = buckets_of(buckets).bytes();
        for (size_t i = 0; i < all.size() && static_cast<int64_t>(i) < count; i++) bytes[i] = all[i];
        return static_cast<int64_t>(all.size());
    });
}

// Why nothing goes through shared memory, of which as many bytes as fit are copied; its length, 0 where something does. `lacks`: whether only the memory is
// missing. noexcept: copies a text.
RN_EXPORT int64_t rn_buckets_not_shared(void* buckets, char* text, int64_t length, int32_t* lacks) noexcept {
    *lacks = buckets_of(buckets).lacks_memory() ? 1 : 0;
    const std::string& reason = buckets_of(buckets).not_shared();
    if (length > 0) std::memcpy(text, reason.data(), static_cast<size_t>(std::min<int64_t>(length, static_cast<int64_t>(reason.size()))));
    return static_cast<int64_t>(reason.size());
}

// 0 on success.
RN_EXPORT int32_t rn_buckets_expect(void* buckets) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            buckets_of(buckets).expect();
            return 0;
        });
    });
}

// 0 on success.
RN_EXPORT int32_t rn_buckets_finish(void* buckets) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            buckets_of(buckets).finish();
            return 0;
        });
    });
}
