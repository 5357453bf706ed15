// One block of a CUDA grid on the processor: each thread is a fibre, and __syncthreads lets the next one run.
#pragma once

#include <cstddef>
#include <functional>

struct Index {
    unsigned x = 0;
    unsigned y = 0;
};

// What a kernel reads; set before each thread goes on.
extern Index threadIdx;
extern Index blockIdx;
extern Index blockDim;
extern Index gridDim;

void __syncthreads();

namespace emulation {

// Runs `thread` for every thread of every block of blockDim x gridDim. Throws where threads of a block disagree on how often they meet.
void run_grid(Index grid, Index block, const std::function<void()>& thread);

}  // namespace emulation
