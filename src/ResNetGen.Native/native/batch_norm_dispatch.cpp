// Which instructions the kernels use: the widest that the processor has, or fewer where ATEN_CPU_CAPABILITY says so, the
// variable by which torch's own kernels are held back.
#include "batch_norm_kernels.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>

#include "guard.h"

namespace resnetgen::batch_norm {

namespace {

// 0 generic, 1 AVX2, 2 AVX-512, 3 with bfloat16.
int most() {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return !wide ? 1 : __builtin_cpu_supports("avx512bf16") ? 3 : 2;
#else
    return 0;
#endif
}

int allowed() {
    const char* said = std::getenv("ATEN_CPU_CAPABILITY");
    if (!said) return 3;
    return std::strcmp(said, "default") == 0 ? 0 : std::strcmp(said, "avx2") == 0 ? 1 : 3;
}

std::atomic<int>& level() {
    static std::atomic<int> chosen{std::min(most(), allowed())};
    return chosen;
}

}  // namespace

const KernelSet& kernels() {
#if defined(__x86_64__)
    switch (level().load(std::memory_order_relaxed)) {
        case 3: return avx512_bf16_kernels;
        case 2: return avx512_kernels;
        case 1: return avx2_kernels;
    }
#endif
    return generic_kernels;
}

template <>
const Kernels<float>& kernels_of<float>() { return kernels().float32; }
template <>
const Kernels<double>& kernels_of<double>() { return kernels().float64; }
template <>
const Kernels<BFloat16>& kernels_of<BFloat16>() { return kernels().bfloat16; }

}  // namespace resnetgen::batch_norm

// Holds the kernels to a level (0 generic, 1 AVX2, 2 AVX-512, 3 with bfloat16), or to what the processor has where that is less; returns the
// level that then holds. For tests of the narrower ones. noexcept: reads CPUID and sets a number.
RN_EXPORT int32_t rn_batch_norm_instructions(int32_t wanted) noexcept {
    using namespace resnetgen::batch_norm;
    const int holds = std::min<int>(wanted, most());
    level().store(holds, std::memory_order_relaxed);
    return holds;
}
