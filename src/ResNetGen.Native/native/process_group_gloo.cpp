// Gloo: tensors between processors, over TCP.
#include "process_group_engine.h"

#include <cstdlib>

#ifdef RN_HAS_GLOO

#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <thread>

#include "process_group_network.h"

namespace resnetgen::group {

namespace {

using c10d::ProcessGroupGloo;

// Opens what ProcessGroupGloo keeps to itself: libtorch has no way to close its connections before its threads are done. Those of
// this process that wait in one may do so until the engine's timeout, but nobody waits for them.
class Gloo : public ProcessGroupGloo {
public:
    using ProcessGroupGloo::ProcessGroupGloo;

    void close() {
        for (const auto& context : contexts_) {
            for (int rank = 0; rank < context->size; rank++) {
                if (rank == context->rank) continue;
                if (const auto& pair = context->getPair(rank)) pair->close();
            }
        }
    }
};

class GlooEngine : public Engine {
public:
    explicit GlooEngine(c10::intrusive_ptr<Gloo> gloo) : gloo_(std::move(gloo)) {}

    // Its destructor waits for the threads, which may still be busy with what will fail soon.
    ~GlooEngine() override {
        close();
        try {
            std::thread([last = std::move(gloo_)]() mutable { last.reset(); }).detach();
        } catch (...) {  // no thread to be had: then here
        }
    }

    Backend& backend() override { return *gloo_; }
    bool is_ordered() const override { return false; }
    bool averages() const override { return false; }

    void close() noexcept override {
        try {
            gloo_->close();
        } catch (...) {  // closed already
        }
    }

private:
    c10::intrusive_ptr<Gloo> gloo_;
};

std::string interface_of(const Meeting& m) {
    if (!m.network_interface.empty()) return m.network_interface;
    const char* said = std::getenv("GLOO_SOCKET_IFNAME");
    return said ? said : "";
}

}  // namespace

std::unique_ptr<Engine> connect_gloo(const Meeting& m, const StorePointer& store) {
    auto options = ProcessGroupGloo::Options::create(m.engine_timeout());
    const std::string named = interface_of(m);
    options->devices.push_back(named.empty() ? ProcessGroupGloo::createDeviceForHostname(own_address(m)) : ProcessGroupGloo::createDeviceForInterface(named));
    options->threads = 2;
    return std::make_unique<GlooEngine>(c10::make_intrusive<Gloo>(store, m.rank, m.size, options));
}

}  // namespace resnetgen::group

#else

namespace resnetgen::group {

std::unique_ptr<Engine> connect_gloo(const Meeting&, const StorePointer&) { return nullptr; }

}  // namespace resnetgen::group

#endif
