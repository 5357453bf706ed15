// Where time goes: the operations that libtorch runs on a thread, as a tree of calls with the time that each spent itself, and the
// layer that each belongs to. A layer is told by its parameters among an operation's inputs; a backward function by the forward
// operation that it was made in, whose sequence number it bears.
#include "guard.h"

#include <ATen/SequenceNumber.h>
#include <ATen/record_function.h>

#include <chrono>
#include <cstring>
#include <unordered_map>
#include <vector>

using resnetgen::guarded;

namespace {

constexpr int32_t no_layer = -1;

enum class Kind : int32_t { operation = 0, backward = 1, scope = 2 };

struct Call {
    int32_t parent;
    int32_t layer;
    Kind kind;
    std::string name;
    int64_t count = 0;
    int64_t nanoseconds = 0;  // its own: what it called has its own
};

class Profile {
public:
    Profile() {
        calls_.push_back({-1, no_layer, Kind::scope, ""});
        frames_.push_back({0, no_layer});
    }

    void know(const at::Tensor& parameter, int32_t layer) { layers_[parameter.unsafeGetTensorImpl()] = layer; }

    void enter(const char* name, int32_t layer, Kind kind) {
        claim();
        tick();
        const Frame& top = frames_.back();
        if (layer == no_layer) layer = top.layer;
        const int32_t call = child(top.call, name, layer, kind);
        calls_[call].count++;
        frames_.push_back({call, layer});
    }

    void leave() {
        if (frames_.size() < 2) return;
        claim();
        tick();
        frames_.pop_back();
    }

    void operation(const at::RecordFunction& function) {
        const bool backward = function.scope() == at::RecordScope::BACKWARD_FUNCTION;
        enter(function.name(), backward ? made_in(function.seqNr()) : layer_of(function), backward ? Kind::backward : Kind::operation);
    }

    const std::vector<Call>& calls() const { return calls_; }

private:
    using Clock = std::chrono::steady_clock;
    struct Frame {
        int32_t call;
        int32_t layer;
    };
    struct Key {
        int32_t parent;
        int32_t layer;
        Kind kind;
        std::string name;
        bool operator==(const Key& other) const {
            return parent == other.parent && layer == other.layer && kind == other.kind && name == other.name;
        }
    };
    struct Hash {
        size_t operator()(const Key& key) const {
            return std::hash<std::string>()(key.name) ^ (static_cast<size_t>(key.parent) * 0x9e3779b97f4a7c15ull) ^ (static_cast<size_t>(key.layer) << 32);
        }
    };

    // All time belongs to somebody: what has passed since the last event was spent by the innermost call.
    void tick() {
        const auto now = Clock::now();
        calls_[frames_.back().call].nanoseconds += std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_).count();
        last_ = now;
    }

    // Backward functions made since the last event were made by the innermost call.
    void claim() {
        const uint64_t next = at::sequence_number::peek();
        while (first_ + made_.size() < next) made_.push_back(frames_.back().layer);
    }

    int32_t made_in(int64_t sequence) const {
        const uint64_t place = static_cast<uint64_t>(sequence) - first_;
        return sequence >= 0 && place < made_.size() ? made_[place] : no_layer;
    }

    int32_t layer_of(const at::RecordFunction& function) const {
        for (const c10::IValue& input : function.inputs()) {
            if (!input.isTensor()) continue;
            const auto found = layers_.find(input.toTensor().unsafeGetTensorImpl());
            if (found != layers_.end()) return found->second;
        }
        return no_layer;
    }

    int32_t child(int32_t parent, const char* name, int32_t layer, Kind kind) {
        const auto [place, is_new] = children_.try_emplace(Key{parent, layer, kind, name}, static_cast<int32_t>(calls_.size()));
        if (is_new) calls_.push_back({parent, layer, kind, name});
        return place->second;
    }

    std::vector<Call> calls_;
    std::unordered_map<Key, int32_t, Hash> children_;
    std::vector<Frame> frames_;
    std::unordered_map<const c10::TensorImpl*, int32_t> layers_;
    uint64_t first_ = at::sequence_number::peek();
    std::vector<int32_t> made_;
    Clock::time_point last_ = Clock::now();
};

// Callbacks are plain functions, so the thread has to say whose they are. Autograd's own threads, which accelerators have, inherit
// the callbacks but not this.
thread_local Profile* current = nullptr;

std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function) {
    if (current != nullptr) current->operation(function);
    return nullptr;
}

void on_end(const at::RecordFunction&, at::ObserverContext*) {
    if (current != nullptr) current->leave();
}

struct Recording {
    Profile profile;
    at::CallbackHandle callback = 0;
};

}  // namespace

// Starts recording on this thread; ended by rn_profile_end on the same thread, with no operation running. The layers are numbers
// of the caller's, one a parameter. nullptr on error, as where another recording runs.
RN_EXPORT void* rn_profile_begin(at::Tensor* const* parameters, const int32_t* layers, int64_t count) {
    return guarded<void*>(nullptr, [&] {
        TORCH_CHECK(current == nullptr, "this thread is being recorded already");
        auto recording = std::make_unique<Recording>();
        for (int64_t i = 0; i < count; i++) recording->profile.know(*parameters[i], layers[i]);
        recording->callback = at::addThreadLocalCallback(at::RecordFunctionCallback(on_start, on_end).needsInputs(true));
        current = &recording->profile;
        return static_cast<void*>(recording.release());
    });
}

// A call of the caller's own around those that follow, until rn_profile_leave; layer -1 is that of the call around it. 0 on success.
RN_EXPORT int32_t rn_profile_enter(void* recording, const char* name, int32_t layer) {
    return guarded<int32_t>(1, [&] {
        static_cast<Recording*>(recording)->profile.enter(name, layer, Kind::scope);
        return 0;
    });
}

RN_EXPORT int32_t rn_profile_leave(void* recording) {
    return guarded<int32_t>(1, [&] {
        static_cast<Recording*>(recording)->profile.leave();
        return 0;
    });
}

// noexcept: reads a size.
RN_EXPORT int64_t rn_profile_count(const void* recording) noexcept {
    return static_cast<int64_t>(static_cast<const Recording*>(recording)->profile.calls().size());
}

// One call of the tree; parents come before children, the first is the root. Gives its name, which lives as long as the recording.
// noexcept: reads what is there; the index is the caller's to keep below the count.
RN_EXPORT const char* rn_profile_call(const void* recording, int64_t index, int32_t* parent, int32_t* layer, int32_t* kind, int64_t* count,
                                      int64_t* nanoseconds) noexcept {
    const Call& call = static_cast<const Recording*>(recording)->profile.calls()[index];
    *parent = call.parent;
    *layer = call.layer;
    *kind = static_cast<int32_t>(call.kind);
    *count = call.count;
    *nanoseconds = call.nanoseconds;
    return call.name.c_str();
}

RN_EXPORT int32_t rn_profile_end(void* recording) {
    return guarded<int32_t>(1, [&] {
        std::unique_ptr<Recording> owned(static_cast<Recording*>(recording));
        current = nullptr;
        at::removeCallback(owned->callback);
        return 0;
    });
}
