#include "block.h"

#include <ucontext.h>

#include <memory>
#include <stdexcept>
#include <vector>

Index threadIdx;
Index blockIdx;
Index blockDim;
Index gridDim;

namespace emulation {

namespace {

constexpr size_t stack_bytes = 64 * 1024;

struct Fibre {
    ucontext_t context;
    std::unique_ptr<char[]> stack{new char[stack_bytes]};
    bool ended = false;
};

ucontext_t scheduler;
Fibre* current = nullptr;
const std::function<void()>* body = nullptr;

void enter() {
    (*body)();
    current->ended = true;
}

void run_block(std::vector<Fibre>& fibres) {
    for (Fibre& fibre : fibres) {
        fibre.ended = false;
        getcontext(&fibre.context);
        fibre.context.uc_stack.ss_sp = fibre.stack.get();
        fibre.context.uc_stack.ss_size = stack_bytes;
        fibre.context.uc_link = &scheduler;
        makecontext(&fibre.context, enter, 0);
    }
    size_t ended = 0;
    while (ended < fibres.size()) {
        size_t met = 0;
        for (size_t i = 0; i < fibres.size(); i++) {
            if (fibres[i].ended) continue;
            current = &fibres[i];
            threadIdx = {static_cast<unsigned>(i) % blockDim.x, static_cast<unsigned>(i) / blockDim.x};
            swapcontext(&scheduler, &fibres[i].context);
            if (fibres[i].ended) ended++;
            else met++;
        }
        // A GPU would hang, or worse.
        if (met != 0 && ended != 0) throw std::runtime_error("some threads of a block wait at __syncthreads for others that have ended");
    }
}

}  // namespace

void run_grid(Index grid, Index block, const std::function<void()>& thread) {
    gridDim = grid;
    blockDim = block;
    body = &thread;
    std::vector<Fibre> fibres(block.x * block.y);
    for (blockIdx.y = 0; blockIdx.y < grid.y; blockIdx.y++) {
        for (blockIdx.x = 0; blockIdx.x < grid.x; blockIdx.x++) run_block(fibres);
    }
}

}  // namespace emulation

void __syncthreads() { swapcontext(&emulation::current->context, &emulation::scheduler); }
