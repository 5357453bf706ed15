// Generators, and tensors filled from them.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>

#include <mutex>

RT_API int rt_manual_seed(int64_t seed) {
    return rt::status([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}
RT_API int rt_cuda_manual_seed(int64_t seed, int32_t all) {
    return rt::status([&] {
        if (!at::hasCUDA()) return;
        auto devices = at::detail::getCUDAHooks().getNumGPUs();
        auto current = static_cast<int>(at::detail::getCUDAHooks().current_device());
        for (int i = 0; i < devices; i++) {
            if (!all && i != current) continue;
            auto generator = at::globalContext().defaultGenerator(at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(i)));
            std::lock_guard<std::mutex> lock(generator.mutex());
            generator.set_current_seed(static_cast<uint64_t>(seed));
        }
    });
}

RT_API int rt_generator_default(void** out) {
    return rt::status([&] { *out = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}
RT_API int rt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, void** out) {
    return rt::status([&] {
        auto device = rt::device(device_type, device_index);
        if (device.is_cpu()) {
            *out = new at::Generator(at::detail::createCPUGenerator(seed));
            return;
        }
        TORCH_CHECK(device.is_cuda() && at::hasCUDA(), "a generator for ", device, " was asked for, and this libtorch has none");
        // The hooks only give out default generators; a clone of one has a state of its own.
        auto index = device.has_index() ? device.index() : static_cast<c10::DeviceIndex>(at::detail::getCUDAHooks().current_device());
        auto generator = at::globalContext().defaultGenerator(at::Device(at::kCUDA, index)).clone();
        generator.set_current_seed(seed);
        *out = new at::Generator(generator);
    });
}
RT_API void rt_generator_free(GeneratorHandle self) { rt::status([&] { delete self; }); }
RT_API int rt_generator_seed(GeneratorHandle self, uint64_t* out) {
    return rt::status([&] {
        std::lock_guard<std::mutex> lock(self->mutex());
        *out = self->seed();
    });
}
RT_API int rt_generator_initial_seed(GeneratorHandle self, uint64_t* out) {
    return rt::status([&] {
        std::lock_guard<std::mutex> lock(self->mutex());
        *out = self->current_seed();
    });
}
RT_API int rt_generator_manual_seed(GeneratorHandle self, uint64_t seed) {
    return rt::status([&] {
        std::lock_guard<std::mutex> lock(self->mutex());
        self->set_current_seed(seed);
    });
}
RT_API TensorHandle rt_generator_get_state(GeneratorHandle self) {
    return rt::tensor([&] {
        std::lock_guard<std::mutex> lock(self->mutex());
        return self->get_state();
    });
}
RT_API int rt_generator_set_state(GeneratorHandle self, TensorHandle state) {
    return rt::status([&] {
        std::lock_guard<std::mutex> lock(self->mutex());
        self->set_state(*state);
    });
}

RT_API int rt_normal_(TensorHandle self, double mean, double std, GeneratorHandle generator) {
    return rt::status([&] { self->normal_(mean, std, rt::generator(generator)); });
}
RT_API int rt_uniform_(TensorHandle self, double from, double to, GeneratorHandle generator) {
    return rt::status([&] { self->uniform_(from, to, rt::generator(generator)); });
}
RT_API int rt_random_(TensorHandle self, int64_t from, int64_t to, GeneratorHandle generator) {
    return rt::status([&] { self->random_(from, to, rt::generator(generator)); });
}
RT_API int rt_bernoulli_(TensorHandle self, double p, GeneratorHandle generator) {
    return rt::status([&] { self->bernoulli_(p, rt::generator(generator)); });
}
RT_API int rt_bernoulli_tensor_(TensorHandle self, TensorHandle p, GeneratorHandle generator) {
    return rt::status([&] { self->bernoulli_(*p, rt::generator(generator)); });
}
