// Mixed precision as libtorch's autocast does it. The functions were renamed in 2.4: one set of names for both here.
#include "autocast.h"
#include "guard.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#define RN_TORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

using resnetgen::AutocastState;
using resnetgen::guarded;

AutocastState resnetgen::autocast_state(at::DeviceType device) {
#if RN_TORCH_AT_LEAST(2, 4)
    return {at::autocast::is_autocast_enabled(device), at::autocast::get_autocast_dtype(device)};
#else
    return device == at::kCPU ? AutocastState{at::autocast::is_cpu_enabled(), at::autocast::get_autocast_cpu_dtype()}
                              : AutocastState{at::autocast::is_enabled(), at::autocast::get_autocast_gpu_dtype()};
#endif
}

void resnetgen::set_autocast_state(at::DeviceType device, AutocastState state) {
#if RN_TORCH_AT_LEAST(2, 4)
    at::autocast::set_autocast_enabled(device, state.enabled);
    at::autocast::set_autocast_dtype(device, state.dtype);
#else
    if (device == at::kCPU) {
        at::autocast::set_cpu_enabled(state.enabled);
        at::autocast::set_autocast_cpu_dtype(state.dtype);
    } else {
        at::autocast::set_enabled(state.enabled);
        at::autocast::set_autocast_gpu_dtype(state.dtype);
    }
#endif
}

// Turns autocast on for this thread; what was there before is written to the out-parameters for rn_autocast_leave.
RN_EXPORT int32_t rn_autocast_enter(int32_t device, int32_t dtype, int32_t* enabled_before, int32_t* dtype_before) {
    return guarded<int32_t>(1, [&] {
        const auto type = static_cast<at::DeviceType>(device);
        const AutocastState before = resnetgen::autocast_state(type);
        *enabled_before = before.enabled ? 1 : 0;
        *dtype_before = static_cast<int32_t>(before.dtype);
        resnetgen::set_autocast_state(type, {true, static_cast<at::ScalarType>(dtype)});
        at::autocast::increment_nesting();
        return 0;
    });
}

// Regions of this thread between the two lie within one: weights that the first one casts serve all.
RN_EXPORT int32_t rn_autocast_keep() {
    return guarded<int32_t>(1, [] {
        at::autocast::increment_nesting();
        return 0;
    });
}

RN_EXPORT int32_t rn_autocast_forget() {
    return guarded<int32_t>(1, [] {
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        return 0;
    });
}

RN_EXPORT int32_t rn_autocast_leave(int32_t device, int32_t enabled_before, int32_t dtype_before) {
    return guarded<int32_t>(1, [&] {
        // The cache of cast weights is valid within the outermost region only: the weights change after it.
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        resnetgen::set_autocast_state(static_cast<at::DeviceType>(device), {enabled_before != 0, static_cast<at::ScalarType>(dtype_before)});
        return 0;
    });
}
