// How the work of convolution_weights.h is cut: pairs of images, blocks of pixels that stay in the cache, tiles of the result.
#include "convolution_weights.h"

#include "convolution_packing.h"
#include "guard.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace resnetgen::conv {

#if defined(__x86_64__)
namespace {

// Pairs of a block that the threads pack and multiply together, and of one that a thread has for itself: what lies in the caches of all,
// or in half of its own.
constexpr int64_t shared_block = int64_t{1} << 19, own_block = int64_t{1} << 17;
// Pairs of the gradients that a processor's own cache holds while maps pass by.
constexpr int64_t resident_pairs = int64_t{1} << 16;
// A result of so many bytes or more leaves the caches before anybody reads it: it does not go through them.
constexpr int64_t large_result = int64_t{1} << 20;
// Sums of smaller results are taken in so many parts, each by one thread from its first block to its last, and added then: threads wait
// for each other once instead of twice a block. A number of its own, so that the bits are the same for any number of threads; with
// more threads than parts all work on one block again.
constexpr int64_t sums = 8;

// One call of a kernel.
struct Work {
    int64_t map;       // offset of the values in the packed map
    int64_t gradient;  // of the outputs in the packed gradients
    int64_t result;
    int outputs, values;
};

class Differentiation {
public:
    Differentiation(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, int64_t block_pairs)
        : packing_(problem, kernels_, map, gradient, block_pairs), result_(result),
          kernel_(problem.kernel_height * problem.kernel_width * problem.channels), blocks_(packing_.blocks()) {}

    int64_t blocks() const { return static_cast<int64_t>(blocks_.size()); }

    // The sum over some of the blocks.
    void run(int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            packing_.pack(blocks_[i]);
            const bool last = i + 1 == end;
            multiply(blocks_[i], i > begin ? Write::Add : last && passes() ? Write::Past : Write::New, last ? std::vector<Ahead>() : packing_.sources(blocks_[i + 1]));
        }
    }

private:
    // Whole cache lines are needed for that.
    bool passes() const {
        const int64_t values = packing_.problem().channels;
        return values % 16 == 0 && kernel_ * packing_.problem().outputs * static_cast<int64_t>(sizeof(float)) >= large_result &&
               reinterpret_cast<uintptr_t>(result_) % 64 == 0;
    }

    // Some outputs after another, so that their gradients stay near; for each of them all of the map.
    std::vector<Work> work(const Block& block) const {
        const WeightProblem& p = packing_.problem();
        const int64_t pixels = block.pairs * block.rows * p.out_width;
        const int64_t resident = std::max<int64_t>(1, resident_pairs / (pixels * output_panel)) * output_panel;
        std::vector<Work> found;
        for (int64_t first = 0; first < p.outputs; first += resident) {
            for (int64_t y = 0; y < p.kernel_height; y++) {
                for (const Values& values : packing_.values(block)) {
                    for (int64_t panel = first; panel < std::min(first + resident, p.outputs); panel += output_panel) {
                        const int64_t outputs = std::min(output_panel, p.outputs - panel);
                        const int64_t parts = ceiling(outputs, kernels_.most_outputs(static_cast<int>(ceiling(values.count, 16))));
                        for (int64_t i = 0; i < parts; i++) {
                            const int64_t begin = outputs * i / parts;
                            found.push_back({packing_.kernel_row(y) + values.from, panel * pixels + begin,
                                             (panel + begin) * kernel_ + y * p.kernel_width * p.channels + values.result,
                                             static_cast<int>(outputs * (i + 1) / parts - begin), values.count});
                        }
                    }
                }
            }
        }
        return found;
    }

    void multiply(const Block& block, Write write, const std::vector<Ahead>& next) const {
        const std::vector<int32_t> places = packing_.places(block);
        const std::vector<Work> all = work(block);
        const int64_t count = static_cast<int64_t>(all.size());
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                const Work& w = all[i];
                const int64_t panel = w.gradient / static_cast<int64_t>(places.size()) / output_panel * output_panel;
                const int64_t step = std::min(output_panel, packing_.problem().outputs - panel);
                const Pixels pixels{places.data(), static_cast<int64_t>(places.size()), step};
                kernels_.multiply(packing_.map_pairs() + w.map, packing_.gradient_pairs() + w.gradient, w.outputs, pixels,
                                  {result_ + w.result, kernel_, w.values, write}, share(next, i, count));
            }
        });
    }

    static constexpr const TileKernels& kernels_ = avx512_bf16_tiles;
    Packing packing_;
    float* result_;
    int64_t kernel_;  // numbers of an output's kernel
    std::vector<Block> blocks_;
};

void in_parts(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result, int64_t numbers) {
    const int64_t blocks = Differentiation(problem, map, gradient, result, own_block).blocks();
    const int64_t parts = std::min(sums, blocks);
    const at::Tensor others = at::empty({parts - 1, numbers}, at::kFloat);
    float* const more = others.data_ptr<float>();
    at::parallel_for(0, parts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            float* const own = i == 0 ? result : more + (i - 1) * numbers;
            Differentiation(problem, map, gradient, own, own_block).run(blocks * i / parts, blocks * (i + 1) / parts);
        }
    });
    if (parts == 1) return;
    at::parallel_for(0, numbers, 1 << 14, [&](int64_t begin, int64_t end) {
        for (int64_t part = 0; part + 1 < parts; part++) {
            for (int64_t i = begin; i < end; i++) result[i] += more[part * numbers + i];
        }
    });
}

}  // namespace
#endif

bool has_weight_kernels() {
#if defined(__x86_64__)
    // With tiles of AMX oneDNN is far ahead.
    static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16") && !__builtin_cpu_supports("amx-bf16");
    return has;
#else
    return false;
#endif
}

bool suits_weight_kernels(const WeightProblem& problem) {
    const int64_t values = problem.channels < map_panel ? problem.channels * problem.kernel_width : problem.channels;
    return problem.images > 1 && 4 * values >= 3 * 16 * ceiling(values, 16);
}

void differentiate_weight(const WeightProblem& problem, const uint16_t* map, const uint16_t* gradient, float* result) {
#if defined(__x86_64__)
    const int64_t numbers = problem.outputs * problem.kernel_height * problem.kernel_width * problem.channels;
    if (numbers * static_cast<int64_t>(sizeof(float)) < large_result && at::get_num_threads() <= sums) {
        return in_parts(problem, map, gradient, result, numbers);
    }
    Differentiation all(problem, map, gradient, result, shared_block);
    all.run(0, all.blocks());
#endif
}

}  // namespace resnetgen::conv
