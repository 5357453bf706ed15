// The few functions of CUDA's driver and of NVRTC that are called, found at run time by their names, which NVIDIA keeps stable.
// Nothing is linked, so that one library runs with any CUDA that the PyTorch at hand brought, and on a machine that has none.
#pragma once

#include <cstddef>

namespace resnetgen::kernels {

struct CudaApi {
    // Driver; every function gives 0 where it succeeded.
    int (*init)(unsigned);
    int (*device_get)(int* device, int ordinal);
    int (*device_attribute)(int* value, int attribute, int device);
    int (*context_current)(void** context);
    int (*context_set)(void* context);
    int (*context_retain)(void** context, int device);
    int (*module_load)(void** module, const void* image);
    int (*module_function)(void** function, void* module, const char* name);
    int (*launch)(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y, unsigned block_z,
                  unsigned shared, void* stream, void** arguments, void** extra);
    int (*error_text)(int error, const char** text);

    // NVRTC.
    int (*program_create)(void** program, const char* source, const char* name, int headers, const char* const* contents, const char* const* names);
    int (*program_destroy)(void** program);
    int (*program_compile)(void* program, int options, const char* const* texts);
    int (*log_size)(void* program, size_t* size);
    int (*log)(void* program, char* text);
    int (*cubin_size)(void* program, size_t* size);
    int (*cubin)(void* program, char* image);
    int (*ptx_size)(void* program, size_t* size);
    int (*ptx)(void* program, char* image);
};

// Finds them, once; throws, saying what is missing, where it cannot.
const CudaApi& cuda_api();

// NVRTC alone, which needs no GPU and no driver: the functions of the driver are null.
const CudaApi& nvrtc_api();

}  // namespace resnetgen::kernels
