#include "cuda_api.h"

#include <ATen/ATen.h>
#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace resnetgen::kernels {

namespace {

// Where libtorch lies; NVIDIA's wheels lie beside its folder.
std::string torch_folder() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&at::globalContext), &info) == 0 || info.dli_fname == nullptr) return "";
    const std::string file = info.dli_fname;
    return file.substr(0, file.rfind('/') + 1);
}

void* open_first(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (void* handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
    }
    return nullptr;
}

// RESNETGEN_NVRTC, then what PyTorch itself uses (a library of it that is linked with NVRTC: names are found through it), then
// the usual names and places.
void* open_nvrtc() {
    const std::string torch = torch_folder();
    std::vector<std::string> names;
    if (const char* asked = std::getenv("RESNETGEN_NVRTC")) names.push_back(asked);
    names.push_back(torch + "libcaffe2_nvrtc.so");
    for (const char* version : {"13", "12", "11.2"}) {
        const std::string file = std::string("libnvrtc.so.") + version;
        names.insert(names.end(), {file, torch + "../../nvidia/cu" + version + "/lib/" + file, torch + "../../nvidia/cuda_nvrtc/lib/" + file,
                                   "/usr/local/cuda/lib64/" + file});
    }
    names.push_back("libnvrtc.so");
    for (const std::string& name : names) {
        void* handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (handle == nullptr) continue;
        if (dlsym(handle, "nvrtcCreateProgram") != nullptr) return handle;
        dlclose(handle);
    }
    return nullptr;
}

template <typename Function>
void find(Function& function, void* library, const char* name) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    TORCH_CHECK(function != nullptr, "CUDA's library here has no ", name, ". Bring a newer driver or PyTorch, or train without fused kernels.");
}

CudaApi find_nvrtc() {
    CudaApi api{};
    void* nvrtc = open_nvrtc();
    TORCH_CHECK(nvrtc != nullptr, "NVRTC (libnvrtc.so), which compiles the fused kernels, was not found beside libtorch, in /usr/local/cuda/lib64 or by ",
                "the loader. Name the file in the environment variable RESNETGEN_NVRTC.");
    find(api.program_create, nvrtc, "nvrtcCreateProgram");
    find(api.program_destroy, nvrtc, "nvrtcDestroyProgram");
    find(api.program_compile, nvrtc, "nvrtcCompileProgram");
    find(api.log_size, nvrtc, "nvrtcGetProgramLogSize");
    find(api.log, nvrtc, "nvrtcGetProgramLog");
    find(api.cubin_size, nvrtc, "nvrtcGetCUBINSize");
    find(api.cubin, nvrtc, "nvrtcGetCUBIN");
    find(api.ptx_size, nvrtc, "nvrtcGetPTXSize");
    find(api.ptx, nvrtc, "nvrtcGetPTX");
    return api;
}

CudaApi find_all() {
    CudaApi api = find_nvrtc();
    void* driver = open_first({"libcuda.so.1", "libcuda.so"});
    TORCH_CHECK(driver != nullptr, "CUDA's driver (libcuda.so.1) was not found.");
    find(api.init, driver, "cuInit");
    find(api.device_get, driver, "cuDeviceGet");
    find(api.device_attribute, driver, "cuDeviceGetAttribute");
    find(api.context_current, driver, "cuCtxGetCurrent");
    find(api.context_set, driver, "cuCtxSetCurrent");
    find(api.context_retain, driver, "cuDevicePrimaryCtxRetain");
    find(api.module_load, driver, "cuModuleLoadData");
    find(api.module_function, driver, "cuModuleGetFunction");
    find(api.launch, driver, "cuLaunchKernel");
    find(api.error_text, driver, "cuGetErrorString");
    return api;
}

}  // namespace

const CudaApi& nvrtc_api() {
    static const CudaApi api = find_nvrtc();
    return api;
}

const CudaApi& cuda_api() {
    static const CudaApi api = find_all();
    return api;
}

}  // namespace resnetgen::kernels
