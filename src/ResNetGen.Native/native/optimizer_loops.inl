// The loops themselves; included by optimizer_loops.cpp in a namespace for each kind of processor. RN_FUSED is 1 where
// libtorch's kernels for it multiply and add in one instruction. The compiler must not do so on its own (-ffp-contract=off).

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

// Thirty-two partial sums in double, whatever the processor's vectors are: the same sum everywhere. Written with the compiler's own
// vectors, since no order of a sum may be chosen by it.
template <typename T>
double squares_and_bits(const T* values, int64_t count, typename Bits<T>::type* found) {
    using Bit = typename Bits<T>::type;
    constexpr int64_t lanes = 8, sums = 4;
    typedef T Values __attribute__((vector_size(lanes * sizeof(T))));
    typedef Bit Patterns __attribute__((vector_size(lanes * sizeof(T))));
    typedef double Doubles __attribute__((vector_size(lanes * sizeof(double))));
    constexpr Bit exponent = Bits<T>::exponent;
    Doubles sum[sums] = {};
    Patterns bad = {};
    int64_t i = 0;
    for (; i + lanes * sums <= count; i += lanes * sums) {
        for (int64_t k = 0; k < sums; k++) {
            Values value;
            Patterns pattern;
            __builtin_memcpy(&value, values + i + k * lanes, sizeof value);
            __builtin_memcpy(&pattern, values + i + k * lanes, sizeof pattern);
            const Doubles wide = __builtin_convertvector(value, Doubles);
            sum[k] += wide * wide;
            bad |= reinterpret_cast<Patterns>((pattern & exponent) == exponent);
        }
    }
    double rest = 0;
    Bit any = 0;
    for (; i < count; i++) {
        const double value = values[i];
        rest += value * value;
        Bit bits;
        __builtin_memcpy(&bits, values + i, sizeof bits);
        any |= static_cast<Bit>((bits & exponent) == exponent);
    }
    const Doubles all = (sum[0] + sum[2]) + (sum[1] + sum[3]);
    for (int64_t lane = 0; lane < lanes; lane++) any |= bad[lane];
    *found |= any;
    return (((all[0] + all[4]) + (all[2] + all[6])) + ((all[1] + all[5]) + (all[3] + all[7]))) + rest;
}

template <typename T>
double squares(const T* values, int64_t count, bool* finite) {
    typename Bits<T>::type found = 0;
    const double sum = squares_and_bits(values, count, &found);
    if (found != 0) *finite = false;
    return sum;
}

// In blocks of one length and without leaving a block early: that is what compilers turn into vector instructions.
template <typename Bit>
bool finite(const Bit* bits, int64_t count, Bit exponent) {
    constexpr int64_t block = 1 << 10;
    for (int64_t start = 0; start < count; start += block) {
        const int64_t end = start + block < count ? start + block : count;
        Bit found = 0;
        for (int64_t i = start; i < end; i++) found |= static_cast<Bit>((bits[i] & exponent) == exponent);
        if (found != 0) return false;
    }
    return true;
}

constexpr FiniteLoops finite_table{finite<uint16_t>, finite<uint32_t>, finite<uint64_t>};

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
        typename Bits<T>::type unused = 0;
        sums.weight += squares_and_bits(w, length, &unused);
        sums.update += squares_and_bits(steps, length, &unused);
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
