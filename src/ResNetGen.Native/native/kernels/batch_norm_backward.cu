// The gradients of batch_norm.cu's operation, with its layout of blocks and its sums.

// What of the gradient ReLU lets through, by its output or what went into it.
__device__ __forceinline__ float masked(float gradient, int relu, float value) { return relu != 0 && value <= 0.0f ? 0.0f : gradient; }

// Sums of g and g * (x - mean) for each block, [slices, 2, channels].
template <typename T, int V>
__device__ __forceinline__ void batch_norm_backward_sums(const T* gradient, const T* input, const T* output, Affine affine, int relu, float* partial,
                                                long long rows, int channels) {
    const int pack = blockIdx.x * blockDim.x + threadIdx.x;
    const bool live = pack < channels / V;
    const long long width = channels / V;
    const long long step = static_cast<long long>(gridDim.y) * blockDim.y;
    const auto* from = reinterpret_cast<const Pack<T, V>*>(input);
    const auto* down = reinterpret_cast<const Pack<T, V>*>(gradient);
    const auto* out = reinterpret_cast<const Pack<T, V>*>(output);
    float sum[V] = {};
    float product[V] = {};
    if (live) {
        float mean[V], scale[V], bias[V];
        UNROLL for (int v = 0; v < V; v++) {
            mean[v] = affine.mean[pack * V + v];
            scale[v] = scale_of(affine, pack * V + v);
            bias[v] = bias_of(affine, pack * V + v);
        }
        for (long long row = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; row < rows; row += 2 * step) {
            Pack<T, V> taken[2], coming[2], made[2];
            UNROLL for (int u = 0; u < 2; u++) {
                if (row + u * step >= rows) continue;
                taken[u] = from[(row + u * step) * width + pack];
                coming[u] = down[(row + u * step) * width + pack];
                if (out != 0) made[u] = out[(row + u * step) * width + pack];
            }
            UNROLL for (int u = 0; u < 2; u++) {
                if (row + u * step >= rows) continue;
                UNROLL for (int v = 0; v < V; v++) {
                    const float difference = taken[u].get(v) - mean[v];
                    const float g = masked(coming[u].get(v), relu, out != 0 ? made[u].get(v) : difference * scale[v] + bias[v]);
                    sum[v] += g;
                    product[v] += g * difference;
                }
            }
        }
    }
    sum_rows<V>(sum, product);
    if (live && threadIdx.y == 0) {
        UNROLL for (int v = 0; v < V; v++) {
            partial[(static_cast<long long>(blockIdx.y) * 2) * channels + pack * V + v] = sum[v];
            partial[(static_cast<long long>(blockIdx.y) * 2 + 1) * channels + pack * V + v] = product[v];
        }
    }
}

// Gradients of weight and bias, and of each channel the two numbers that batch statistics take from its gradients: [2, channels].
extern "C" __global__ void batch_norm_backward_totals(const float* partial, int slices, long long rows, int channels, const float* invstd,
                                                      int batch_statistics, float* weight_gradient, float* bias_gradient, float* taken) {
    double sum, product;
    sum_slices(partial, slices, channels, sum, product);
    const int channel = blockIdx.x * 32 + threadIdx.x;
    if (threadIdx.y != 0 || channel >= channels) return;
    const double deviation = invstd[channel];
    if (weight_gradient != 0) weight_gradient[channel] = static_cast<float>(product * deviation);
    if (bias_gradient != 0) bias_gradient[channel] = static_cast<float>(sum);
    taken[channel] = batch_statistics != 0 ? static_cast<float>(sum / rows) : 0.0f;
    taken[channels + channel] = batch_statistics != 0 ? static_cast<float>(product * deviation * deviation / rows) : 0.0f;
}

// dx = weight * invstd * (g - mean of g - (x - mean) * what the totals say), and g itself where the addend wants it. Either may be
// the gradient's own memory.
template <typename T, int V>
__device__ __forceinline__ void batch_norm_backward_apply(const T* gradient, const T* input, const T* output, Affine affine, int relu, const float* taken_away,
                                                 T* input_gradient, T* addend_gradient, long long rows, int channels) {
    const int pack = blockIdx.x * blockDim.x + threadIdx.x;
    if (pack >= channels / V) return;
    const long long width = channels / V;
    const long long step = static_cast<long long>(gridDim.y) * blockDim.y;
    float mean[V], scale[V], bias[V], constant[V], slope[V];
    UNROLL for (int v = 0; v < V; v++) {
        mean[v] = affine.mean[pack * V + v];
        scale[v] = scale_of(affine, pack * V + v);
        bias[v] = bias_of(affine, pack * V + v);
        constant[v] = taken_away[pack * V + v];
        slope[v] = taken_away[channels + pack * V + v];
    }
    const auto* from = reinterpret_cast<const Pack<T, V>*>(input);
    const auto* down = reinterpret_cast<const Pack<T, V>*>(gradient);
    const auto* out = reinterpret_cast<const Pack<T, V>*>(output);
    auto* to = reinterpret_cast<Pack<T, V>*>(input_gradient);
    auto* aside = reinterpret_cast<Pack<T, V>*>(addend_gradient);
    for (long long row = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; row < rows; row += 2 * step) {
        Pack<T, V> taken[2], coming[2], made[2];
        UNROLL for (int u = 0; u < 2; u++) {
            if (row + u * step >= rows) continue;
            taken[u] = from[(row + u * step) * width + pack];
            coming[u] = down[(row + u * step) * width + pack];
            if (out != 0) made[u] = out[(row + u * step) * width + pack];
        }
        UNROLL for (int u = 0; u < 2; u++) {
            if (row + u * step >= rows) continue;
            Pack<T, V> own{}, passed{};
            UNROLL for (int v = 0; v < V; v++) {
                const float difference = taken[u].get(v) - mean[v];
                const float g = masked(coming[u].get(v), relu, out != 0 ? made[u].get(v) : difference * scale[v] + bias[v]);
                own.set(v, scale[v] * (g - constant[v] - difference * slope[v]));
                passed.set(v, g);
            }
            if (to != 0) to[(row + u * step) * width + pack] = own;
            if (aside != 0) aside[(row + u * step) * width + pack] = passed;
        }
    }
}

// The addend's gradient under option A: of each of its elements the one that it became, or 0. `addend.data` is not read.
template <typename T>
__device__ __forceinline__ void batch_norm_option_a_gradient(const T* gradient, const T* output, int relu, Addend addend, T* addend_gradient, long long count,
                                                    int channels) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long at = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; at < count; at += step) {
        const long long pixel = at / addend.addend_channels;
        const int channel = static_cast<int>(at - pixel * addend.addend_channels) + addend.before;
        const long long line = pixel / addend.addend_width;
        const long long x = pixel - line * addend.addend_width;
        const long long image = line / addend.addend_height;
        const long long y = line - image * addend.addend_height;
        float value = 0.0f;
        if (x % addend.stride == 0 && y % addend.stride == 0) {
            const long long source = (((image * addend.height + y / addend.stride) * addend.width) + x / addend.stride) * channels + channel;
            value = masked(load(gradient[source]), relu, relu != 0 ? load(output[source]) : 0.0f);
        }
        store(addend_gradient[at], value);
    }
}

#define BATCH_NORM_BACKWARD_KERNELS(T, V, name)                                                                                             \
    extern "C" __global__ void batch_norm_backward_sums_##name(const T* gradient, const T* input, const T* output, Affine affine, int relu,  \
                                                               float* partial, long long rows, int channels) {                               \
        batch_norm_backward_sums<T, V>(gradient, input, output, affine, relu, partial, rows, channels);                                      \
    }                                                                                                                                        \
    extern "C" __global__ void batch_norm_backward_apply_##name(const T* gradient, const T* input, const T* output, Affine affine, int relu, \
                                                                const float* taken_away, T* input_gradient, T* addend_gradient,              \
                                                                long long rows, int channels) {                                              \
        batch_norm_backward_apply<T, V>(gradient, input, output, affine, relu, taken_away, input_gradient, addend_gradient, rows, channels); \
    }

#define BATCH_NORM_BACKWARD_TYPE_KERNELS(T, name)                                                                                            \
    extern "C" __global__ void batch_norm_option_a_gradient_##name(const T* gradient, const T* output, int relu, Addend addend,              \
                                                                   T* addend_gradient, long long count, int channels) {                      \
        batch_norm_option_a_gradient<T>(gradient, output, relu, addend, addend_gradient, count, channels);                                   \
    }

BATCH_NORM_BACKWARD_KERNELS(float, 4, float_pack)
BATCH_NORM_BACKWARD_KERNELS(float, 1, float_one)
BATCH_NORM_BACKWARD_KERNELS(Bf16, 8, bf16_pack)
BATCH_NORM_BACKWARD_KERNELS(Bf16, 1, bf16_one)
BATCH_NORM_BACKWARD_KERNELS(Fp16, 8, fp16_pack)
BATCH_NORM_BACKWARD_KERNELS(Fp16, 1, fp16_one)
BATCH_NORM_BACKWARD_TYPE_KERNELS(float, float)
BATCH_NORM_BACKWARD_TYPE_KERNELS(Bf16, bf16)
BATCH_NORM_BACKWARD_TYPE_KERNELS(Fp16, fp16)
