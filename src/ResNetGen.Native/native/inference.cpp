// rn_plan_*: networks in evaluation through oneDNN. Where libtorch comes without oneDNN's headers there are no plans, and
// callers have another road.
#include "guard.h"

#ifndef RN_HAS_DNNL
#define RN_HAS_DNNL 0
#endif

using resnetgen::guarded;

#if RN_HAS_DNNL
#include "inference_program.h"

using resnetgen::Function;
using resnetgen::Layout;
using resnetgen::NotSupported;
using resnetgen::Program;

// oneDNN's version as major · 100 + minor. noexcept: a constant.
RN_EXPORT int32_t rn_plan_version() noexcept { return DNNL_VERSION_MAJOR * 100 + DNNL_VERSION_MINOR; }

namespace {

// The body of a call that adds a value and gives its number: -2 where oneDNN has no kernel for it here, -1 (its guard's) on error.
template <typename Body>
auto adding(Body body) {
    return [body]() -> int32_t {
        try {
            return body();
        } catch (const NotSupported& error) {
            resnetgen::remember(error.what());
        } catch (const dnnl::error& error) {
            if (error.status != dnnl_unimplemented) throw;
            resnetgen::remember(error.what());
        }
        return -2;
    };
}

Function function_of(int32_t kind, float slope) { return {static_cast<Function::Kind>(kind), slope}; }

at::Tensor or_none(const at::Tensor* tensor) { return tensor == nullptr ? at::Tensor() : *tensor; }

}  // namespace

RN_EXPORT Program* rn_plan_begin(int64_t batch, int32_t bfloat16, int32_t threads, int32_t layout) {
    return guarded<Program*>(nullptr, [&] { return new Program(batch, bfloat16 != 0, threads, static_cast<Layout>(layout)); });
}

RN_EXPORT void rn_plan_end(Program* plan) noexcept { delete plan; }  // destructors do not throw

RN_EXPORT int32_t rn_plan_input(Program* plan, int64_t channels, int64_t height, int64_t width) {
    return guarded<int32_t>(-1, adding([&] { return plan->input(channels, height, width); }));
}

RN_EXPORT int32_t rn_plan_convolution(Program* plan, const char* name, int32_t source, int32_t addend, const at::Tensor* weight,
                                      const at::Tensor* bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups,
                                      int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] {
        return plan->convolution(name, source, addend, *weight, or_none(bias), stride, padding, dilation, groups, function_of(function, slope));
    }));
}

RN_EXPORT int32_t rn_plan_linear(Program* plan, const char* name, int32_t source, const at::Tensor* weight, const at::Tensor* bias,
                                 int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] { return plan->linear(name, source, *weight, *bias, function_of(function, slope)); }));
}

RN_EXPORT int32_t rn_plan_scale_shift(Program* plan, const char* name, int32_t source, const at::Tensor* scale, const at::Tensor* shift,
                                      int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] { return plan->scale_shift(name, source, *scale, *shift, function_of(function, slope)); }));
}

RN_EXPORT int32_t rn_plan_function(Program* plan, const char* name, int32_t source, int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] { return plan->function(name, source, function_of(function, slope)); }));
}

// kernel, stride and padding: height before width; padding above, on the left, below, on the right.
RN_EXPORT int32_t rn_plan_pool(Program* plan, const char* name, int32_t source, int32_t mean, const int64_t* kernel, const int64_t* stride,
                               const int64_t* padding) {
    return guarded<int32_t>(-1, adding([&] {
        return plan->pool(name, source, mean != 0,
                          {{kernel[0], kernel[1]}, {stride[0], stride[1]}, {padding[0], padding[1]}, {padding[2], padding[3]}});
    }));
}

RN_EXPORT int32_t rn_plan_zero_pad(Program* plan, const char* name, int32_t source, int64_t stride, int64_t before, int64_t channels) {
    return guarded<int32_t>(-1, adding([&] { return plan->zero_pad(name, source, stride, before, channels); }));
}

RN_EXPORT int32_t rn_plan_sum(Program* plan, const char* name, const int32_t* terms, int32_t count, int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] { return plan->sum(name, {terms, terms + count}, function_of(function, slope)); }));
}

RN_EXPORT int32_t rn_plan_product(Program* plan, const char* name, int32_t source, int32_t factor, int32_t addend, int32_t function, float slope) {
    return guarded<int32_t>(-1, adding([&] { return plan->product(name, source, factor, addend, function_of(function, slope)); }));
}

RN_EXPORT int32_t rn_plan_stack(Program* plan, const char* name, const int32_t* parts, int32_t count) {
    return guarded<int32_t>(-1, adding([&] { return plan->stack(name, {parts, parts + count}); }));
}

RN_EXPORT int32_t rn_plan_flatten(Program* plan, const char* name, int32_t source) {
    return guarded<int32_t>(-1, adding([&] { return plan->flatten(name, source); }));
}

RN_EXPORT int32_t rn_plan_complete(Program* plan, int32_t output) {
    return guarded<int32_t>(-1, adding([&] {
        plan->complete(output);
        return 0;
    }));
}

RN_EXPORT int32_t rn_plan_run(Program* plan, const float* images, int64_t count, float* result) {
    return guarded<int32_t>(1, [&] {
        plan->run(images, count, result);
        return 0;
    });
}

RN_EXPORT int64_t rn_plan_arena_bytes(const Program* plan) noexcept { return static_cast<int64_t>(plan->arena_bytes()); }

RN_EXPORT int64_t rn_plan_weight_bytes(const Program* plan) noexcept { return static_cast<int64_t>(plan->weight_bytes()); }

RN_EXPORT int64_t rn_plan_region_count(const Program* plan) noexcept { return static_cast<int64_t>(plan->regions().size()); }

// First step, last step, offset and bytes of a region; the step is -1 where nothing lies in it.
RN_EXPORT void rn_plan_region(const Program* plan, int64_t index, int64_t* numbers) noexcept {
    const resnetgen::Region& region = plan->regions()[index];
    numbers[0] = region.first;
    numbers[1] = region.last;
    numbers[2] = static_cast<int64_t>(region.offset);
    numbers[3] = static_cast<int64_t>(region.bytes);
}

RN_EXPORT int64_t rn_plan_step_count(const Program* plan) noexcept { return static_cast<int64_t>(plan->steps().size()); }

// What a step is, and the kernel that it runs on; valid as long as the plan.
RN_EXPORT const char* rn_plan_step(const Program* plan, int64_t index, const char** implementation) noexcept {
    const resnetgen::Step& step = plan->steps()[index];
    *implementation = step.implementation.c_str();
    return step.name.c_str();
}

#else

// 0: there is none. noexcept: a constant.
RN_EXPORT int32_t rn_plan_version() noexcept { return 0; }

#endif
