// What all kernels share: elements of three types, as 16-byte packs. Compiled at run time by NVRTC, which has no headers: nothing is
// included, and conversions are written out. tests/.../emulation compiles the same text as plain C++.

struct Bf16 {
    unsigned short bits;
};

struct Fp16 {
    unsigned short bits;
};

__device__ __forceinline__ float load(float element) { return element; }
__device__ __forceinline__ float load(Bf16 element) { return __uint_as_float(static_cast<unsigned>(element.bits) << 16); }
__device__ __forceinline__ float load(Fp16 element) { return fp16_to_float(element.bits); }

__device__ __forceinline__ void store(float& element, float value) { element = value; }

// To nearest, ties to even; not a number stays so.
__device__ __forceinline__ void store(Bf16& element, float value) {
    const unsigned bits = __float_as_uint(value);
    element.bits = static_cast<unsigned short>(value != value ? 0x7fc0u : (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

__device__ __forceinline__ void store(Fp16& element, float value) { element.bits = float_to_fp16(value); }

// The first argument only names the type; four bytes are never asked for.
__device__ __forceinline__ float from_bits(float, unsigned short) { return 0.0f; }
__device__ __forceinline__ Bf16 from_bits(Bf16, unsigned short bits) { return {bits}; }
__device__ __forceinline__ Fp16 from_bits(Fp16, unsigned short bits) { return {bits}; }
__device__ __forceinline__ unsigned bits_of(float element) { return __float_as_uint(element); }
__device__ __forceinline__ unsigned bits_of(Bf16 element) { return element.bits; }
__device__ __forceinline__ unsigned bits_of(Fp16 element) { return element.bits; }

// V neighbouring channels of one pixel. Sixteen bytes are one access to memory: said as four words, since of eight short elements a
// compiler makes eight accesses.
template <typename T, int V>
struct alignas(16) Pack {
    unsigned word[4];

    __device__ __forceinline__ float get(int v) const {
        if (sizeof(T) == 4) return __uint_as_float(word[v]);
        return load(from_bits(T(), static_cast<unsigned short>(word[v / 2] >> (16 * (v & 1)))));
    }

    __device__ __forceinline__ void set(int v, float value) {
        if (sizeof(T) == 4) {
            word[v] = __float_as_uint(value);
            return;
        }
        T element;
        store(element, value);
        const unsigned bits = bits_of(element);
        word[v / 2] = (v & 1) != 0 ? (word[v / 2] & 0xffffu) | (bits << 16) : bits;
    }
};

template <typename T>
struct Pack<T, 1> {
    T element;

    __device__ __forceinline__ float get(int) const { return load(element); }
    __device__ __forceinline__ void set(int, float value) { store(element, value); }
};

// y, or 0 where ReLU stopped it: what is not a number passes, as in torch.
__device__ __forceinline__ float rectified(float value) { return value <= 0.0f ? 0.0f : value; }
