#pragma once

#include "cuda_api.h"

#include <string>
#include <vector>

namespace resnetgen::kernels {

// Compiles text() for an architecture: "sm_90" gives machine code, "compute_90" assembly for the driver. Throws with NVRTC's log.
std::vector<char> compile(const CudaApi& api, const std::string& architecture);

}  // namespace resnetgen::kernels
