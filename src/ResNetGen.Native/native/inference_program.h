// A network in evaluation as oneDNN primitives with all memory planned: what rn_plan_* builds and runs.
#pragma once

#include <ATen/ATen.h>
#include <ATen/record_function.h>

#include <functional>
#include <string>
#include <vector>

#include "inference_arena.h"
#include "inference_dnnl.h"

namespace resnetgen {

// Said where oneDNN has no fast way: the caller then takes another road.
struct NotSupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// How feature maps lie in memory: as each convolution likes best (blocks of channels), or channels last throughout.
enum class Layout : int32_t { Blocked, ChannelsLast };

// Where an operand lies: in the arena, among the weights, or where the caller says at each run.
enum class Place { Arena, Weights, Images, Result };

struct Operand {
    int argument;  // oneDNN's name of it
    Place place;
    int32_t index;  // of the region or of the constant
    memory::desc desc;
};

struct Step {
    std::string name;            // "rn::conv layer1.0.conv1"
    std::string implementation;  // oneDNN's name of the kernel
    std::vector<Operand> operands;
    dnnl::primitive primitive;
    std::function<void(const void* source, void* target)> own;  // instead of a primitive; its operands are these two
    bool may_overwrite = false;  // the second operand may lie where the first one does

    std::vector<dnnl::memory> memories;
    std::vector<dnnl_exec_arg_t> arguments;
};

class Program {
public:
    Program(int64_t batch, bool bfloat16, int32_t threads, Layout layout);

    // Each adds a step and gives the number of what it makes; -1 stands for no addend and no bias.
    int32_t input(int64_t channels, int64_t height, int64_t width);
    int32_t convolution(const std::string& name, int32_t source, int32_t addend, const at::Tensor& weight, const at::Tensor& bias,
                        int64_t stride, int64_t padding, int64_t dilation, int64_t groups, Function function);
    int32_t linear(const std::string& name, int32_t source, const at::Tensor& weight, const at::Tensor& bias, Function function);
    int32_t scale_shift(const std::string& name, int32_t source, const at::Tensor& scale, const at::Tensor& shift, Function function);
    int32_t function(const std::string& name, int32_t source, Function function);
    int32_t pool(const std::string& name, int32_t source, bool mean, Window window);
    int32_t zero_pad(const std::string& name, int32_t source, int64_t stride, int64_t before, int64_t channels);
    int32_t sum(const std::string& name, const std::vector<int32_t>& terms, Function function);
    int32_t product(const std::string& name, int32_t source, int32_t factor, int32_t addend, Function function);
    int32_t stack(const std::string& name, const std::vector<int32_t>& parts);
    int32_t flatten(const std::string& name, int32_t source);

    // Plans memory, packs the weights and makes ready to run.
    void complete(int32_t output);

    // images: [count, C, H, W] in float32, rows last; result as many outputs, float32 as well.
    void run(const float* images, int64_t count, float* result);

    int64_t batch() const { return batch_; }
    size_t arena_bytes() const { return arena_.bytes(); }
    size_t weight_bytes() const { return weights_.bytes(); }
    const std::vector<Region>& regions() const { return regions_; }
    const std::vector<Step>& steps() const { return steps_; }

private:
    struct Value {
        memory::dims dims;  // [N, C, H, W]
        memory::data_type type;
        memory::desc desc;
        Place place;
        int32_t region;
    };
    struct Constant {
        at::Tensor plain;
        memory::desc plain_desc, desc;
        bool shared = false;  // zeros, for whoever needs them
        size_t offset = 0;
    };

    const Value& value(int32_t number) const;
    int32_t add_value(const memory::dims& dims, memory::data_type type, const memory::desc& desc);
    int32_t add_overwriting(int32_t addend);
    int32_t add_constant(const at::Tensor& plain, const memory::dims& dims, const memory::desc& desc);
    Operand reads(int argument, int32_t number) const;
    Operand constant(int argument, int32_t number) const;
    Step& add_step(const char* kind, const std::string& name, std::vector<Operand> operands);
    void set_primitive(Step& step, const dnnl::primitive_desc_base& desc, const dnnl::primitive& primitive);
    int32_t reordered(int32_t number, const memory::desc& desc, memory::data_type type);
    int32_t typed(int32_t number, memory::data_type type);
    memory::desc any(const memory::dims& dims) const;
    bool is_short_cut(int64_t kernel, int64_t stride, int64_t dilation, int64_t groups) const;
    int32_t zeros(int64_t channels);

    void plan_memory();
    void pack_weights();
    void bind();

    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    int64_t batch_;
    memory::data_type type_;
    int32_t threads_;
    Layout layout_;

    std::vector<Value> values_;
    std::vector<Region> regions_;
    std::vector<Constant> constants_;
    std::vector<Step> steps_;
    std::vector<std::pair<dnnl::memory, Place>> outside_;
    std::vector<float> few_images_, few_results_;
    int64_t image_elements_ = 0, result_elements_ = 0;
    bool complete_ = false;
    Block arena_, weights_;
};

// Blocks of channels that lie together, as a map of this shape and layout has them; 0 where the layout is another one.
int64_t channel_block(const memory::dims& dims, memory::data_type type, const memory::desc& desc);

}  // namespace resnetgen
