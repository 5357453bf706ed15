// The states of torch's default generators before a block ran, so that a second run draws the same numbers.
#pragma once

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cstring>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace resnetgen {

class RandomState {
public:
    RandomState() = default;

    // Notes the states of the processor's generator, and of the device's where that is another. While CUDA records a graph a
    // generator says nothing of itself; that is no error where the block does not draw.
    RandomState(at::Device device, bool draws) {
        add(at::detail::getDefaultCPUGenerator());
        if (device.is_cpu()) return;
        try {
            add(at::globalContext().defaultGenerator(device));
        } catch (const c10::Error&) {
            if (draws) throw;
        }
    }

    // Forgets the states that are still as they were: nothing was drawn from them.
    void forget_unused() {
        std::vector<std::pair<at::Generator, std::string>> used;
        for (auto& [generator, state] : states_)
            if (read(generator) != state) used.emplace_back(generator, std::move(state));
        states_ = std::move(used);
    }

    // Sets the generators back for the time of its life, and then to where it found them.
    class Replay {
    public:
        explicit Replay(const RandomState& before) {
            for (const auto& [generator, state] : before.states_) {
                now_.emplace_back(generator, read(generator));
                write(generator, state);
            }
        }
        ~Replay() {
            for (const auto& [generator, state] : now_) write(generator, state);
        }
        Replay(const Replay&) = delete;
        Replay& operator=(const Replay&) = delete;

    private:
        std::vector<std::pair<at::Generator, std::string>> now_;
    };

private:
    void add(const at::Generator& generator) { states_.emplace_back(generator, read(generator)); }

    // As bytes, which are no tensor's memory.
    static std::string read(at::Generator generator) {
        const std::lock_guard<std::mutex> lock(generator.mutex());
        const at::Tensor state = generator.get_state();
        return {reinterpret_cast<const char*>(state.data_ptr<uint8_t>()), static_cast<size_t>(state.numel())};
    }

    static void write(at::Generator generator, const std::string& bytes) {
        const at::Tensor state = at::empty({static_cast<int64_t>(bytes.size())}, at::kByte);
        std::memcpy(state.data_ptr<uint8_t>(), bytes.data(), bytes.size());
        const std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(state);
    }

    std::vector<std::pair<at::Generator, std::string>> states_;
};

}  // namespace resnetgen
