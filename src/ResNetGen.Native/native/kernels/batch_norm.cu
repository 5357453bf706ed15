// Batch normalisation, addition and ReLU over feature maps that lie N x H x W x C: a matrix of `rows` pixels by `channels`.
// A block is (packs of channels) x (rows); each thread keeps its channels and walks down the rows. Sums are made in two steps, by
// block and then over blocks in their order, without atomics: the same input gives the same bits.

__device__ __forceinline__ float scale_of(const Affine& affine, int channel) {
    return affine.weight != 0 ? affine.weight[channel] * affine.invstd[channel] : affine.invstd[channel];
}

__device__ __forceinline__ float bias_of(const Affine& affine, int channel) { return affine.bias != 0 ? affine.bias[channel] : 0.0f; }

// Adds the sums of a block's rows, channel by channel; afterwards the threads of its first row hold the totals.
template <int V>
__device__ __forceinline__ void sum_rows(float (&first)[V], float (&second)[V]) {
    __shared__ float shared[2 * 8 * 256];
    const int thread = threadIdx.y * blockDim.x + threadIdx.x;
    UNROLL for (int v = 0; v < V; v++) {
        shared[v * 256 + thread] = first[v];
        shared[(8 + v) * 256 + thread] = second[v];
    }
    __syncthreads();
    for (unsigned half = blockDim.y / 2; half > 0; half /= 2) {
        if (threadIdx.y < half) {
            const int other = thread + half * blockDim.x;
            UNROLL for (int v = 0; v < V; v++) {
                shared[v * 256 + thread] += shared[v * 256 + other];
                shared[(8 + v) * 256 + thread] += shared[(8 + v) * 256 + other];
            }
        }
        __syncthreads();
    }
    UNROLL for (int v = 0; v < V; v++) {
        first[v] = shared[v * 256 + thread];
        second[v] = shared[(8 + v) * 256 + thread];
    }
}

// Sums of x - k and (x - k)^2 for each block, [slices, 2, channels], where k is the channel's first value: with a value out of the
// midst of the others nothing cancels in the variance that could have been seen in fp32.
template <typename T, int V>
__device__ __forceinline__ void batch_norm_sums(const T* input, float* partial, long long rows, int channels) {
    const int pack = blockIdx.x * blockDim.x + threadIdx.x;
    const bool live = pack < channels / V;
    const auto* packs = reinterpret_cast<const Pack<T, V>*>(input);
    const long long width = channels / V;
    const long long step = static_cast<long long>(gridDim.y) * blockDim.y;
    float sum[V] = {};
    float square[V] = {};
    if (live) {
        const Pack<T, V> origin = packs[pack];
        for (long long row = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; row < rows; row += 4 * step) {
            // Four loads under way before the first is used.
            Pack<T, V> taken[4];
            UNROLL for (int u = 0; u < 4; u++) {
                taken[u] = row + u * step < rows ? packs[(row + u * step) * width + pack] : origin;
            }
            UNROLL for (int u = 0; u < 4; u++) {
                UNROLL for (int v = 0; v < V; v++) {
                    const float difference = taken[u].get(v) - origin.get(v);
                    sum[v] += difference;
                    square[v] += difference * difference;
                }
            }
        }
    }
    sum_rows<V>(sum, square);
    if (live && threadIdx.y == 0) {
        UNROLL for (int v = 0; v < V; v++) {
            partial[(static_cast<long long>(blockIdx.y) * 2) * channels + pack * V + v] = sum[v];
            partial[(static_cast<long long>(blockIdx.y) * 2 + 1) * channels + pack * V + v] = square[v];
        }
    }
}

// Adds up [slices, 2, channels] in doubles: a block of 32 channels by 8 shares of the slices. The totals are those of its first row.
__device__ __forceinline__ void sum_slices(const float* partial, int slices, int channels, double& first, double& second) {
    __shared__ double shared[2 * 256];
    const int channel = blockIdx.x * 32 + threadIdx.x;
    const int thread = threadIdx.y * 32 + threadIdx.x;
    first = 0.0;
    second = 0.0;
    if (channel < channels) {
        for (int slice = threadIdx.y; slice < slices; slice += 8) {
            first += partial[(static_cast<long long>(slice) * 2) * channels + channel];
            second += partial[(static_cast<long long>(slice) * 2 + 1) * channels + channel];
        }
    }
    shared[thread] = first;
    shared[256 + thread] = second;
    __syncthreads();
    if (threadIdx.y == 0) {
        for (int share = 1; share < 8; share++) {
            first += shared[share * 32 + threadIdx.x];
            second += shared[256 + share * 32 + threadIdx.x];
        }
    }
}

// Mean and 1 / deviation of each channel from the sums, and the running statistics. `batches` is raised by batch_norm_count before.
template <typename T>
__device__ __forceinline__ void batch_norm_statistics(const T* input, const float* partial, int slices, long long rows, int channels, float eps,
                                             float* mean, float* invstd, float* running_mean, float* running_var, const long long* batches,
                                             float momentum) {
    double sum, square;
    sum_slices(partial, slices, channels, sum, square);
    const int channel = blockIdx.x * 32 + threadIdx.x;
    if (threadIdx.y != 0 || channel >= channels) return;
    const double count = static_cast<double>(rows);
    const double average = load(input[channel]) + sum / count;
    const double spread = square - sum * sum / count;
    const double variance = (spread < 0.0 ? 0.0 : spread) / count;
    mean[channel] = static_cast<float>(average);
    invstd[channel] = static_cast<float>(1.0 / sqrt(variance + eps));
    const float part = momentum != momentum ? 1.0f / static_cast<float>(*batches) : momentum;
    if (running_mean != 0) running_mean[channel] = (1.0f - part) * running_mean[channel] + part * static_cast<float>(average);
    if (running_var != 0) {
        // One value has no unbiased variance: not a number, as in torch.
        const double unbiased = variance * count / (count - 1.0);
        running_var[channel] = (1.0f - part) * running_var[channel] + part * static_cast<float>(unbiased);
    }
}

extern "C" __global__ void batch_norm_count(long long* batches) { *batches += 1; }

extern "C" __global__ void batch_norm_running(const float* running_mean, const float* running_var, float eps, float* mean, float* invstd, int channels) {
    const int channel = blockIdx.x * blockDim.x + threadIdx.x;
    if (channel >= channels) return;
    mean[channel] = running_mean[channel];
    invstd[channel] = 1.0f / sqrtf(running_var[channel] + eps);
}

// The addend of one channel of one pixel under option A: every stride-th pixel, zero channels around.
template <typename T>
__device__ __forceinline__ float option_a(const Addend& addend, long long row, int channel) {
    const int own = channel - addend.before;
    if (own < 0 || own >= addend.addend_channels) return 0.0f;
    const long long line = row / addend.width;
    const long long x = (row - line * addend.width) * addend.stride;
    const long long image = line / addend.height;
    const long long y = (line - image * addend.height) * addend.stride;
    const long long pixel = (image * addend.addend_height + y) * addend.addend_width + x;
    return load(static_cast<const T*>(addend.data)[pixel * addend.addend_channels + own]);
}

// y = relu((x - mean) * invstd * weight + bias + addend). Output may be the input: each element is read before it is written, by the
// same thread.
template <typename T, int V>
__device__ __forceinline__ void batch_norm_apply(const T* input, T* output, Affine affine, Addend addend, int relu, long long rows, int channels) {
    const int pack = blockIdx.x * blockDim.x + threadIdx.x;
    if (pack >= channels / V) return;
    const long long width = channels / V;
    const long long step = static_cast<long long>(gridDim.y) * blockDim.y;
    float mean[V], scale[V], bias[V];
    UNROLL for (int v = 0; v < V; v++) {
        mean[v] = affine.mean[pack * V + v];
        scale[v] = scale_of(affine, pack * V + v);
        bias[v] = bias_of(affine, pack * V + v);
    }
    const auto* from = reinterpret_cast<const Pack<T, V>*>(input);
    const auto* other = static_cast<const Pack<T, V>*>(addend.data);
    auto* to = reinterpret_cast<Pack<T, V>*>(output);
    for (long long row = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; row < rows; row += 2 * step) {
        Pack<T, V> taken[2], added[2];
        UNROLL for (int u = 0; u < 2; u++) {
            if (row + u * step >= rows) continue;
            taken[u] = from[(row + u * step) * width + pack];
            if (addend.mode == 1) added[u] = other[(row + u * step) * width + pack];
        }
        UNROLL for (int u = 0; u < 2; u++) {
            if (row + u * step >= rows) continue;
            Pack<T, V> made{};
            UNROLL for (int v = 0; v < V; v++) {
                float value = (taken[u].get(v) - mean[v]) * scale[v] + bias[v];
                if (addend.mode == 1) value += added[u].get(v);
                if (addend.mode == 2) value += option_a<T>(addend, row + u * step, pack * V + v);
                made.set(v, relu != 0 ? rectified(value) : value);
            }
            to[(row + u * step) * width + pack] = made;
        }
    }
}

// The names that the host asks for: by type, and by how many channels are taken at once.
#define BATCH_NORM_KERNELS(T, V, name)                                                                                                     \
    extern "C" __global__ void batch_norm_sums_##name(const T* input, float* partial, long long rows, int channels) {                     \
        batch_norm_sums<T, V>(input, partial, rows, channels);                                                                            \
    }                                                                                                                                      \
    extern "C" __global__ void batch_norm_apply_##name(const T* input, T* output, Affine affine, Addend addend, int relu, long long rows,  \
                                                       int channels) {                                                                     \
        batch_norm_apply<T, V>(input, output, affine, addend, relu, rows, channels);                                                       \
    }

#define BATCH_NORM_TYPE_KERNELS(T, name)                                                                                                   \
    extern "C" __global__ void batch_norm_statistics_##name(const T* input, const float* partial, int slices, long long rows,              \
                                                            int channels, float eps, float* mean, float* invstd, float* running_mean,      \
                                                            float* running_var, const long long* batches, float momentum) {                \
        batch_norm_statistics<T>(input, partial, slices, rows, channels, eps, mean, invstd, running_mean, running_var, batches, momentum); \
    }

BATCH_NORM_KERNELS(float, 4, float_pack)
BATCH_NORM_KERNELS(float, 1, float_one)
BATCH_NORM_KERNELS(Bf16, 8, bf16_pack)
BATCH_NORM_KERNELS(Bf16, 1, bf16_one)
BATCH_NORM_KERNELS(Fp16, 8, fp16_pack)
BATCH_NORM_KERNELS(Fp16, 1, fp16_one)
BATCH_NORM_TYPE_KERNELS(float, float)
BATCH_NORM_TYPE_KERNELS(Bf16, bf16)
BATCH_NORM_TYPE_KERNELS(Fp16, fp16)
