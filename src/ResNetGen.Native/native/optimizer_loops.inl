// The loops themselves; included by optimizer_loops.cpp in a namespace for each kind of processor. RN_FUSED is 1 where
// libtorch's kernels for it multiply and add in one instruction, RN_DOUBLES how many doubles its vectors hold. The compiler must not do so on its own (-ffp-contract=off).

template <typename T>
inline T multiply_add(T a, T b, T c) {
#if RN_FUSED
    if constexpr (sizeof(T) == 4) return __builtin_fmaf(a, b, c);
    else return __builtin_fma(a, b, c);
#else
    return a * b + c;
#endif
}

template <typename T>
struct Bits;
template <>
struct Bits<float> {
    using type = uint32_t;
    static constexpr type exponent = 0x7f800000u;
};
template <>
struct Bits<double> {
    using type = uint64_t;
    static constexpr type exponent = 0x7ff0000000000000ull;
};

template <typename T, bool Decays, Momentum Kind, bool Nesterov>
void sgd_loop(T* __restrict weight, const T* __restrict gradient, T* __restrict momentum, int64_t count, const SgdNumbers<T>& numbers) {
    const T rate = numbers.negative_rate, keep = numbers.momentum, decay = numbers.decay, scale = numbers.scale;
    for (int64_t i = 0; i < count; i++) {
        T step = gradient[i] * scale;  // a scale of 1 changes no bit
        if constexpr (Decays) step = multiply_add(weight[i], decay, step);
        if constexpr (Kind != Momentum::None) {
            T v = step;
            if constexpr (Kind == Momentum::Goes) v = momentum[i] * keep + step;
            momentum[i] = v;
            step = Nesterov ? multiply_add(v, keep, step) : v;
        }
        weight[i] = multiply_add(step, rate, weight[i]);
    }
}

template <typename T, bool Decays>
void sgd_kind(T* weight, const T* gradient, T* momentum, int64_t count, const SgdNumbers<T>& numbers) {
    if (numbers.kind == Momentum::None) sgd_loop<T, Decays, Momentum::None, false>(weight, gradient, nullptr, count, numbers);
    else if (numbers.kind == Momentum::Begins && numbers.nesterov) sgd_loop<T, Decays, Momentum::Begins, true>(weight, gradient, momentum, count, numbers);
    else if (numbers.kind == Momentum::Begins) sgd_loop<T, Decays, Momentum::Begins, false>(weight, gradient, momentum, count, numbers);
    else if (numbers.nesterov) sgd_loop<T, Decays, Momentum::Goes, true>(weight, gradient, momentum, count, numbers);
    else sgd_loop<T, Decays, Momentum::Goes, false>(weight, gradient, momentum, count, numbers);
}

template <typename T>
void sgd(T* weight, const T* gradient, T* momentum, int64_t count, const SgdNumbers<T>& numbers) {
    if (numbers.decay != 0) sgd_kind<T, true>(weight, gradient, momentum, count, numbers);
    else sgd_kind<T, false>(weight, gradient, momentum, count, numbers);
}

// Whether a value of a block has all bits of its exponent set. No block is left early: that is what compilers turn into vectors.
template <typename Bit>
Bit any_not_finite(const Bit* bits, int64_t count, Bit exponent) {
    Bit found = 0;
    for (int64_t i = 0; i < count; i++) found |= static_cast<Bit>((bits[i] & exponent) == exponent);
    return found;
}

template <typename Bit>
bool finite(const Bit* bits, int64_t count, Bit exponent) {
    constexpr int64_t block = 1 << 10;
    for (int64_t i = 0; i < count; i += block) {
        if (any_not_finite(bits + i, i + block < count ? block : count - i, exponent) != 0) return false;
    }
    return true;
}

constexpr FiniteLoops finite_table{finite<uint16_t>, finite<uint32_t>, finite<uint64_t>};

// Thirty-two partial sums in double: element i goes to sum i mod 32 whatever the processor's vectors are, so that the result is the
// same everywhere. Written with the compiler's own vectors, as long as the processor's (RN_DOUBLES), since no compiler may
// choose the order of a sum.
template <typename T>
double sum_of_squares(const T* values, int64_t count) {
    constexpr int64_t sums = 32, lanes = RN_DOUBLES, vectors = sums / lanes;
    typedef T Values __attribute__((vector_size(lanes * sizeof(T))));
    typedef double Doubles __attribute__((vector_size(lanes * sizeof(double))));
    Doubles sum[vectors] = {};
    int64_t i = 0;
    for (; i + sums <= count; i += sums) {
        for (int64_t k = 0; k < vectors; k++) {
            Values value;
            __builtin_memcpy(&value, values + i + k * lanes, sizeof value);
            const Doubles wide = __builtin_convertvector(value, Doubles);
            sum[k] += wide * wide;
        }
    }
    double all[sums];
    __builtin_memcpy(all, sum, sizeof all);
    for (int64_t k = 0; i < count; i++, k++) all[k] += static_cast<double>(values[i]) * values[i];
    for (int64_t half = sums / 2; half > 0; half /= 2) {
        for (int64_t k = 0; k < half; k++) all[k] += all[k + half];
    }
    return all[0];
}

template <typename T>
double squares(const T* values, int64_t count, bool* all_finite) {
    // A block at a time, so that what the first loop read is still in the nearest cache for the second.
    constexpr int64_t block = 1 << 10;
    using Bit = typename Bits<T>::type;
    double sum = 0;
    for (int64_t i = 0; i < count; i += block) {
        const int64_t length = i + block < count ? block : count - i;
        if (any_not_finite(reinterpret_cast<const Bit*>(values + i), length, Bits<T>::exponent) != 0) *all_finite = false;
        sum += sum_of_squares(values + i, length);
    }
    return sum;
}

// Adam's step with its decay, from what the moments are now.
template <typename T>
inline T lamb_step(T weight, T mean, T square, const LambNumbers<T>& n) {
    const T root = (sizeof(T) == 4 ? static_cast<T>(__builtin_sqrtf(static_cast<float>(square))) : static_cast<T>(__builtin_sqrt(square)))
        / n.root_correction2 + n.epsilon;
    const T step = mean / n.correction1 / root;
    return n.decay != 0 ? multiply_add(weight, n.decay, step) : step;
}

template <typename T>
LambSquares lamb_moments(const T* __restrict weight, const T* __restrict gradient, T* __restrict mean, T* __restrict square, int64_t count,
                         const LambNumbers<T>& numbers) {
    constexpr int64_t block = 1 << 9;
    const LambNumbers<T> n = numbers;
    T steps[block];
    LambSquares sums{0, 0};
    for (int64_t start = 0; start < count; start += block) {
        const int64_t length = start + block < count ? block : count - start;
        const T *w = weight + start, *g = gradient + start;
        T *m = mean + start, *s = square + start;
        for (int64_t i = 0; i < length; i++) {
            const T value = g[i] * n.scale;
            m[i] = multiply_add(value, n.gradient1, m[i] * n.beta1);
            s[i] = multiply_add(n.gradient2 * value, value, s[i] * n.beta2);
            steps[i] = lamb_step(w[i], m[i], s[i], n);
        }
        sums.weight += sum_of_squares(w, length);
        sums.update += sum_of_squares(steps, length);
    }
    return sums;
}

template <typename T>
void lamb_update(T* __restrict weight, const T* __restrict mean, const T* __restrict square, int64_t count, const LambNumbers<T>& numbers, T trust) {
    const LambNumbers<T> n = numbers;
    for (int64_t i = 0; i < count; i++) {
        weight[i] = multiply_add(lamb_step(weight[i], mean[i], square[i], n) * trust, n.negative_rate, weight[i]);
    }
}

template <typename T>
void average(T* __restrict averages, const T* __restrict values, int64_t count, T decay, T rest) {
    for (int64_t i = 0; i < count; i++) averages[i] = multiply_add(values[i], rest, averages[i] * decay);
}

template <typename T>
void scale(T* values, int64_t count, T factor) {
    for (int64_t i = 0; i < count; i++) values[i] *= factor;
}

template <typename T>
constexpr Loops<T> table{sgd<T>, lamb_moments<T>, lamb_update<T>, average<T>, scale<T>, squares<T>};
