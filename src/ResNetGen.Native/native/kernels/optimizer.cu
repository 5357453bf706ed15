// The optimizer's passes: up to 64 tensors a launch, described by the kernel's own argument, a row of blocks for each. What is known
// on the device only (the rate, a scale, whether all values were finite) is read from there.

// Whether a value was not finite. Of `pass` no address is taken but by a macro: a copy of it would lie in each thread's own memory.
#define IS_OFF(pass) ((pass).found != 0 && *(pass).found != 0.0f)

extern "C" __global__ void sgd_step(const GRID_CONSTANT Pass pass, float given_rate) {
    if (IS_OFF(pass)) return;
    float* weights = pass.slices[blockIdx.y].weight;
    const float* gradients = pass.slices[blockIdx.y].gradient;
    float* momenta = pass.slices[blockIdx.y].momentum;
    const long long count = pass.slices[blockIdx.y].count;
    const float decay = pass.slices[blockIdx.y].decay;
    const bool fresh = pass.slices[blockIdx.y].fresh != 0;
    const float momentum = pass.momentum;
    const bool nesterov = pass.nesterov != 0;
    const float rate = pass.rate_there != 0 ? *pass.rate_there : given_rate;
    const float scale = pass.scale != 0 ? *pass.scale : 1.0f;
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count; i += step) {
        const float weight = weights[i];
        float change = gradients[i] * scale + decay * weight;
        if (momenta != 0) {
            // A momentum that is fresh may hold anything, not a number too.
            const float velocity = fresh ? change : momentum * momenta[i] + change;
            momenta[i] = velocity;
            change = nesterov ? change + momentum * velocity : velocity;
        }
        weights[i] = weight - rate * change;
    }
}

// weight = decay * weight + (1 - decay) * gradient: an average and its next value; the slice's decay is 1 - decay.
extern "C" __global__ void moving_average(const GRID_CONSTANT Pass pass, float decay) {
    if (IS_OFF(pass)) return;
    const Slice& slice = pass.slices[blockIdx.y];
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < slice.count; i += step) {
        slice.weight[i] = decay * slice.weight[i] + slice.decay * slice.gradient[i];
    }
}

extern "C" __global__ void scale_all(const GRID_CONSTANT Pass pass) {
    if (IS_OFF(pass) || pass.scale == 0) return;
    const Slice& slice = pass.slices[blockIdx.y];
    const float scale = *pass.scale;
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < slice.count; i += step) slice.weight[i] *= scale;
}

// The sum of squares of each block, [slices, blocks], and whether any value is not finite: `found` becomes 1.
extern "C" __global__ void measure(const GRID_CONSTANT Pass pass, double* partial, float* found) {
    __shared__ double shared[256];
    const Slice& slice = pass.slices[blockIdx.y];
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    double sum = 0.0;
    bool bad = false;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < slice.count; i += step) {
        const float value = slice.gradient[i];
        bad |= (__float_as_uint(value) & 0x7f800000u) == 0x7f800000u;
        sum += static_cast<double>(value) * value;
    }
    // Whoever writes, writes the same.
    if (bad) *found = 1.0f;
    shared[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned half = 128; half > 0; half /= 2) {
        if (threadIdx.x < half) shared[threadIdx.x] += shared[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0) partial[static_cast<long long>(blockIdx.y) * gridDim.x + blockIdx.x] = shared[0];
}

// Adds the blocks' sums, in one order, to a number.
extern "C" __global__ void measure_total(const double* partial, long long count, double* squares) {
    __shared__ double shared[256];
    double sum = 0.0;
    for (long long i = threadIdx.x; i < count; i += 256) sum += partial[i];
    shared[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned half = 128; half > 0; half /= 2) {
        if (threadIdx.x < half) shared[threadIdx.x] += shared[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0) *squares += shared[0];
}
