// What autocast is set to, in one set of names for all versions of libtorch.
#pragma once

#include <ATen/ATen.h>

namespace resnetgen {

struct AutocastState {
    bool enabled;
    at::ScalarType dtype;
};

AutocastState autocast_state(at::DeviceType device);
void set_autocast_state(at::DeviceType device, AutocastState state);

}  // namespace resnetgen
