// One SGD step over a parameter group.
#include "optim.h"

namespace {

void step(const std::vector<at::Tensor>& parameters, std::vector<at::Tensor> gradients, std::vector<at::Tensor>& buffers,
          double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) {
    bool fresh = false; // whether `gradients` are copies of ours
    if (maximize) {
        // Before the decay is added, as PyTorch does it: decay shrinks the weights in either direction.
        gradients = at::_foreach_neg(gradients);
        fresh = true;
    }
    if (weight_decay != 0) {
        gradients = at::_foreach_add(gradients, parameters, weight_decay);
        fresh = true;
    }

    if (momentum != 0) {
        // Buffers that are not there yet start as the gradient itself, without dampening.
        std::vector<at::Tensor> old, added;
        for (size_t i = 0; i < buffers.size(); i++) {
            if (buffers[i].defined()) {
                old.push_back(buffers[i]);
                added.push_back(gradients[i]);
            } else {
                buffers[i] = fresh ? gradients[i] : gradients[i].clone().detach();
            }
        }
        if (!old.empty()) {
            at::_foreach_mul_(old, momentum);
            at::_foreach_add_(old, added, 1 - dampening);
        }
        if (nesterov) {
            gradients = at::_foreach_add(gradients, buffers, momentum);
        } else {
            gradients = buffers;
        }
    }

    at::_foreach_add_(parameters, gradients, -lr);
}

} // namespace

// buffers: in, the momentum buffers or nullptr; out, likewise, with new ones where this step made them.
RT_API int rt_optim_sgd(TensorHandle* parameters, TensorHandle* buffers, int32_t count, double lr, double momentum,
                        double dampening, double weight_decay, int32_t nesterov, int32_t maximize) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        rt::optim::in_chunks(parameters, count, [&](const std::vector<int32_t>& chunk) {
            std::vector<at::Tensor> values, gradients, state;
            for (int32_t i : chunk) {
                values.push_back(*parameters[i]);
                gradients.push_back(parameters[i]->grad());
                state.push_back(rt::or_undefined(buffers[i]));
            }
            step(values, std::move(gradients), state, lr, momentum, dampening, weight_decay, nesterov != 0, maximize != 0);
            for (size_t k = 0; k < chunk.size(); k++) {
                if (!buffers[chunk[k]] && state[k].defined()) buffers[chunk[k]] = new at::Tensor(state[k]);
            }
        });
    });
}
