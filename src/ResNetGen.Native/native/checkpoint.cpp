// A block of a network as one autograd node that keeps the block's input alone: forward runs the block without a graph, backward
// runs it again with one and takes the gradients from there. The block itself is managed code, called back through a function.
#include "autocast.h"
#include "batch_norm_call.h"
#include "convolution.h"
#include "guard.h"
#include "random_state.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <string>
#include <utility>
#include <vector>

using resnetgen::guarded;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What the managed side answers with: an output, or the message of the exception that it must not let through.
struct rn_answer {
    at::Tensor output;
    std::string error;
};

namespace {

// Takes the input, which it releases, and gives an answer; not 0 where that is a message.
using RunBlock = int32_t (*)(void* block, at::Tensor* input, rn_answer* answer, int32_t again);
using ReleaseBlock = void (*)(void* block);

// The settings of a region of autocast, of both kinds of device, for the time of its life. Casts of weights are not cached in it:
// one that was made without a graph must not be found by somebody who builds one.
class AutocastRegion {
public:
    AutocastRegion(resnetgen::AutocastState cpu, resnetgen::AutocastState gpu) {
        at::autocast::set_autocast_cache_enabled(false);
        resnetgen::set_autocast_state(at::kCPU, cpu);
        resnetgen::set_autocast_state(at::kCUDA, gpu);
    }
    ~AutocastRegion() {
        resnetgen::set_autocast_state(at::kCUDA, gpu_before_);
        resnetgen::set_autocast_state(at::kCPU, cpu_before_);
        at::autocast::set_autocast_cache_enabled(cache_before_);
    }
    AutocastRegion(const AutocastRegion&) = delete;
    AutocastRegion& operator=(const AutocastRegion&) = delete;

private:
    const bool cache_before_ = at::autocast::is_autocast_cache_enabled();
    const resnetgen::AutocastState cpu_before_ = resnetgen::autocast_state(at::kCPU);
    const resnetgen::AutocastState gpu_before_ = resnetgen::autocast_state(at::kCUDA);
};

// The ranks that normalisations share their statistics with, for the time of its life: the second run may be on another thread.
class RanksRegion {
public:
    explicit RanksRegion(const resnetgen::batch_norm::RanksPointer& ranks)
        : before_(std::exchange(resnetgen::batch_norm::current_ranks(), ranks)), recomputed_before_(std::exchange(resnetgen::batch_norm::recomputes(), true)) {}
    ~RanksRegion() {
        resnetgen::batch_norm::recomputes() = recomputed_before_;
        resnetgen::batch_norm::current_ranks() = before_;
    }
    RanksRegion(const RanksRegion&) = delete;
    RanksRegion& operator=(const RanksRegion&) = delete;

private:
    const resnetgen::batch_norm::RanksPointer before_;
    const bool recomputed_before_;
};

// What runs a block twice, for the time of either run.
class BlockRegion {
public:
    BlockRegion() : before_(std::exchange(resnetgen::conv::in_recomputed_block(), true)) {}
    ~BlockRegion() { resnetgen::conv::in_recomputed_block() = before_; }
    BlockRegion(const BlockRegion&) = delete;
    BlockRegion& operator=(const BlockRegion&) = delete;

private:
    const bool before_;
};

// Statistics that a second run of a block must not move lie aside for the time of its life. What the run reads in their place has
// no value: in training a normalisation takes the batch's own.
class StatisticsAside {
public:
    // Memory is taken before anything is moved: where there is none left, everything is still in its place.
    explicit StatisticsAside(std::vector<at::Tensor>& buffers) : buffers_(buffers) {
        std::vector<at::Tensor> instead;
        for (const at::Tensor& buffer : buffers_) instead.push_back(at::zeros_like(buffer));
        kept_.reserve(buffers_.size());
        for (size_t i = 0; i < instead.size(); i++) {
            kept_.push_back(buffers_[i].variable_data());
            buffers_[i].set_data(instead[i]);
        }
    }
    // Backwards, so that a buffer that is there twice ends with what it began with.
    ~StatisticsAside() {
        for (size_t i = kept_.size(); i-- > 0;) buffers_[i].set_data(kept_[i]);
    }
    StatisticsAside(const StatisticsAside&) = delete;
    StatisticsAside& operator=(const StatisticsAside&) = delete;

private:
    std::vector<at::Tensor>& buffers_;
    std::vector<at::Tensor> kept_;
};

// One call of a block: the block, and everything about the moment that its second run has to find again.
class Pass : public torch::CustomClassHolder {
public:
    Pass(void* block, RunBlock run, ReleaseBlock release) : block_(block), run_(run), release_(release) {}
    ~Pass() override { release_(block_); }

    at::Tensor first(const at::Tensor& input, bool draws) {
        cpu_ = resnetgen::autocast_state(at::kCPU);
        gpu_ = resnetgen::autocast_state(at::kCUDA);
        ranks_ = resnetgen::batch_norm::current_ranks();
        const AutocastRegion region(cpu_, gpu_);
        random_ = resnetgen::RandomState(input.device(), draws);
        at::Tensor output = run(input, false);
        random_.forget_unused();
        return output;
    }

    at::Tensor again(const at::Tensor& input) {
        const RanksRegion ranks(ranks_);
        const AutocastRegion region(cpu_, gpu_);
        const StatisticsAside aside(buffers);
        const resnetgen::RandomState::Replay replay(random_);
        return run(input, true);
    }

    // Running statistics and counters of the block's normalisations in training.
    std::vector<at::Tensor> buffers;

private:
    at::Tensor run(const at::Tensor& input, bool again) {
        const BlockRegion region;
        rn_answer answer;
        const int32_t failed = run_(block_, new at::Tensor(input), &answer, again ? 1 : 0);
        TORCH_CHECK(failed == 0, answer.error);
        // A block that hands on what it took, or a view of it, is nobody's tensor to write on.
        return answer.output.is_alias_of(input) ? answer.output.clone() : answer.output;
    }

    void* block_;
    RunBlock run_;
    ReleaseBlock release_;
    resnetgen::AutocastState cpu_{}, gpu_{};
    resnetgen::batch_norm::RanksPointer ranks_;
    resnetgen::RandomState random_;
};

// The parameters are inputs of the node, so that their gradients take the ordinary way: accumulated, hooked, or asked for alone.
class Checkpoint : public torch::autograd::Function<Checkpoint> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, at::TensorList parameters, const c10::intrusive_ptr<Pass>& pass, bool draws) {
        variable_list kept{input};
        kept.insert(kept.end(), parameters.begin(), parameters.end());
        context->save_for_backward(std::move(kept));
        context->saved_data["pass"] = c10::IValue::make_capsule(pass);
        return pass->first(input, draws);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        TORCH_CHECK(!at::GradMode::is_enabled(), "a block that is recomputed has no second derivatives; they need Recompute = None or Normalisation");
        const variable_list kept = context->get_saved_variables();
        const auto pass = c10::static_intrusive_pointer_cast<Pass>(context->saved_data["pass"].toCapsule());

        // Its input starts a graph of its own, that of the second run alone.
        const at::Tensor start = kept[0].detach().set_requires_grad(kept[0].requires_grad());
        variable_list wanted;
        std::vector<size_t> places;
        for (size_t i = 0; i < kept.size(); i++) {
            if (!kept[i].requires_grad()) continue;
            wanted.push_back(i == 0 ? start : kept[i]);
            places.push_back(i);
        }

        // One for each argument of forward: the pass and the flag have none.
        variable_list results(kept.size() + 2);
        at::Tensor output;
        {
            const at::AutoGradMode grad(true);
            output = pass->again(start);
        }
        const variable_list found = torch::autograd::grad(
            {output}, wanted, {gradients[0]}, /*retain_graph=*/false, /*create_graph=*/false, /*allow_unused=*/true);
        for (size_t i = 0; i < found.size(); i++) results[places[i]] = found[i];
        return results;
    }
};

std::vector<at::Tensor> list(const at::Tensor* const* tensors, int64_t count) {
    std::vector<at::Tensor> all;
    for (int64_t i = 0; i < count; i++) all.push_back(*tensors[i]);
    return all;
}

}  // namespace

// Runs a block without keeping more than its input. The block is released when nobody can ask for its backward pass any more, or at
// once where that is never asked for; on error too. nullptr on error.
RN_EXPORT at::Tensor* rn_checkpoint(const at::Tensor* input, const at::Tensor* const* parameters, int64_t parameter_count,
                                    const at::Tensor* const* buffers, int64_t buffer_count, void* block, RunBlock run, ReleaseBlock release,
                                    int32_t draws) {
    return guarded<at::Tensor*>(nullptr, [&] {
        const auto pass = c10::make_intrusive<Pass>(block, run, release);
        pass->buffers = list(buffers, buffer_count);
        const std::vector<at::Tensor> all = list(parameters, parameter_count);
        return new at::Tensor(Checkpoint::apply(*input, at::TensorList(all), pass, draws != 0));
    });
}

// Answers with an output. 0, or 1 on error.
RN_EXPORT int32_t rn_checkpoint_give(rn_answer* answer, const at::Tensor* output) {
    return guarded<int32_t>(1, [&] {
        answer->output = *output;
        return 0;
    });
}

// Answers with the message of an exception.
RN_EXPORT void rn_checkpoint_refuse(rn_answer* answer, const char* message) {
    guarded<int32_t>(1, [&] {
        answer->error = message;
        return 0;
    });
}
