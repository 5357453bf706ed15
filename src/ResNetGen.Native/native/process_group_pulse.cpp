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
    bool hurry = false, watching = false, ending = false, ended = false;
    bool store_gone = false;
    Clock::time_point watched_since;
    std::vector<Sign> signs;
    int64_t rounds = 0;  // readings of all signs
    std::function<void()> action;

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

    bool is_silent(const Sign& sign) const { return Clock::now() - std::max(sign.changed, watched_since) >= silence; }
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
        const bool last = s->ending, watching = s->watching;
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
        if (watching) s->rounds++;
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
    if (shared_->watching) return;
    shared_->watching = shared_->hurry = true;
    shared_->watched_since = Clock::now();
    shared_->changed.notify_all();
}

bool Pulse::knows_of_a_failure() {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    return std::any_of(shared_->signs.begin(), shared_->signs.end(), [](const Sign& each) { return each.state == State::Failed; });
}

bool Pulse::lost_the_store() {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    return shared_->store_gone;
}

Verdict Pulse::verdict(int64_t operation) {
    watch();
    std::unique_lock<std::mutex> lock(shared_->mutex);
    Shared& s = *shared_;
    const auto is_sure = [&] { return Clock::now() - s.watched_since >= silence + beat / 2 && s.rounds >= 3; };
    const auto find = [&](auto holds) {
        for (int rank = 0; rank < s.meeting.size; rank++) {
            if (rank != s.meeting.rank && s.signs[rank].seen && holds(s.signs[rank])) return rank;
        }
        return -1;
    };
    while (!s.store_gone && !is_sure()) {
        // A rank that failed before knows why.
        if (find([](const Sign& each) { return each.state == State::Failed; }) >= 0) break;
        s.changed.wait_for(lock, beat / 5);
    }
    using Reason = Verdict::Reason;
    const auto of = [](Reason reason, int rank, const std::string& text) { return Verdict{reason, rank, text, -1}; };
    const auto age = [&](int rank) { return seconds(std::chrono::duration<double>(Clock::now() - std::max(s.signs[rank].changed, s.watched_since)).count()); };
    int rank = find([](const Sign& each) { return each.state == State::Failed; });
    if (rank >= 0) {
        Verdict handed = Verdict::unpacked(s.signs[rank].text);
        handed.found_by = rank;
        return handed;
    }
    if (s.store_gone) return of(Reason::StoreGone, -1, "");
    rank = find([&](const Sign& each) { return each.state == State::Running && s.is_silent(each); });
    if (rank >= 0) return of(Reason::Gone, rank, age(rank));
    rank = find([](const Sign& each) { return each.state == State::Left; });
    if (rank >= 0) return of(Reason::Left, rank, "");
    rank = find([&](const Sign& each) { return each.operation < operation; });
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
    s.watching = s.hurry = true;
    const auto all_ended = [&] {
        for (int rank = 0; rank < s.meeting.size; rank++) {
            const Sign& each = s.signs[rank];
            if (rank != s.meeting.rank && each.seen && each.state == State::Running && !s.is_silent(each)) return false;
        }
        return s.rounds > 0;
    };
    s.changed.wait_for(lock, silence, all_ended);
}

}  // namespace resnetgen::group
