// The innermost loops of the passes, over one piece of one tensor: plain pointers, no libtorch, compiled once for each kind of
// processor. Their roundings are those of libtorch's own operations on the same processor, in the same order: a multiplication
// and an addition are one (fused, rounded once) exactly where libtorch's `add(x, y, alpha)` is.
#pragma once

#include <cstdint>

namespace resnetgen {

enum class Momentum { None, Begins, Goes };

template <typename T>
struct SgdNumbers {
    T negative_rate;
    T momentum;
    T decay;  // 0: none
    T scale;
    Momentum kind;
    bool nesterov;
};

template <typename T>
struct LambNumbers {
    T beta1;
    T gradient1;  // 1 - beta1
    T beta2;
    T gradient2;  // 1 - beta2
    T correction1;
    T root_correction2;
    T epsilon;
    T decay;
    T scale;
    T negative_rate;
};

struct LambSquares {
    double weight;
    double update;
};

template <typename T>
struct Loops {
    void (*sgd)(T* weight, const T* gradient, T* momentum, int64_t count, const SgdNumbers<T>& numbers);
    // Moves mean and square on and gives what the tensor's trust ratio needs.
    LambSquares (*lamb_moments)(const T* weight, const T* gradient, T* mean, T* square, int64_t count, const LambNumbers<T>& numbers);
    // Takes the step, which is computed anew from mean and square.
    void (*lamb_update)(T* weight, const T* mean, const T* square, int64_t count, const LambNumbers<T>& numbers, T trust);
    void (*average)(T* average, const T* value, int64_t count, T decay, T rest);
    void (*scale)(T* values, int64_t count, T factor);
    // The sum of squares in double, the same on every processor; *finite becomes false where a value is not.
    double (*squares)(const T* values, int64_t count, bool* finite);
};

// Whether no value of a type has all bits of its exponent set: neither infinite nor not a number. By the width of the type.
struct FiniteLoops {
    bool (*of16)(const uint16_t* bits, int64_t count, uint16_t exponent);
    bool (*of32)(const uint32_t* bits, int64_t count, uint32_t exponent);
    bool (*of64)(const uint64_t* bits, int64_t count, uint64_t exponent);
};

// For this processor, as far as libtorch uses it too (ATEN_CPU_CAPABILITY holds for both). float and double.
enum class Processor { Baseline, Avx2, Avx512 };
Processor processor();
template <typename T>
const Loops<T>& loops_for(Processor processor);
const FiniteLoops& finite_loops_for(Processor processor);

}  // namespace resnetgen
