// Streams and events of a device, through c10's device-independent interface: needs no header of CUDA. The processor has neither;
// there everything is done when a call returns, and these functions do nothing.
#include "guard.h"

#include <c10/core/Event.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <optional>
#include <thread>

using resnetgen::guarded;

namespace {

struct DeviceStream {
    c10::Device device;
    std::optional<c10::Stream> own;
};

struct DeviceEvent {
    c10::Device device;
    std::optional<c10::Event> event;
};

c10::impl::VirtualGuardImpl implementation(c10::Device device) { return c10::impl::VirtualGuardImpl(device.type()); }

// A device without an index is the current one of its kind.
c10::Device resolve(int32_t type, int32_t index) {
    const auto kind = static_cast<c10::DeviceType>(type);
    if (kind == c10::DeviceType::CPU) return c10::Device(kind);
    return index >= 0 ? c10::Device(kind, static_cast<c10::DeviceIndex>(index)) : c10::impl::VirtualGuardImpl(kind).getDevice();
}

}  // namespace

// A stream from torch's pool of them. nullptr on error.
RN_EXPORT void* rn_stream_new(int32_t type, int32_t index) {
    return guarded<void*>(nullptr, [&]() -> void* {
        const c10::Device device = resolve(type, index);
        if (device.is_cpu()) return new DeviceStream{device, std::nullopt};
        return new DeviceStream{device, implementation(device).getStreamFromGlobalPool(device, false)};
    });
}

// noexcept: torch's pool keeps its streams.
RN_EXPORT void rn_stream_free(void* stream) noexcept { delete static_cast<DeviceStream*>(stream); }

// Makes it the current stream of this thread; what was current is returned, for rn_stream_leave. nullptr on error.
RN_EXPORT void* rn_stream_enter(const void* stream) {
    return guarded<void*>(nullptr, [&]() -> void* {
        const auto& entered = *static_cast<const DeviceStream*>(stream);
        auto before = std::make_unique<DeviceStream>(DeviceStream{entered.device, std::nullopt});
        if (entered.own) before->own = implementation(entered.device).exchangeStream(*entered.own);
        return before.release();
    });
}

// Goes back to the stream from before, whose handle this frees.
RN_EXPORT int32_t rn_stream_leave(void* before) {
    return guarded<int32_t>(1, [&] {
        const std::unique_ptr<DeviceStream> stream(static_cast<DeviceStream*>(before));
        if (stream->own) implementation(stream->device).exchangeStream(*stream->own);
        return 0;
    });
}

// A point in the work of a stream. nullptr on error.
RN_EXPORT void* rn_event_new(int32_t type, int32_t index) {
    return guarded<void*>(nullptr, [&]() -> void* {
        const c10::Device device = resolve(type, index);
        auto made = std::make_unique<DeviceEvent>(DeviceEvent{device, std::nullopt});
        if (!device.is_cpu()) made->event.emplace(device.type());
        return made.release();
    });
}

// noexcept: c10's destructor destroys what it can and says nothing.
RN_EXPORT void rn_event_free(void* event) noexcept { delete static_cast<DeviceEvent*>(event); }

// The point is after all that this thread's current stream has been given so far.
RN_EXPORT int32_t rn_event_record(void* event) {
    return guarded<int32_t>(1, [&] {
        auto& recorded = *static_cast<DeviceEvent*>(event);
        if (recorded.event) recorded.event->record(implementation(recorded.device).getStream(recorded.device));
        return 0;
    });
}

// What this thread's current stream is given from now on waits for the point; the thread does not.
RN_EXPORT int32_t rn_event_block(const void* event) {
    return guarded<int32_t>(1, [&] {
        const auto& point = *static_cast<const DeviceEvent*>(event);
        if (point.event) point.event->block(implementation(point.device).getStream(point.device));
        return 0;
    });
}

// Waits, on this thread, until the point is reached. An event that was never recorded is.
RN_EXPORT int32_t rn_event_wait(const void* event) {
    return guarded<int32_t>(1, [&] {
        const auto& point = *static_cast<const DeviceEvent*>(event);
        // libtorch 1.13 can only ask. The point is usually past: who waits is a batch ahead.
        while (point.event && !point.event->query()) std::this_thread::yield();
        return 0;
    });
}
