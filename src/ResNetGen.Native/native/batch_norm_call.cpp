#include "batch_norm_call.h"

#include <ATen/record_function.h>

#include <array>
#include <atomic>
#include <cmath>

namespace resnetgen::batch_norm {

namespace {

constexpr size_t device_types = static_cast<size_t>(at::DeviceType::COMPILE_TIME_MAX_DEVICE_TYPES);

struct Entry {
    Backend backend{};
    bool present = false;
};

std::array<Entry, device_types>& registry() {
    static std::array<Entry, device_types> entries;
    return entries;
}

at::Tensor or_undefined(const at::Tensor* tensor) { return tensor ? *tensor : at::Tensor(); }

at::Tensor in_type(const at::Tensor& tensor, at::ScalarType type) {
    return tensor.scalar_type() == type && tensor.is_contiguous() ? tensor : tensor.to(type).contiguous();
}

// A parameter or statistic of the norm: checked, and in the arithmetic type.
at::Tensor channel_vector(const at::Tensor* tensor, const char* name, const at::Tensor& input) {
    if (!tensor || !tensor->defined()) return {};
    TORCH_CHECK(tensor->numel() == input.size(1), "This norm has ", tensor->numel(), " channels (its ", name, " is ", tensor->sizes(),
                "), but the input ", input.sizes(), " has ", input.size(1), ": they must be the same.");
    TORCH_CHECK(tensor->device() == input.device(), "The norm's ", name, " is on ", tensor->device(), ", the input on ", input.device(),
                ": move the module or the input with to().");
    const at::ScalarType wanted = arithmetic_type(input.scalar_type());
    TORCH_CHECK(tensor->scalar_type() == wanted || tensor->scalar_type() == input.scalar_type(), "The norm's ", name, " is ",
                tensor->scalar_type(), ", which does not go with an input of ", input.scalar_type(), ": expected ", wanted, " or ", input.scalar_type(), ".");
    return in_type(*tensor, wanted);
}

at::MemoryFormat format_of(const at::Tensor& tensor) {
    return tensor.is_contiguous(at::MemoryFormat::ChannelsLast) ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

at::Tensor in_format(const at::Tensor& tensor, at::MemoryFormat format) {
    return tensor.is_contiguous(format) ? tensor : tensor.contiguous(format);
}

void check_addend(const Forward& a) {
    const ChannelPadding& p = a.padding;
    TORCH_CHECK(p.stride >= 1 && p.before >= 0 && p.after >= 0, "Option A takes a stride of at least 1 and no negative number of zero channels, got stride ",
                p.stride, " and ", p.before, " channels before, ", p.after, " after.");
    const at::Tensor& t = a.addend;
    TORCH_CHECK(t.dim() == 4, "What is added must be feature maps [N, C, H, W], got ", t.sizes(), ".");
    TORCH_CHECK(t.device() == a.input.device(), "What is added is on ", t.device(), ", the input on ", a.input.device(), ".");
    TORCH_CHECK(at::isFloatingType(t.scalar_type()), "What is added must be of a floating type, got ", t.scalar_type(), ".");
    const std::array<int64_t, 4> made{t.size(0), t.size(1) + p.before + p.after, (t.size(2) + p.stride - 1) / p.stride, (t.size(3) + p.stride - 1) / p.stride};
    TORCH_CHECK(a.input.sizes() == at::IntArrayRef(made), "What is added is ", t.sizes(), ", which stride ", p.stride, " and ", p.before, " + ", p.after,
                " zero channels make ", at::IntArrayRef(made), ", but the normalised map is ", a.input.sizes(), ": they must be the same.");
}

// Without a version a later in-place change could not be noticed by autograd; tensors of inference mode have none.
void mark_changed(const at::Tensor& tensor) {
    if (tensor.defined() && !tensor.is_inference()) tensor.unsafeGetTensorImpl()->bump_version();
}

// Counts the holders of a fresh gradient as a custom function sees it.
struct Probe : torch::autograd::Function<Probe> {
    static at::Tensor forward(torch::autograd::AutogradContext*, const at::Tensor& x) { return x.clone(); }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext*, const torch::autograd::variable_list& gradients) {
        holders().store(static_cast<int64_t>(gradients[0].use_count()));
        return {gradients[0]};
    }

    static std::atomic<int64_t>& holders() {
        static std::atomic<int64_t> count{1};
        return count;
    }
};

// The engine and the custom function's node hold what they pass on once or twice, depending on the version of libtorch: asked
// for, once, with a gradient that surely nobody else holds.
int64_t holders_of_a_fresh_gradient() {
    static const int64_t count = [] {
        at::DisableRecordFunctionGuard nobody_looks_on;
        at::AutoGradMode enabled(true);
        const at::Tensor x = at::ones({2}).set_requires_grad(true);
        at::Tensor sum = (Probe::apply(x) * 2).sum();
        sum.backward();
        return Probe::holders().load();
    }();
    return count;
}

}  // namespace

Registration::Registration(at::DeviceType device, Backend backend) { registry()[static_cast<size_t>(device)] = {backend, true}; }

const Backend* backend(at::DeviceType device) {
    const Entry& entry = registry()[static_cast<size_t>(device)];
    return entry.present ? &entry.backend : nullptr;
}

at::ScalarType arithmetic_type(at::ScalarType type) { return type == at::kBFloat16 || type == at::kHalf ? at::kFloat : type; }

bool takes(const at::Tensor& input) {
    if (input.dim() != 4 || input.numel() == 0 || input.layout() != at::kStrided) return false;
    const Backend* device = backend(input.device().type());
    return device && device->takes(input);
}

Forward prepare(const RnBatchNormCall& call) {
    Forward a;
    TORCH_CHECK(call.input && call.input->dim() == 4, "Fused batch normalisation takes feature maps [N, C, H, W], got ", call.input->sizes(), ".");
    a.input = *call.input;
    TORCH_CHECK(takes(a.input), "Fused batch normalisation has no kernel for ", a.input.sizes(), " of ", a.input.scalar_type(), " (", a.input.layout(),
                ") on ", a.input.device(), ": ask Takes(input) first, and call the norm itself where it says no.");

    a.weight = channel_vector(call.weight, "weight", a.input);
    a.bias = channel_vector(call.bias, "bias", a.input);
    const bool running = call.running_mean || call.running_var;
    a.statistics = call.training || !running ? Statistics::Batch : Statistics::Running;
    if (!call.training || call.track) {
        // Looked at, but left as they are: written to in place later.
        for (const auto& [tensor, name] : {std::make_pair(call.running_mean, "running_mean"), std::make_pair(call.running_var, "running_var")}) {
            channel_vector(tensor, name, a.input);
        }
        a.running_mean = or_undefined(call.running_mean);
        a.running_var = or_undefined(call.running_var);
        if (call.training) a.batches = or_undefined(call.batches);
    }
    TORCH_CHECK(a.statistics == Statistics::Batch || (a.running_mean.defined() && a.running_var.defined()),
                "In evaluation mode a norm needs both running_mean and running_var, or neither.");
    if (call.training) a.ranks = current_ranks();
    const int64_t values = a.input.size(0) * a.input.size(2) * a.input.size(3);
    TORCH_CHECK(a.statistics == Statistics::Running || a.ranks || values != 1, "Expected more than 1 value per channel when training, got input size ", a.input.sizes());
    a.momentum = call.momentum;
    a.eps = call.eps;
    a.relu = call.relu != 0;

    // A map that is neither channels_last nor contiguous is copied into the one that its strides are closer to.
    if (!a.input.is_contiguous(at::MemoryFormat::ChannelsLast) && !a.input.is_contiguous()) {
        a.input = a.input.contiguous(a.input.suggest_memory_format());
    }
    if (call.addend) {
        a.addend = *call.addend;
        a.padding = {call.stride, call.before, call.after};
        check_addend(a);
        a.addend = in_format(a.addend.to(a.input.scalar_type()), format_of(a.input));
    }
    return a;
}

void allocate(Forward& a) {
    const auto vector = a.input.options().dtype(arithmetic_type(a.input.scalar_type()));
    a.mean = at::empty({a.input.size(1)}, vector);
    a.invstd = at::empty({a.input.size(1)}, vector);
    a.output = at::empty_like(a.input);
}

void run(Forward& a) {
    at::NoGradGuard no_grad;
    const at::Tensor kept_mean = a.running_mean, kept_var = a.running_var;
    const auto usable = [&](const at::Tensor& kept) {
        return kept.defined() ? in_type(kept, arithmetic_type(a.input.scalar_type())) : at::Tensor();
    };
    a.running_mean = usable(kept_mean);
    a.running_var = usable(kept_var);
    backend(a.input.device().type())->forward(a);
    if (a.statistics != Statistics::Batch) return;
    for (const auto& [kept, used] : {std::make_pair(kept_mean, a.running_mean), std::make_pair(kept_var, a.running_var)}) {
        if (kept.defined() && kept.data_ptr() != used.data_ptr()) kept.copy_(used);
        mark_changed(kept);
    }
    mark_changed(a.batches);
}

Gradients differentiate(const Saved& saved, const at::Tensor& arrived, bool mine) {
    at::NoGradGuard no_grad;
    Gradients result;
    const at::MemoryFormat format = format_of(saved.input);
    Backward a;
    a.gradient = in_format(arrived, format);
    mine = mine || !a.gradient.is_same(arrived);
    a.input = saved.input;
    a.output = saved.output;
    a.padding = saved.padding;
    a.relu = saved.relu;
    a.weight = saved.weight;
    a.bias = saved.bias;
    a.mean = saved.mean;
    a.invstd = saved.invstd;
    a.batch_statistics = saved.batch_statistics;
    a.ranks = saved.ranks;
    a.joint_values = saved.joint_values;

    // The arrived gradient's memory goes to the first who can be written over it.
    const auto over_gradient = [&] {
        if (!mine) return at::empty_like(saved.input);
        mine = false;
        return a.gradient;
    };
    if (saved.wants_addend) {
        if (!saved.padding.identity()) {
            const int64_t channels = saved.input.size(1) - saved.padding.before - saved.padding.after;
            a.addend_gradient = at::empty({saved.input.size(0), channels, saved.own_height, saved.own_width}, saved.input.options().memory_format(format));
        } else if (saved.relu) {
            a.addend_gradient = over_gradient();
        } else {
            mine = false;  // handed on as it is
        }
    }
    if (saved.wants_input) a.input_gradient = over_gradient();
    const auto vector = saved.mean.options();
    if (saved.wants_weight) a.weight_gradient = at::empty({saved.input.size(1)}, vector);
    if (saved.wants_bias) a.bias_gradient = at::empty({saved.input.size(1)}, vector);
    backend(saved.input.device().type())->backward(a);

    result.input = a.input_gradient;
    result.addend = saved.wants_addend && !a.addend_gradient.defined() ? a.gradient : a.addend_gradient;
    result.weight = a.weight_gradient;
    result.bias = a.bias_gradient;
    return result;
}

bool is_last_reader(const at::Tensor& gradient) {
    return static_cast<int64_t>(gradient.use_count()) <= holders_of_a_fresh_gradient() && gradient.storage().use_count() == 1 &&
           !gradient.requires_grad() && gradient.is_non_overlapping_and_dense();
}

void refuse_second_derivative(const char* what) {
    TORCH_CHECK(!at::GradMode::is_enabled(), what, " is differentiable once: its backward pass cannot run with create_graph = true. ",
                "Call the norm, the addition and the ReLU one by one where gradients of gradients are needed.");
}

RanksPointer& current_ranks() {
    static thread_local RanksPointer ranks;
    return ranks;
}

bool& recomputes() {
    static thread_local bool second = false;
    return second;
}

void keep_ranks(torch::autograd::AutogradContext& context, const Forward& a) {
    if (!a.ranks) return;
    context.saved_data["ranks"] = c10::IValue::make_capsule(a.ranks);
    context.saved_data["joint_values"] = a.joint_values;
}

void recall_ranks(const torch::autograd::AutogradContext& context, Saved& saved) {
    const auto found = context.saved_data.find("ranks");
    if (found == context.saved_data.end()) return;
    saved.ranks = c10::static_intrusive_pointer_cast<Ranks>(found->second.toCapsule());
    saved.joint_values = context.saved_data.at("joint_values").toTensor();
}

bool recorded(std::initializer_list<at::Tensor> tensors) {
    if (!at::GradMode::is_enabled()) return false;
    for (const at::Tensor& tensor : tensors) {
        if (!tensor.defined() || !tensor.requires_grad()) continue;
        holders_of_a_fresh_gradient();  // now, rather than in the middle of a backward pass
        return true;
    }
    return false;
}

}  // namespace resnetgen::batch_norm
