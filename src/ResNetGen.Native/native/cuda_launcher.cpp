// Kernels run by CUDA's driver, in torch's current stream.
#include "batch_norm.h"
#include "cuda_headers.h"
#include "kernel_text.h"
#include "launcher.h"
#include "optimizer.h"

#ifdef RN_CUDA
#include <c10/cuda/CUDAStream.h>
#endif

#include <map>
#include <memory>
#include <mutex>

namespace resnetgen::kernels {

#ifdef RN_CUDA

namespace {

void check(int result, const char* what) {
    if (result == 0) return;
    const char* text = nullptr;
    cuda_api().error_text(result, &text);
    TORCH_CHECK(false, what, ": CUDA error ", result, text == nullptr ? "" : " (", text == nullptr ? "" : text, text == nullptr ? "" : ")");
}

// Attributes of a device, as cuda.h numbers them.
enum Attribute { multiprocessors = 16, major_version = 75, minor_version = 76 };

class CudaLauncher : public Launcher {
public:
    explicit CudaLauncher(int index) : index_(index) {
        const CudaApi& api = cuda_api();
        check(api.init(0), "cuInit");
        check(api.device_get(&device_, index), "cuDeviceGet");
        busy_ = 8 * attribute(multiprocessors);
        use_context();
        load(10 * attribute(major_version) + attribute(minor_version));
    }

    void launch(const char* kernel, const Grid& grid, void** arguments) override {
        use_context();
        const auto stream = c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(index_)).stream();
        check(cuda_api().launch(function(kernel), grid.x, grid.y, 1, grid.block_x, grid.block_y, 1, 0, stream, arguments, nullptr), kernel);
    }

    unsigned busy() const override { return busy_; }

private:
    unsigned attribute(Attribute which) const {
        int value = 0;
        check(cuda_api().device_attribute(&value, which, device_), "cuDeviceGetAttribute");
        return static_cast<unsigned>(value);
    }

    // torch works in each device's primary context, which a thread of autograd may not have entered yet.
    void use_context() {
        void* current = nullptr;
        check(cuda_api().context_current(&current), "cuCtxGetCurrent");
        if (current != nullptr && context_ == current) return;
        if (context_ == nullptr) check(cuda_api().context_retain(&context_, device_), "cuDevicePrimaryCtxRetain");
        check(cuda_api().context_set(context_), "cuCtxSetCurrent");
    }

    // Machine code for this processor; where this NVRTC is older than it, assembly for the newest that it knows.
    void load(unsigned capability) {
        std::string first;
        for (const std::string& target : {"sm_" + std::to_string(capability), std::string("compute_90"), std::string("compute_80"), std::string("compute_75")}) {
            try {
                const std::vector<char> image = compile(cuda_api(), target);
                check(cuda_api().module_load(&module_, image.data()), "cuModuleLoadData");
                return;
            } catch (const c10::Error& error) {
                if (first.empty()) first = error.what_without_backtrace();
            }
        }
        TORCH_CHECK(false, first);
    }

    void* function(const char* kernel) {
        const std::lock_guard<std::mutex> lock(mutex_);
        void*& found = functions_[kernel];
        if (found == nullptr) check(cuda_api().module_function(&found, module_, kernel), kernel);
        return found;
    }

    int index_;
    int device_ = 0;
    unsigned busy_ = 1;
    void* context_ = nullptr;
    void* module_ = nullptr;
    std::mutex mutex_;
    std::map<std::string, void*> functions_;
};

}  // namespace

Launcher& launcher_for(const at::Tensor& like) {
    static std::mutex mutex;
    static std::map<int, std::unique_ptr<Launcher>> launchers;
    TORCH_CHECK(like.is_cuda(), "the fused CUDA kernels take CUDA tensors, found one on ", like.device());
    const std::lock_guard<std::mutex> lock(mutex);
    std::unique_ptr<Launcher>& launcher = launchers[like.device().index()];
    if (!launcher) launcher = std::make_unique<CudaLauncher>(like.device().index());
    return *launcher;
}

#else

Launcher& launcher_for(const at::Tensor& like) { TORCH_CHECK(false, "this build has no kernels for ", like.device()); }

#endif

}  // namespace resnetgen::kernels
