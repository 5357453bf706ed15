// Signs of life. Every rank leaves a line in the store a few times a second: that it lives, which operation it came to last, and how it
// ended where it has. Nobody reads them while all goes well; where an operation takes long or fails, they tell which rank is
// the reason. A thread and a connection of its own, so that neither a long computation nor a long operation hides the rank.
#pragma once

#include "process_group_engine.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace resnetgen::group {

enum class State : char { Running = 'r', Left = 'l', Failed = 'f' };

// What is known of a rank.
struct Sign {
    bool seen = false;  // never: a process of another program, which gives none
    std::string line;
    State state = State::Running;
    int64_t operation = 0;  // number of the last operation that it came to
    std::string text;       // that operation; of a failed rank its verdict
    Clock::time_point changed;
};

// A rank that is the reason why an operation does not end, and how that is known. A rank that fails hands its verdict on in its last
// line, so that all name the same one.
struct Verdict {
    enum class Reason : char { None = 'n', Gone = 'g', Left = 'l', Failed = 'f', Late = 't', StoreGone = 's' } reason = Reason::None;
    int rank = -1;
    std::string text;   // Gone: since when; Failed: what it said; Late: what it came to last; None: ranks that never gave a sign
    int found_by = -1;  // the rank that handed it on

    std::string packed() const;
    static Verdict unpacked(const std::string& text);
};

class Pulse {
public:
    // Begins at once, over a connection of its own.
    Pulse(const Meeting& meeting, StorePointer store);

    // Ends without waiting for anybody; the last line stays.
    ~Pulse();

    // What this rank came to; the number of operations that it has come to with it.
    int64_t came_to(const std::string& operation);

    // Its last line, written now; waits for that up to a second.
    void end_with(State state, const std::string& text);

    // Reads the others' signs for some seconds from now on, so that known() and verdict() know when they stopped. Who waits asks for
    // it again and again: nothing is read for those who do not.
    void watch();

    // What is known already, without waiting: a rank that failed, one that has been silent for so long while it was watched, one that left
    // before it came to the operation, or the store that is gone.
    std::optional<Verdict> known(int64_t operation, milliseconds patience);

    // Who is the reason. Watches, from this question on, until that is sure: some beats, two seconds to two and a half.
    Verdict verdict(int64_t operation);

    // Called with every beat, on the pulse's thread.
    void each_beat(std::function<void()> action);

    // Where this rank hosts the store, and something failed: stays until the others have read why, a second and a half at most.
    void linger();

private:
    struct Shared;
    static void run(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<Shared> shared_;
};

}  // namespace resnetgen::group
