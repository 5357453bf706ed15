// One step of Adam or AdamW over a parameter group.
#include "optim.h"

#include <cmath>

namespace {

struct Options {
    double lr, beta1, beta2, eps, weight_decay;
    bool amsgrad, maximize, decoupled;
};

struct Lists {
    std::vector<at::Tensor> parameters, gradients, first, second, largest;
};

void step(Lists& lists, int64_t number, const Options& o) {
    double correction1 = 1 - std::pow(o.beta1, static_cast<double>(number));
    double correction2 = 1 - std::pow(o.beta2, static_cast<double>(number));

    auto& gradients = lists.gradients;
    if (o.maximize) gradients = at::_foreach_neg(gradients);
    if (o.weight_decay != 0) {
        if (o.decoupled) {
            at::_foreach_mul_(lists.parameters, 1 - o.lr * o.weight_decay);
        } else {
            gradients = at::_foreach_add(gradients, lists.parameters, o.weight_decay);
        }
    }

    at::_foreach_mul_(lists.first, o.beta1);
    at::_foreach_add_(lists.first, gradients, 1 - o.beta1);
    at::_foreach_mul_(lists.second, o.beta2);
    at::_foreach_addcmul_(lists.second, gradients, gradients, 1 - o.beta2);
    gradients.clear(); // frees the copies, where there are any

    if (o.amsgrad) {
        for (size_t i = 0; i < lists.largest.size(); i++) at::maximum_out(lists.largest[i], lists.largest[i], lists.second[i]);
    }

    auto denominators = at::_foreach_sqrt(o.amsgrad ? lists.largest : lists.second);
    at::_foreach_div_(denominators, std::sqrt(correction2));
    at::_foreach_add_(denominators, o.eps);
    at::_foreach_addcdiv_(lists.parameters, lists.first, denominators, -o.lr / correction1);
}

} // namespace

// steps: how many steps each parameter has had; counted up here for those with a gradient. largest: used with amsgrad.
RT_API int rt_optim_adam(TensorHandle* parameters, TensorHandle* first, TensorHandle* second, TensorHandle* largest,
                         int64_t* steps, int32_t count, double lr, double beta1, double beta2, double eps,
                         double weight_decay, int32_t amsgrad, int32_t maximize, int32_t decoupled) {
    return rt::status([&] {
        at::NoGradGuard no_grad;
        Options options{lr, beta1, beta2, eps, weight_decay, amsgrad != 0, maximize != 0, decoupled != 0};
        rt::optim::in_chunks(parameters, count, [&](const std::vector<int32_t>& chunk) {
            // Parameters that joined later, or went without a gradient, are at another step.
            std::map<int64_t, Lists> by_step;
            for (int32_t i : chunk) {
                Lists& lists = by_step[++steps[i]];
                lists.parameters.push_back(*parameters[i]);
                lists.gradients.push_back(parameters[i]->grad());
                lists.first.push_back(*first[i]);
                lists.second.push_back(*second[i]);
                if (options.amsgrad) {
                    TORCH_CHECK(largest[i], "amsgrad is on, but the state of parameter ", i, " has no max_exp_avg_sq");
                    lists.largest.push_back(*largest[i]);
                }
            }
            for (auto& [number, lists] : by_step) step(lists, number, options);
        });
    });
}
