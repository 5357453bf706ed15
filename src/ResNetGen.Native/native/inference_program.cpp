// Building blocks of a plan: values, constants, steps. The operations are in inference_operations.cpp, memory in inference_memory.cpp.
#if RN_HAS_DNNL
#include "inference_program.h"

#include <omp.h>

#include <stdexcept>

namespace resnetgen {

using tag = memory::format_tag;

namespace {

// oneDNN asks for the thread count of whoever calls, both when it cuts the work into pieces and when it does it.
class Threads {
public:
    explicit Threads(int32_t count) : before_(omp_get_max_threads()) { omp_set_num_threads(count); }
    ~Threads() { omp_set_num_threads(before_); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

private:
    int before_;
};

}  // namespace

Program::Program(int64_t batch, bool bfloat16, int32_t threads, Layout layout)
    : batch_(batch), type_(bfloat16 ? memory::data_type::bf16 : memory::data_type::f32), threads_(threads), layout_(layout) {
    TORCH_CHECK(batch > 0 && threads > 0, "a plan needs a batch and threads of at least 1, got ", batch, " and ", threads);
}

const Program::Value& Program::value(int32_t number) const {
    TORCH_CHECK(number >= 0 && number < static_cast<int32_t>(values_.size()), "the plan has no value ", number);
    return values_[number];
}

int32_t Program::input(int64_t channels, int64_t height, int64_t width) {
    TORCH_CHECK(values_.empty(), "the input is the first value of a plan");
    const memory::dims dims{batch_, channels, height, width};
    values_.push_back({dims, memory::data_type::f32, memory::desc(dims, memory::data_type::f32, tag::nchw), Place::Images, -1});
    image_elements_ = channels * height * width;
    return 0;
}

int32_t Program::add_value(const memory::dims& dims, memory::data_type type, const memory::desc& desc) {
    values_.push_back({dims, type, desc, Place::Arena, static_cast<int32_t>(regions_.size())});
    Region region;
    region.bytes = desc.get_size();
    regions_.push_back(region);
    return static_cast<int32_t>(values_.size()) - 1;
}

// A value in the memory of another one, which nobody reads any more.
int32_t Program::add_overwriting(int32_t addend) {
    values_.push_back(value(addend));
    return static_cast<int32_t>(values_.size()) - 1;
}

int32_t Program::add_constant(const at::Tensor& plain, const memory::dims& dims, const memory::desc& desc) {
    const tag layout = dims.size() == 1 ? tag::a : dims.size() == 2 ? tag::ab : dims.size() == 4 ? tag::abcd : tag::abcde;
    Constant constant;
    constant.plain = plain.detach().to(at::kCPU, at::kFloat).contiguous();
    constant.plain_desc = memory::desc(dims, memory::data_type::f32, layout);
    constant.desc = desc;
    constants_.push_back(constant);
    return static_cast<int32_t>(constants_.size()) - 1;
}

Operand Program::reads(int argument, int32_t number) const {
    const Value& from = value(number);
    return {argument, from.place, from.region, from.desc};
}

Operand Program::constant(int argument, int32_t number) const { return {argument, Place::Weights, number, constants_[number].desc}; }

Step& Program::add_step(const char* kind, const std::string& name, std::vector<Operand> operands) {
    TORCH_CHECK(!complete_, "the plan is complete: nothing can be added");
    Step step;
    step.name = std::string("rn::") + kind + " " + name;
    step.operands = std::move(operands);
    steps_.push_back(std::move(step));
    return steps_.back();
}

void Program::set_primitive(Step& step, const dnnl::primitive_desc_base& desc, const dnnl::primitive& primitive) {
    step.primitive = primitive;
    step.implementation = desc.impl_info_str();
    const memory::desc scratch = desc.scratchpad_desc();
    if (scratch.get_size() == 0) return;
    Region region;
    region.bytes = scratch.get_size();
    regions_.push_back(region);
    step.operands.push_back({DNNL_ARG_SCRATCHPAD, Place::Arena, static_cast<int32_t>(regions_.size()) - 1, scratch});
}

// The same values in another layout or type: a step of its own where they lie otherwise.
int32_t Program::reordered(int32_t number, const memory::desc& desc, memory::data_type type) {
    const Value from = value(number);
    if (from.desc == desc) return number;
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    const dnnl::reorder::primitive_desc reorder(engine_, from.desc, engine_, desc, attributes);
    const int32_t target = add_value(from.dims, type, desc);
    Step& step = add_step("reorder", "", {reads(DNNL_ARG_FROM, number), reads(DNNL_ARG_TO, target)});
    set_primitive(step, reorder, dnnl::reorder(reorder));
    return target;
}

int32_t Program::typed(int32_t number, memory::data_type type) {
    const Value from = value(number);
    if (from.type == type) return number;
    return reordered(number, memory::desc(from.dims, type, layout_ == Layout::ChannelsLast || from.dims[1] < 16 ? tag::nhwc : tag::nChw16c), type);
}

memory::desc Program::any(const memory::dims& dims) const {
    return memory::desc(dims, type_, layout_ == Layout::ChannelsLast ? tag::nhwc : tag::any);
}

void Program::run(const float* images, int64_t count, float* result) {
    TORCH_CHECK(complete_, "the plan is not complete");
    TORCH_CHECK(count >= 1 && count <= batch_, "the plan takes 1 to ", batch_, " images, got ", count);
    if (count < batch_) {
        few_images_.resize(batch_ * image_elements_);
        few_results_.resize(batch_ * result_elements_);
        std::copy(images, images + count * image_elements_, few_images_.begin());
    }
    for (auto& [memory, place] : outside_) {
        memory.set_data_handle(place == Place::Images ? const_cast<float*>(count < batch_ ? few_images_.data() : images)
                                                      : (count < batch_ ? few_results_.data() : result));
    }

    const Threads threads(threads_);
    for (Step& step : steps_) {
        at::RecordFunction record(at::RecordScope::FUNCTION);
        if (record.isActive()) record.before(step.name.c_str());
        if (step.own) {
            step.own(step.memories[0].get_data_handle(), step.memories[1].get_data_handle());
        } else {
            const dnnl_status_t status = dnnl_primitive_execute(
                step.primitive.get(), stream_.get(), static_cast<int>(step.arguments.size()), step.arguments.data());
            TORCH_CHECK(status == dnnl_success, step.name, " failed with oneDNN's status ", static_cast<int>(status));
        }
    }
    stream_.wait();
    if (count < batch_) std::copy(few_results_.begin(), few_results_.begin() + count * result_elements_, result);
}

}  // namespace resnetgen
#endif
