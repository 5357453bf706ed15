// Which backends of process groups are in this build.
#include "cuda_headers.h"
#include "guard.h"

// 0 Gloo, 1 NCCL. noexcept: constants.
RN_EXPORT int32_t rn_group_has(int32_t backend) noexcept {
#ifdef RN_HAS_GLOO
    if (backend == 0) return 1;
#endif
#if defined(RN_HAS_NCCL) && defined(RN_CUDA)
    if (backend == 1) return 1;
#endif
    return 0;
}
