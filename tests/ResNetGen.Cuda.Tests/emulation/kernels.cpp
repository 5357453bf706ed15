// The kernels' own text, compiled for the processor, and a launcher that finds them by name.
#include "block.h"
#include "launcher.h"

#include <c10/util/BFloat16.h>
#include <c10/util/Half.h>

#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#define __global__
#define __device__
#define __shared__ static
#define __forceinline__ inline
#define UNROLL
#define GRID_CONSTANT

namespace {

unsigned __float_as_uint(float value) {
    unsigned bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

float __uint_as_float(unsigned bits) {
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

float fp16_to_float(unsigned short bits) { return static_cast<float>(c10::Half(bits, c10::Half::from_bits())); }
unsigned short float_to_fp16(float value) { return c10::Half(value).x; }

}  // namespace

namespace text {
using std::sqrt;
#include "arguments.h"
// In this order, as in kernels/text.cmake.
#include "elements.cu"
#include "batch_norm.cu"
#include "batch_norm_backward.cu"
#include "optimizer.cu"
}  // namespace text

namespace {

// Calls a kernel with what the launch's pointers point to, each read as the kernel's own parameter: as the driver does.
template <typename... Parameters, size_t... I>
void call(void (*kernel)(Parameters...), void** arguments, std::index_sequence<I...>) {
    kernel(*static_cast<std::decay_t<Parameters>*>(arguments[I])...);
}

using Kernel = std::function<void(void**)>;

template <typename... Parameters>
Kernel kernel(void (*function)(Parameters...)) {
    return [function](void** arguments) { call(function, arguments, std::index_sequence_for<Parameters...>()); };
}

#define ONE(name) {#name, kernel(text::name)}
#define TYPED(name) ONE(name##_float), ONE(name##_bf16), ONE(name##_fp16)
#define PACKED(name) \
    ONE(name##_float_pack), ONE(name##_float_one), ONE(name##_bf16_pack), ONE(name##_bf16_one), ONE(name##_fp16_pack), ONE(name##_fp16_one)

const std::map<std::string, Kernel>& all_kernels() {
    static const std::map<std::string, Kernel> kernels = {
        PACKED(batch_norm_sums), PACKED(batch_norm_apply), PACKED(batch_norm_backward_sums), PACKED(batch_norm_backward_apply),
        TYPED(batch_norm_statistics), TYPED(batch_norm_option_a_gradient), ONE(batch_norm_count), ONE(batch_norm_running),
        ONE(batch_norm_backward_totals), ONE(sgd_step), ONE(moving_average), ONE(scale_all), ONE(measure), ONE(measure_total),
    };
    return kernels;
}

class Emulator : public resnetgen::kernels::Launcher {
public:
    void launch(const char* name, const resnetgen::kernels::Grid& grid, void** arguments) override {
        const auto found = all_kernels().find(name);
        TORCH_CHECK(found != all_kernels().end(), "no kernel is called ", name);
        TORCH_CHECK(grid.block_x * grid.block_y <= 1024, "a block has at most 1024 threads");
        emulation::run_grid({grid.x, grid.y}, {grid.block_x, grid.block_y}, [&] { found->second(arguments); });
    }

    // Few, so that small tensors are shared out among several blocks and threads have several rows each.
    unsigned busy() const override { return 6; }
};

}  // namespace

namespace resnetgen::kernels {

Launcher& launcher_for(const at::Tensor&) {
    static Emulator emulator;
    return emulator;
}

}  // namespace resnetgen::kernels
