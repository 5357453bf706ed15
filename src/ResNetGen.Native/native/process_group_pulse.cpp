#include "process_group_pulse.h"

#include "process_group_error.h"
#include "process_group_store.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace resnetgen::group {

namespace {

constexpr milliseconds beat(500);

// Three beats: one may fall between two readings, and one may be late on a machine that is busy.
constexpr milliseconds silence = 3 * beat;

// So long the others' signs are read after somebody asked for it.
constexpr milliseconds attention(3000);

std::string key_of(int rank) { return "life/" + std::to_string(rank); }

// Lines: count, state, operation, text.
std::string line_of(int64_t count, const Sign& sign) {
    return std::to_string(count) + ' ' + static_cast<char>(sign.state) + ' ' + std::to_string(sign.operation) + ' ' + sign.text;
}

void read_line(const std::string& line, Sign& sign) {
    const size_t state = line.find(' ') + 1, number = line.find(' ', state) + 1, text = line.find(' ', number) + 1;
    if (state == 0 || number == 0 || text == 0) return;
    sign.state = static_cast<State>(line[state]);
    sign.operation = std::strtoll(line.c_str() + number, nullptr, 10);
    sign.text = line.substr(text);
}

}  // namespace

std::string Verdict::packed() const { return std::string(1, static_cast<char>(reason)) + ' ' + std::to_string(rank) + ' ' + text; }

Verdict Verdict::unpacked(const std::string& packed) {
    Verdict verdict;
    const size_t rank = packed.find(' ') + 1, text = packed.find(' ', rank) + 1;
    if (rank == 0 || text == 0) return verdict;
    verdict.reason = static_cast<Reason>(packed[0]);
    verdict.rank = static_cast<int>(std::strtol(packed.c_str() + rank, nullptr, 10));
    verdict.text = packed.substr(text);
    return verdict;
}

struct Pulse::Shared {
    Shared(const Meeting& meeting, StorePointer store) : meeting(meeting), store(std::move(store)), signs(meeting.size) {}

    const Meeting meeting;
    const StorePointer store;

    std::mutex mutex;
    std::condition_variable changed;
    Sign own;
    bool hurry = false, ending = false, ended = false;
    bool store_gone = false;
    Clock::time_point watched_since, watched_until;
    Clock::time_point last_look;  // when the last reading of all signs began: what is older than that was there to be seen
    std::vector<Sign> signs;
    int64_t rounds = 0;  // such readings
    std::function<void()> action;

    void watch() {
        const auto now = Clock::now();
        if (now >= watched_until) {
            watched_since = now;
            hurry = true;
            changed.notify_all();
        }
        watched_until = now + attention;
    }

    void read_others() {
        for (int rank = 0; rank < meeting.size; rank++) {
            if (rank == meeting.rank || !store->check({key_of(rank)})) continue;
            const std::string line = text_of(store->get(key_of(rank)));
            const std::lock_guard<std::mutex> lock(mutex);
            Sign& sign = signs[rank];
            if (line == sign.line) continue;
            sign.seen = true;
            sign.line = line;
            sign.changed = Clock::now();
            read_line(line, sign);
        }
    }

    // The lowest other rank whose sign is such; -1: none.
    template <typename Holds>
    int find(Holds holds) const {
        for (int rank = 0; rank < meeting.size; rank++) {
            if (rank != meeting.rank && signs[rank].seen && holds(signs[rank])) return rank;
        }
        return -1;
    }

    int failed() const {
        return find([](const Sign& each) { return each.state == State::Failed; });
    }

    // By our last look: where we were held up ourselves, nobody else has to be silent.
    bool is_silent(const Sign& sign, milliseconds patience) const {
        return sign.state == State::Running && last_look - std::max(sign.changed, watched_since) >= patience;
    }

    int silent(milliseconds patience) const {
        return find([&](const Sign& each) { return is_silent(each, patience); });
    }

    Verdict gone(int rank) const {
        const auto age = Clock::now() - std::max(signs[rank].changed, watched_since);
        return {Verdict::Reason::Gone, rank, seconds(std::chrono::duration<double>(age).count()), -1};
    }

    Verdict handed_on_by(int rank) const {
        Verdict verdict = Verdict::unpacked(signs[rank].text);
        verdict.found_by = rank;
        return verdict;
    }
};

Pulse::Pulse(const Meeting& meeting, StorePointer store) : shared_(std::make_shared<Shared>(meeting, std::move(store))) {
    shared_->own.text = "joining the group";
    std::thread(run, shared_).detach();
}

Pulse::~Pulse() {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->ending = true;
    shared_->action = nullptr;
    shared_->changed.notify_all();
}

void Pulse::run(const std::shared_ptr<Shared>& s) {
    std::unique_lock<std::mutex> lock(s->mutex);
    for (int64_t count = 0;; count++) {
        const Sign own = s->own;
        const auto begun = Clock::now();
        const bool last = s->ending, watching = begun < s->watched_until;
        const auto action = s->action;
        s->hurry = false;
        lock.unlock();
        bool gone = false;
        try {
            s->store->set(key_of(s->meeting.rank), bytes_of(line_of(count, own)));
            if (watching) s->read_others();
        } catch (...) {
            gone = true;
        }
        if (action) action();
        lock.lock();
        s->store_gone = s->store_gone || gone;
        if (watching && !gone) {
            s->rounds++;
            s->last_look = begun;
        }
        s->ended = last || s->ended;
        s->changed.notify_all();
        if (last) return;
        s->changed.wait_for(lock, beat, [&] { return s->hurry || s->ending; });
    }
}

int64_t Pulse::came_to(const std::string& operation) {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    Sign& own = shared_->own;
    own.operation++;
    if (own.state == State::Running) own.text = operation;
    return own.operation;
}

void Pulse::end_with(State state, const std::string& text) {
    std::unique_lock<std::mutex> lock(shared_->mutex);
    Sign& own = shared_->own;
    if (own.state == State::Running) {
        own.state = state;
        own.text = text;
    }
    shared_->ending = state == State::Left;
    // The line goes out with the round after the one that may be under way.
    shared_->hurry = true;
    shared_->changed.notify_all();
    const auto written = [&] { return shared_->store_gone || (state == State::Left ? shared_->ended : !shared_->hurry); };
    shared_->changed.wait_for(lock, std::chrono::seconds(1), written);
}

void Pulse::each_beat(std::function<void()> action) {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->action = std::move(action);
}

void Pulse::watch() {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->watch();
}

std::optional<Verdict> Pulse::known(int64_t operation, milliseconds patience) {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    const Shared& s = *shared_;
    using Reason = Verdict::Reason;
    int rank = s.failed();
    if (rank >= 0) {
        const Verdict handed = s.handed_on_by(rank);
        return handed.reason != Reason::None ? handed : Verdict{Reason::Failed, rank, "an operation failed there", rank};
    }
    if (s.store_gone) return Verdict{Reason::StoreGone, -1, "", -1};
    rank = s.silent(patience);
    if (rank >= 0) return s.gone(rank);
    rank = s.find([&](const Sign& each) { return each.state == State::Left && each.operation < operation; });
    if (rank >= 0) return Verdict{Reason::Left, rank, "", -1};
    return {};
}

Verdict Pulse::verdict(int64_t operation) {
    std::unique_lock<std::mutex> lock(shared_->mutex);
    Shared& s = *shared_;
    // A rank that was lost just now gave its last sign up to a beat ago: what was seen before says nothing yet. It must have had the time to
    // be silent since, and several looks must have found it so.
    const auto asked = Clock::now();
    const int64_t before = s.rounds;
    const auto is_sure = [&] { return s.last_look - asked >= silence + beat && s.rounds - before >= 3; };
    s.hurry = true;
    s.changed.notify_all();
    // A rank that failed before knows why.
    while (!s.store_gone && !s.ending && s.failed() < 0 && !is_sure()) {
        s.watch();
        s.changed.wait_for(lock, beat / 5);
    }
    using Reason = Verdict::Reason;
    const auto of = [](Reason reason, int rank, const std::string& text) { return Verdict{reason, rank, text, -1}; };
    int rank = s.failed();
    if (rank >= 0) return s.handed_on_by(rank);
    if (s.store_gone) return of(Reason::StoreGone, -1, "");
    rank = s.silent(silence);
    if (rank >= 0) return s.gone(rank);
    rank = s.find([](const Sign& each) { return each.state == State::Left; });
    if (rank >= 0) return of(Reason::Left, rank, "");
    rank = s.find([&](const Sign& each) { return each.operation < operation; });
    if (rank >= 0) return of(Reason::Late, rank, s.signs[rank].text);
    std::string silent;
    for (rank = 0; rank < s.meeting.size; rank++) {
        if (rank != s.meeting.rank && !s.signs[rank].seen) silent += (silent.empty() ? "" : ", ") + std::to_string(rank);
    }
    return of(Reason::None, -1, silent);
}

void Pulse::linger() {
    std::unique_lock<std::mutex> lock(shared_->mutex);
    Shared& s = *shared_;
    if (s.store_gone) return;
    s.watch();
    s.hurry = true;
    s.changed.notify_all();
    const int64_t before = s.rounds;
    const auto all_ended = [&] {
        return s.store_gone || (s.rounds > before && s.find([&](const Sign& each) { return each.state == State::Running && !s.is_silent(each, silence); }) < 0);
    };
    s.changed.wait_for(lock, silence, all_ended);
}

}  // namespace resnetgen::group
