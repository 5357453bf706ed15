// What a plan does once, when all steps are known: lifetimes, packed weights, and the arguments of every step.
#if RN_HAS_DNNL
#include "inference_program.h"

namespace resnetgen {

using tag = memory::format_tag;

void Program::complete(int32_t output) {
    TORCH_CHECK(!complete_, "the plan is complete already");
    const Value last = value(output);
    result_elements_ = last.dims[1] * last.dims[2] * last.dims[3];
    const memory::desc plain(last.dims, memory::data_type::f32, tag::nchw);
    // A map of one pixel lies in the order of its channels, whatever the layout; blocks of channels can be padded.
    const bool in_order = last.desc == plain || (last.dims[2] == 1 && last.dims[3] == 1);
    const bool as_wanted = last.type == memory::data_type::f32 && in_order && last.desc.get_size() == plain.get_size();
    if (last.place == Place::Arena && as_wanted) {
        // Whatever is written there is written where the caller wants it.
        for (Step& step : steps_) {
            for (Operand& operand : step.operands) {
                if (operand.place == Place::Arena && operand.index == last.region) operand.place = Place::Result;
            }
        }
    } else {
        dnnl::primitive_attr attributes;
        attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
        const dnnl::reorder::primitive_desc reorder(engine_, last.desc, engine_, plain, attributes);
        Step& step = add_step("reorder", "", {reads(DNNL_ARG_FROM, output), {DNNL_ARG_TO, Place::Result, -1, plain}});
        set_primitive(step, reorder, dnnl::reorder(reorder));
    }

    plan_memory();
    pack_weights();
    bind();
    complete_ = true;
}

void Program::plan_memory() {
    // Who writes over what it reads for the last time takes its memory over: the region of the one becomes the other's.
    std::vector<int32_t> owner(regions_.size());
    for (size_t i = 0; i < owner.size(); ++i) owner[i] = static_cast<int32_t>(i);
    std::vector<int32_t> last_use(regions_.size(), -1);
    for (size_t i = 0; i < steps_.size(); ++i) {
        for (const Operand& operand : steps_[i].operands) {
            if (operand.place == Place::Arena) last_use[operand.index] = static_cast<int32_t>(i);
        }
    }
    for (size_t i = 0; i < steps_.size(); ++i) {
        if (!steps_[i].may_overwrite) continue;
        const Operand &source = steps_[i].operands[0], &target = steps_[i].operands[1];
        if (source.place != Place::Arena || target.place != Place::Arena || !(source.desc == target.desc)) continue;
        const int32_t from = owner[source.index];
        if (source.index == target.index || last_use[from] != static_cast<int32_t>(i)) continue;
        owner[target.index] = from;
        last_use[from] = last_use[target.index];
    }

    for (size_t i = 0; i < steps_.size(); ++i) {
        for (Operand& operand : steps_[i].operands) {
            if (operand.place != Place::Arena) continue;
            operand.index = owner[operand.index];
            Region& region = regions_[operand.index];
            if (region.first < 0) region.first = static_cast<int32_t>(i);
            region.last = static_cast<int32_t>(i);
        }
    }
    arena_.take(place_regions(regions_));
}

void Program::pack_weights() {
    size_t bytes = 0;
    for (Constant& constant : constants_) {
        constant.offset = bytes;
        bytes += aligned(constant.desc.get_size());
    }
    weights_.take(bytes);
    for (Constant& constant : constants_) {
        dnnl::memory from(constant.plain_desc, engine_, constant.plain.data_ptr<float>());
        dnnl::memory to(constant.desc, engine_, weights_.at(constant.offset));
        dnnl::reorder(from, to).execute(stream_, from, to);
        stream_.wait();
        constant.plain.reset();
    }
}

void Program::bind() {
    for (Step& step : steps_) {
        for (const Operand& operand : step.operands) {
            void* at = operand.place == Place::Arena     ? arena_.at(regions_[operand.index].offset)
                       : operand.place == Place::Weights ? weights_.at(constants_[operand.index].offset)
                                                         : DNNL_MEMORY_NONE;
            dnnl::memory memory(operand.desc, engine_, at);
            if (operand.place == Place::Images || operand.place == Place::Result) outside_.emplace_back(memory, operand.place);
            step.arguments.push_back({operand.argument, memory.get()});
            step.memories.push_back(std::move(memory));
        }
    }
}

}  // namespace resnetgen
#endif
