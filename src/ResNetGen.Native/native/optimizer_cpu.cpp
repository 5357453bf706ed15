// The passes on the processor: which loops, and which piece of which tensor.
#include "optimizer.h"
#include "optimizer_loops.h"
#include "pieces.h"

#include <ATen/Dispatch.h>
#include <ATen/Version.h>

#include <atomic>
#include <cmath>

namespace resnetgen {

Processor processor() {
    static const Processor found = [] {
        const std::string config = at::show_config();
        if (config.find("capability usage: AVX512") != std::string::npos) return Processor::Avx512;
        if (config.find("capability usage: AVX2") != std::string::npos) return Processor::Avx2;
        return Processor::Baseline;
    }();
    return found;
}

namespace {

template <typename T>
const Loops<T>& loops() {
    return loops_for<T>(processor());
}

template <typename T>
T* data(const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<T*>(tensor.data_ptr()) : nullptr;
}

bool is_stopped(const Known& known) { return known.found.defined() && known.found.item<float>() != 0; }
double rate_of(const Known& known, double rate) { return known.rate.defined() ? known.rate.item<double>() : rate; }
double scale_of(const Known& known) { return known.scale.defined() ? known.scale.item<double>() : 1; }

template <typename List, typename Tensor>
Pieces pieces_of(const List& list, const Tensor& tensor) {
    Pieces pieces;
    for (size_t i = 0; i < list.size(); i++) pieces.add(static_cast<int64_t>(i), tensor(list[i]).numel());
    return pieces;
}

// The pointers of a slice: taken once, not by each thread for each piece.
template <typename T>
struct Pointers {
    T *weight, *gradient, *first, *second;
};

template <typename T>
std::vector<Pointers<T>> pointers_of(const std::vector<Slice>& slices) {
    std::vector<Pointers<T>> pointers;
    pointers.reserve(slices.size());
    for (const Slice& slice : slices) pointers.push_back({data<T>(slice.weight), data<T>(slice.gradient), data<T>(slice.first), data<T>(slice.second)});
    return pointers;
}

template <typename Body>
void for_type(at::ScalarType type, Body&& body) {
    if (type == at::kDouble) body(double());
    else body(float());
}

void sgd(const std::vector<Slice>& slices, const SgdStep& step, const Known& known) {
    if (is_stopped(known)) return;
    const double rate = rate_of(known, step.rate), scale = scale_of(known);
    for_type(slices[0].weight.scalar_type(), [&](auto zero) {
        using T = decltype(zero);
        const auto pointers = pointers_of<T>(slices);
        pieces_of(slices, [](const Slice& slice) -> const at::Tensor& { return slice.weight; }).run([&](const Piece& piece, size_t) {
            const Slice& slice = slices[piece.tensor];
            const Pointers<T>& p = pointers[piece.tensor];
            const Momentum kind = p.first == nullptr ? Momentum::None : slice.fresh ? Momentum::Begins : Momentum::Goes;
            loops<T>().sgd(p.weight + piece.begin, p.gradient + piece.begin, p.first == nullptr ? nullptr : p.first + piece.begin, piece.count,
                {static_cast<T>(-rate), static_cast<T>(step.momentum), static_cast<T>(slice.decay), static_cast<T>(scale), kind, step.nesterov});
        });
    });
}

template <typename T>
void lamb_of(const std::vector<Slice>& slices, const LambStep& step, double rate, double scale) {
    const auto numbers = [&](const Slice& slice) -> LambNumbers<T> {
        return {static_cast<T>(step.beta1), static_cast<T>(1 - step.beta1), static_cast<T>(step.beta2), static_cast<T>(1 - step.beta2),
            static_cast<T>(step.correction1), static_cast<T>(std::sqrt(step.correction2)), static_cast<T>(step.epsilon),
            static_cast<T>(slice.decay), static_cast<T>(scale), static_cast<T>(-rate)};
    };
    const auto pointers = pointers_of<T>(slices);
    const Pieces pieces = pieces_of(slices, [](const Slice& slice) -> const at::Tensor& { return slice.weight; });
    std::vector<LambSquares> squares(pieces.size());
    pieces.run([&](const Piece& piece, size_t i) {
        const Pointers<T>& p = pointers[piece.tensor];
        squares[i] = loops<T>().lamb_moments(p.weight + piece.begin, p.gradient + piece.begin, p.first + piece.begin, p.second + piece.begin,
            piece.count, numbers(slices[piece.tensor]));
    });

    // In the order of the pieces, whoever computed them.
    std::vector<LambSquares> sums(slices.size(), {0, 0});
    for (size_t i = 0; i < pieces.size(); i++) {
        sums[pieces[i].tensor].weight += squares[i].weight;
        sums[pieces[i].tensor].update += squares[i].update;
    }

    pieces.run([&](const Piece& piece, size_t) {
        const Slice& slice = slices[piece.tensor];
        const LambSquares& sum = sums[piece.tensor];
        const double trust = slice.decay != 0 && sum.weight > 0 && sum.update > 0 ? std::sqrt(sum.weight) / std::sqrt(sum.update) : 1;
        const Pointers<T>& p = pointers[piece.tensor];
        loops<T>().lamb_update(p.weight + piece.begin, p.first + piece.begin, p.second + piece.begin, piece.count, numbers(slice), static_cast<T>(trust));
    });
}

void lamb(const std::vector<Slice>& slices, const LambStep& step, const Known& known) {
    if (is_stopped(known)) return;
    for_type(slices[0].weight.scalar_type(), [&](auto zero) { lamb_of<decltype(zero)>(slices, step, rate_of(known, step.rate), scale_of(known)); });
}

void average(const std::vector<Pair>& pairs, double decay, const Known& known) {
    if (is_stopped(known)) return;
    for_type(pairs[0].average.scalar_type(), [&](auto zero) {
        using T = decltype(zero);
        pieces_of(pairs, [](const Pair& pair) -> const at::Tensor& { return pair.average; }).run([&](const Piece& piece, size_t) {
            const Pair& pair = pairs[piece.tensor];
            loops<T>().average(data<T>(pair.average) + piece.begin, data<T>(pair.value) + piece.begin, piece.count, static_cast<T>(decay), static_cast<T>(1 - decay));
        });
    });
}

void scale(const std::vector<at::Tensor>& tensors, const Known& known) {
    const double factor = scale_of(known);
    if (factor == 1) return;
    for_type(tensors[0].scalar_type(), [&](auto zero) {
        using T = decltype(zero);
        pieces_of(tensors, [](const at::Tensor& tensor) -> const at::Tensor& { return tensor; }).run([&](const Piece& piece, size_t) {
            loops<T>().scale(data<T>(tensors[piece.tensor]) + piece.begin, piece.count, static_cast<T>(factor));
        });
    });
}

void measure(const std::vector<at::Tensor>& tensors, const at::Tensor& squares, const at::Tensor& found) {
    for_type(tensors[0].scalar_type(), [&](auto zero) {
        using T = decltype(zero);
        const Pieces pieces = pieces_of(tensors, [](const at::Tensor& tensor) -> const at::Tensor& { return tensor; });
        std::vector<double> sums(pieces.size());
        std::atomic<bool> finite{true};
        pieces.run([&](const Piece& piece, size_t i) {
            bool all = true;
            sums[i] = loops<T>().squares(data<T>(tensors[piece.tensor]) + piece.begin, piece.count, &all);
            if (!all) finite.store(false, std::memory_order_relaxed);
        });
        double sum = *squares.data_ptr<double>();
        for (const double one : sums) sum += one;
        *squares.data_ptr<double>() = sum;
        if (!finite.load()) *found.data_ptr<float>() = 1;
    });
}

constexpr Kernels table{sgd, lamb, average, scale, measure};

}  // namespace

const Kernels* cpu_kernels(at::ScalarType type) {
    return type == at::kFloat || type == at::kDouble ? &table : nullptr;
}

}  // namespace resnetgen
