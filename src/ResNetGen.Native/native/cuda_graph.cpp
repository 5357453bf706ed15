// A whole step recorded once and replayed: torch's CUDA graphs.
#include "cuda_headers.h"
#include "guard.h"

#include <ATen/autocast_mode.h>

#ifdef RN_CUDA
#include <ATen/cuda/CUDAGraph.h>
#endif

#include <memory>

using resnetgen::guarded;

// Whether graphs can be recorded in this build. noexcept: a constant.
RN_EXPORT int32_t rn_graph_available() noexcept {
#ifdef RN_CUDA
    return 1;
#else
    return 0;
#endif
}

#ifdef RN_CUDA

namespace {

struct Recorded {
    at::cuda::CUDAGraph graph;
    bool cache = true;
};

// Casts of the weights that autocast keeps would be made before the recording and stay as they were: in it there is no keeping.
void keep_casts(bool keep) {
    at::autocast::clear_cache();
    at::autocast::set_autocast_cache_enabled(keep);
}

}  // namespace

// Begins to record what the current stream of this thread is given; it must not be the default stream. Memory comes from a pool
// of the graph's own. torch's default generator takes part: its seed and offset are read at each replay, not now.
RN_EXPORT void* rn_graph_begin() {
    return guarded<void*>(nullptr, []() -> void* {
        auto recorded = std::make_unique<Recorded>();
        recorded->cache = at::autocast::is_autocast_cache_enabled();
        keep_casts(false);
        try {
            recorded->graph.capture_begin();
        } catch (...) {
            keep_casts(recorded->cache);
            throw;
        }
        return recorded.release();
    });
}

// Ends the recording. Nothing of it has run yet.
RN_EXPORT int32_t rn_graph_end(void* graph) {
    return guarded<int32_t>(1, [&] {
        auto* recorded = static_cast<Recorded*>(graph);
        keep_casts(recorded->cache);
        recorded->graph.capture_end();
        return 0;
    });
}

// Runs what was recorded, in this thread's current stream.
RN_EXPORT int32_t rn_graph_replay(void* graph) {
    return guarded<int32_t>(1, [&] {
        static_cast<Recorded*>(graph)->graph.replay();
        return 0;
    });
}

// Frees a graph, its memory, and a recording that was not ended. noexcept: torch's destructor warns where it fails.
RN_EXPORT void rn_graph_free(void* graph) noexcept { delete static_cast<Recorded*>(graph); }

#else

namespace {

template <typename Result>
Result unavailable() {
    TORCH_CHECK(false, "CUDA graphs need a libtorch with CUDA and the CUDA toolkit's headers when ResNetGen's native library is built");
}

}  // namespace

RN_EXPORT void* rn_graph_begin() { return guarded<void*>(nullptr, unavailable<void*>); }
RN_EXPORT int32_t rn_graph_end(void*) { return guarded<int32_t>(1, unavailable<int32_t>); }
RN_EXPORT int32_t rn_graph_replay(void*) { return guarded<int32_t>(1, unavailable<int32_t>); }
// noexcept: there is nothing to free.
RN_EXPORT void rn_graph_free(void*) noexcept {}

#endif
