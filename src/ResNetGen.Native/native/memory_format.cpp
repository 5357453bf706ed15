// channels_last: the layout (N, H, W, C) in memory under the shape [N, C, H, W].
#include "guard.h"

using resnetgen::guarded;

// A tensor of the same values in channels_last; shares storage where it already is. nullptr on error.
RN_EXPORT at::Tensor* rn_channels_last(const at::Tensor* tensor) {
    return guarded<at::Tensor*>(nullptr, [&] {
        return new at::Tensor(tensor->contiguous(at::MemoryFormat::ChannelsLast));
    });
}

// Lays the data of a parameter out anew under the same handle, so that optimizers and modules that hold it need not know.
RN_EXPORT int32_t rn_set_channels_last(at::Tensor* parameter) {
    return guarded<int32_t>(1, [&] {
        if (parameter->dim() == 4 && !parameter->is_contiguous(at::MemoryFormat::ChannelsLast)) {
            parameter->set_data(parameter->detach().contiguous(at::MemoryFormat::ChannelsLast));
        }
        return 0;
    });
}

// 1 where the tensor is laid out channels_last, 0 where not, -1 on error.
RN_EXPORT int32_t rn_is_channels_last(const at::Tensor* tensor) {
    return guarded<int32_t>(-1, [&] {
        return tensor->dim() == 4 && tensor->is_contiguous(at::MemoryFormat::ChannelsLast) ? 1 : 0;
    });
}
