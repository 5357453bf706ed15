// What host and kernels hand each other by value: the host includes this file, and it opens the text that is compiled at run time.

struct Addend {
    const void* data;  // null: none
    int mode;          // 0 none, 1 laid out as the input, 2 option A
    int height;        // of the output; option A only, as all below
    int width;
    int addend_height;
    int addend_width;
    int addend_channels;
    int stride;
    int before;
};

// One channel's numbers: y = x * scale + shift.
struct Affine {
    const float* mean;
    const float* invstd;
    const float* weight;  // null: 1
    const float* bias;    // null: 0
};

// One tensor of an optimizer's pass, and the pass: 64 tensors fit into the 4 KiB that a kernel's arguments may take.
struct Slice {
    float* weight;
    const float* gradient;
    float* momentum;  // null: none
    long long count;
    float decay;
    int fresh;  // the momentum begins with this step
};

struct Pass {
    Slice slices[64];
    const float* rate_there;  // null: the kernel's number
    const float* scale;       // null: 1
    const float* found;       // null: all is finite; where it is not 0 nothing is written
    float momentum;
    int nesterov;
};
