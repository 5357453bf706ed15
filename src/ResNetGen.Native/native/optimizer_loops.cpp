// optimizer_loops.inl for each kind of processor. CMakeLists.txt gives this file its own flags: vectors, and no contraction.
#include "optimizer_loops.h"

namespace resnetgen {

// What the compiler takes for granted: SSE2 on x86-64, without a fused multiply-add; NEON with it on ARM64.
#if defined(__aarch64__) || defined(__FMA__)
#define RN_FUSED 1
#else
#define RN_FUSED 0
#endif
#define RN_DOUBLES 2
namespace baseline {
#include "optimizer_loops.inl"
}
#undef RN_FUSED
#undef RN_DOUBLES

#if defined(__x86_64__)
#define RN_FUSED 1

#define RN_DOUBLES 4
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
namespace avx2 {
#include "optimizer_loops.inl"
}
#undef RN_DOUBLES
#define RN_DOUBLES 8
#if defined(__clang__)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma,prefer-vector-width=512"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512bw,fma,prefer-vector-width=512")
#endif
namespace avx512 {
#include "optimizer_loops.inl"
}
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef RN_FUSED
#undef RN_DOUBLES
#endif

template <typename T>
const Loops<T>& loops_for(Processor processor) {
#if defined(__x86_64__)
    if (processor == Processor::Avx512) return avx512::table<T>;
    if (processor == Processor::Avx2) return avx2::table<T>;
#else
    (void)processor;
#endif
    return baseline::table<T>;
}

const FiniteLoops& finite_loops_for(Processor processor) {
#if defined(__x86_64__)
    if (processor == Processor::Avx512) return avx512::finite_table;
    if (processor == Processor::Avx2) return avx2::finite_table;
#else
    (void)processor;
#endif
    return baseline::finite_table;
}

template const Loops<float>& loops_for<float>(Processor);
template const Loops<double>& loops_for<double>(Processor);

}  // namespace resnetgen
