// The kernels as text and, for a processor of a given kind, as a program.
#include "kernel_text.h"
#include "launcher.h"

#include <kernel_text.inc>

#include <c10/util/Exception.h>

namespace resnetgen::kernels {

const char* text() { return kernel_source; }

std::vector<char> compile(const CudaApi& api, const std::string& architecture) {
    void* program = nullptr;
    TORCH_CHECK(api.program_create(&program, text(), "resnetgen.cu", 0, nullptr, nullptr) == 0, "NVRTC could not make a program.");
    const std::string target = "--gpu-architecture=" + architecture;
    const char* options[] = {target.c_str(), "--std=c++17"};
    const bool compiled = api.program_compile(program, 2, options) == 0;
    std::vector<char> image;
    std::string log;
    size_t size = 0;
    if (!compiled) {
        if (api.log_size(program, &size) == 0 && size > 0) {
            log.resize(size);
            api.log(program, &log[0]);
        }
    } else {
        // For a real processor machine code, for a virtual one ("compute_90") the driver's assembly.
        const bool machine = architecture.rfind("sm_", 0) == 0;
        if ((machine ? api.cubin_size : api.ptx_size)(program, &size) == 0 && size > 0) {
            image.resize(size);
            if ((machine ? api.cubin : api.ptx)(program, image.data()) != 0) image.clear();
        }
    }
    api.program_destroy(&program);
    TORCH_CHECK(!image.empty(), "NVRTC could not compile the fused kernels for ", architecture, ": ", log);
    return image;
}

}  // namespace resnetgen::kernels
