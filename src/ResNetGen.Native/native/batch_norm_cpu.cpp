// Fused batch normalisation on the processor: two passes over memory forward (statistics; everything else), two backward.
#include "batch_norm.h"
#include "batch_norm_shortcut.h"
#include "batch_norm_sums.h"

#include <cmath>
#include <memory>

namespace resnetgen::batch_norm {

namespace {

template <typename T>
T* data(const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<T*>(tensor.data_ptr()) : nullptr;
}

// y = scale * x + shift, a column. Computed the same way wherever it is needed, so that the mask of the backward pass is that
// of the forward pass to the bit.
template <typename T, typename Arguments>
struct Coefficients {
    using Real = RealOf<T>;
    std::vector<Real> scale, shift;

    Coefficients(const Parts& parts, const Arguments& a) : scale(parts.all_columns()), shift(parts.all_columns()) {
        const Real* mean = data<Real>(a.mean);
        const Real* invstd = data<Real>(a.invstd);
        const Real* weight = data<Real>(a.weight);
        const Real* bias = data<Real>(a.bias);
        const auto factor = [&](int64_t c) { return weight ? weight[c] * invstd[c] : invstd[c]; };
        parts.spread(scale.data(), factor);
        parts.spread(shift.data(), [&](int64_t c) {
            const double constant = bias ? bias[c] : 0;
            return static_cast<Real>(constant - static_cast<double>(mean[c]) * static_cast<double>(factor(c)));
        });
    }
};

double deviation(double variance, double eps) { return 1 / std::sqrt(variance + eps); }

// Momentum of this batch, which is counted.
double count_batch(const Forward& a) {
    if (a.batches.defined()) ++*a.batches.data_ptr<int64_t>();
    if (!std::isnan(a.momentum)) return a.momentum;
    return a.batches.defined() ? 1.0 / static_cast<double>(*a.batches.data_ptr<int64_t>()) : 0.0;
}

// Two vectors of channels as one tensor for the other ranks, and back. The vectors become what `exchange` makes of it.
template <typename Exchange>
void exchanged(std::vector<double>& first, std::vector<double>& second, Exchange exchange) {
    const auto channels = static_cast<int64_t>(first.size());
    const at::Tensor both = at::empty({2, channels}, at::kDouble);
    double* numbers = both.data_ptr<double>();
    std::copy(first.begin(), first.end(), numbers);
    std::copy(second.begin(), second.end(), numbers + channels);
    exchange(both);
    std::copy(numbers, numbers + channels, first.begin());
    std::copy(numbers + channels, numbers + 2 * channels, second.begin());
}

// The number of values a channel of all ranks.
double join(Forward& a, Moments& moments, int64_t values) {
    exchanged(moments.mean, moments.variance, [&](const at::Tensor& both) { a.joint_values = a.ranks->join_moments(both, values); });
    return *a.joint_values.data_ptr<double>();
}

template <typename T>
void statistics(Forward& a, const Parts& parts) {
    using Real = RealOf<T>;
    if (a.statistics == Statistics::Known) return;
    Real* mean = data<Real>(a.mean);
    Real* invstd = data<Real>(a.invstd);
    Real* running_mean = data<Real>(a.running_mean);
    Real* running_var = data<Real>(a.running_var);
    if (a.statistics == Statistics::Running) {
        for (int64_t c = 0; c < parts.channels; c++) {
            mean[c] = running_mean[c];
            invstd[c] = static_cast<Real>(deviation(running_var[c], a.eps));
        }
        return;
    }

    Moments moments(parts, data<T>(a.input));
    const double values = a.ranks ? join(a, moments, parts.values_a_channel()) : static_cast<double>(parts.values_a_channel());
    const double momentum = count_batch(a);
    for (int64_t c = 0; c < parts.channels; c++) {
        mean[c] = static_cast<Real>(moments.mean[c]);
        invstd[c] = static_cast<Real>(deviation(moments.variance[c], a.eps));
        const double unbiased = moments.variance[c] * values / (values - 1);
        if (running_mean) running_mean[c] = static_cast<Real>((1 - momentum) * running_mean[c] + momentum * moments.mean[c]);
        if (running_var) running_var[c] = static_cast<Real>((1 - momentum) * running_var[c] + momentum * unbiased);
    }
}

// Runs of a part that fit the first cache together with a copy, for what is copied before or after the kernel has it.
int64_t run_length(const Parts& parts) { return std::max<int64_t>(1, (1 << 12) / parts.width) * parts.width; }

template <typename Body>
void each_run(const Parts& parts, int64_t part, Body body) {
    const int64_t length = run_length(parts);
    const int64_t end = parts.offset(part) + parts.size(part);
    for (int64_t at = parts.offset(part); at < end; at += length) body(at, std::min(length, end - at));
}

template <typename T>
void forward_as(Forward& a) {
    const Parts parts(a.input);
    statistics<T>(a, parts);

    const Coefficients<T, Forward> line(parts, a);
    const Kernels<T>& kernels = kernels_of<T>();
    const T* input = data<T>(a.input);
    const T* addend = data<T>(a.addend);
    T* output = data<T>(a.output);
    const auto normalise = [&](int64_t part, int64_t at, int64_t count, const T* added) {
        const int64_t columns = parts.columns_of(part);
        kernels.normalise(input + at, added, output + at, parts.extent_of(count), line.scale.data() + columns, line.shift.data() + columns, a.relu);
    };
    if (!addend || a.padding.identity()) {
        parts.run(true, [&](int64_t part) {
            const int64_t at = parts.offset(part);
            normalise(part, at, parts.size(part), addend ? addend + at : nullptr);
        });
        return;
    }

    const Shortcut shortcut(a.input, a.addend, a.padding);
    parts.run(true, [&](int64_t part) {
        const std::unique_ptr<T[]> run(new T[run_length(parts)]);
        each_run(parts, part, [&](int64_t at, int64_t count) {
            shortcut.gather(addend, at, count, run.get());
            normalise(part, at, count, run.get());
        });
    });
}

// Everything the two passes of the backward direction share.
template <typename T>
class BackwardPasses {
public:
    using Real = RealOf<T>;

    explicit BackwardPasses(const Backward& a)
        : a_(a), parts_(a.input), line_(parts_, a), mean_(parts_.all_columns()), sum_(parts_.channels), product_(parts_.channels),
          mask_(!a.relu ? Mask::None : a.output.defined() ? Mask::Output : Mask::Input) {
        const Real* mean = data<Real>(a.mean);
        parts_.spread(mean_.data(), [&](int64_t c) { return mean[c]; });
    }

    void run() {
        const bool slopes = a_.input_gradient.defined() && a_.batch_statistics;
        if (mask_ == Mask::Output) masked_ = masked_gradient();
        if (slopes || mask_ == Mask::Output || a_.addend_gradient.defined() || a_.weight_gradient.defined() || a_.bias_gradient.defined()) reduce();
        if (a_.input_gradient.defined()) differentiate();
    }

private:
    bool scatters() const { return a_.addend_gradient.defined() && !a_.padding.identity(); }

    // The first pass leaves the masked gradient where it is wanted or will be overwritten, so that the second needs no mask.
    at::Tensor masked_gradient() const {
        if (a_.addend_gradient.defined() && a_.padding.identity()) return a_.addend_gradient;
        return a_.input_gradient.defined() ? a_.input_gradient : at::empty_like(a_.gradient);
    }

    void reduce() {
        const Kernels<T>& kernels = kernels_of<T>();
        PartSums sums(parts_);
        Shortcut shortcut(a_.input, scatters() ? a_.addend_gradient : a_.input, a_.padding);
        parts_.run(false, [&](int64_t part) {
            const std::unique_ptr<Real[]> columns(new Real[2 * parts_.width]);
            const auto take = [&](int64_t at, int64_t count) {
                const Extent extent = parts_.extent_of(count);
                kernels.reduce(reduction(part, at, extent, columns.get()), mask_);
                const Real* sum = columns.get();
                const Real* product = sum + parts_.width;
                parts_.each_column(extent, [&](int64_t c, int64_t column) {
                    sums.first(part)[c] += sum[column];
                    sums.second(part)[c] += product[column];
                });
            };
            if (!scatters()) return take(parts_.offset(part), parts_.size(part));
            const T* run = data<T>(masked_.defined() ? masked_ : a_.gradient);
            each_run(parts_, part, [&](int64_t at, int64_t count) {
                take(at, count);
                shortcut.scatter(run + at, at, count, data<T>(a_.addend_gradient));
            });
        });

        sums.each([&](int64_t, int64_t c, double sum, double product) {
            sum_[c] += sum;
            product_[c] += product;
        });
        Real* weight = data<Real>(a_.weight_gradient);
        Real* bias = data<Real>(a_.bias_gradient);
        const Real* invstd = data<Real>(a_.invstd);
        for (int64_t c = 0; c < parts_.channels; c++) {
            if (weight) weight[c] = static_cast<Real>(product_[c] * invstd[c]);
            if (bias) bias[c] = static_cast<Real>(sum_[c]);
        }
        if (a_.ranks && a_.input_gradient.defined()) exchanged(sum_, product_, [&](const at::Tensor& both) { a_.ranks->join_sums(both); });
    }

    Reduce<T> reduction(int64_t part, int64_t at, Extent extent, Real* columns) const {
        const int64_t column = parts_.columns_of(part);
        return {data<T>(a_.gradient) + at, data<T>(a_.input) + at, mask_ == Mask::Output ? data<T>(a_.output) + at : nullptr,
                mask_ == Mask::Output ? data<T>(masked_) + at : nullptr, extent, mean_.data() + column, line_.scale.data() + column,
                line_.shift.data() + column, columns, columns + parts_.width};
    }

    // dx = scale * (g - sum g / n - (x - mean) * invstd^2 * sum(g (x - mean)) / n), as scale * g + slope * x + offset.
    void differentiate() {
        const Kernels<T>& kernels = kernels_of<T>();
        std::vector<Real> slope, offset;
        if (a_.batch_statistics) {
            const double share = 1.0 / (a_.ranks ? *a_.joint_values.data_ptr<double>() : static_cast<double>(parts_.values_a_channel()));
            const Real* mean = data<Real>(a_.mean);
            const Real* invstd = data<Real>(a_.invstd);
            const Real* weight = data<Real>(a_.weight);
            const auto scale = [&](int64_t c) { return weight ? static_cast<double>(weight[c]) * invstd[c] : static_cast<double>(invstd[c]); };
            const auto inclination = [&](int64_t c) { return -scale(c) * invstd[c] * invstd[c] * product_[c] * share; };
            slope.resize(parts_.all_columns());
            offset.resize(parts_.all_columns());
            parts_.spread(slope.data(), [&](int64_t c) { return static_cast<Real>(inclination(c)); });
            parts_.spread(offset.data(), [&](int64_t c) { return static_cast<Real>(-scale(c) * sum_[c] * share - inclination(c) * mean[c]); });
        }
        const T* gradient = data<T>(masked_.defined() ? masked_ : a_.gradient);
        parts_.run(true, [&](int64_t part) {
            const int64_t at = parts_.offset(part), column = parts_.columns_of(part);
            kernels.differentiate({gradient + at, data<T>(a_.input) + at, data<T>(a_.input_gradient) + at, parts_.extent(part),
                                   line_.scale.data() + column, line_.shift.data() + column, slope.empty() ? nullptr : slope.data() + column,
                                   offset.empty() ? nullptr : offset.data() + column}, mask_);
        });
    }

    const Backward& a_;
    const Parts parts_;
    const Coefficients<T, Backward> line_;
    std::vector<Real> mean_;
    std::vector<double> sum_, product_;
    const Mask mask_;
    at::Tensor masked_;
};

bool takes(const at::Tensor& input) {
    return input.scalar_type() == at::kFloat || input.scalar_type() == at::kDouble || input.scalar_type() == at::kBFloat16;
}

void forward(Forward& a) {
    switch (a.input.scalar_type()) {
        case at::kFloat: return forward_as<float>(a);
        case at::kDouble: return forward_as<double>(a);
        default: return forward_as<BFloat16>(a);
    }
}

void backward(const Backward& a) {
    switch (a.input.scalar_type()) {
        case at::kFloat: return BackwardPasses<float>(a).run();
        case at::kDouble: return BackwardPasses<double>(a).run();
        default: return BackwardPasses<BFloat16>(a).run();
    }
}

const Registration registration(at::kCPU, {takes, forward, backward});

}  // namespace

}  // namespace resnetgen::batch_norm
