// Who runs a kernel: CUDA's driver in a program, a loop on the processor in tests. What is launched, with which grid and which
// arguments, is decided without knowing which.
#pragma once

#include <ATen/ATen.h>

namespace resnetgen::kernels {

struct Grid {
    unsigned x = 1;
    unsigned y = 1;
    unsigned block_x = 256;  // threads; block_x * block_y is 256 wherever a kernel adds over its block
    unsigned block_y = 1;
};

class Launcher {
public:
    virtual ~Launcher() = default;

    // Queues a kernel by its name; arguments point to the values that it takes.
    virtual void launch(const char* kernel, const Grid& grid, void** arguments) = 0;

    // Blocks of 256 threads that keep the device busy: a grid need not be larger.
    virtual unsigned busy() const = 0;

    template <typename... Arguments>
    void run(const char* kernel, const Grid& grid, Arguments... arguments) {
        void* pointers[] = {const_cast<void*>(static_cast<const void*>(&arguments))...};
        launch(kernel, grid, pointers);
    }
};

// The launcher of a tensor's device, in the stream that is current there. Throws where there is none.
Launcher& launcher_for(const at::Tensor& like);

// All kernels in one text, as NVRTC compiles it.
const char* text();

}  // namespace resnetgen::kernels
