// What a GPU and its compiler have, and the processor, in tests, has not.

#define UNROLL _Pragma("unroll")

// A kernel's large argument, read where the driver put it instead of from a copy in each thread's own memory.
#if defined(__CUDACC_VER_MAJOR__) && __CUDACC_VER_MAJOR__ * 100 + __CUDACC_VER_MINOR__ >= 1107
#define GRID_CONSTANT __grid_constant__
#else
#define GRID_CONSTANT
#endif

__device__ __forceinline__ float fp16_to_float(unsigned short bits) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(bits));
    return value;
}

// To nearest, ties to even.
__device__ __forceinline__ unsigned short float_to_fp16(float value) {
    unsigned short bits;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(value));
    return bits;
}
