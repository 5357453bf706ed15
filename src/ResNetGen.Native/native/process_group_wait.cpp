// Waiting for an operation, and saying why it does not end.
#include "process_group.h"

#include <algorithm>
#include <limits>

namespace resnetgen::group {

namespace {

// From when on an operation is long enough for a look at the others' signs of life.
constexpr milliseconds patience(1000);

// A rank that gives no sign for so long is lost. Long beside a beat: a machine may be held up for seconds, and go on.
constexpr milliseconds usual_silence(10000);

}  // namespace

std::string Group::whoami() const { return "rank " + std::to_string(meeting_.rank) + " of " + std::to_string(meeting_.size); }

void Group::await(Pending& p) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (p.waited_) return;
    const bool asks = !p.ended_ && !p.tensor_.defined() ? meeting_.kind == Kind::Nccl : p.tensor_.defined() && !p.tensor_.is_cpu() && meeting_.kind == Kind::Nccl;
    auto nap = std::chrono::microseconds(20);
    while (!p.ended_) {
        if (asks) {
            lock.unlock();
            const bool done = p.work_->isCompleted();
            const std::exception_ptr error = done ? p.work_->exception() : nullptr;
            lock.lock();
            p.ended_ = done;
            p.error_ = error;
            if (done) break;
        }
        if (failed_) throw *failed_;
        const auto taken = Clock::now() - p.begun_;
        const bool ran_out = taken >= meeting_.timeout;
        const std::optional<Verdict> known = ran_out ? std::nullopt : look(p);
        if (ran_out || known) {
            lock.unlock();
            fail(p, ran_out, "", known);
        }
        if (asks) {
            changed_.wait_for(lock, nap);
            nap = std::min(nap * 2, std::chrono::microseconds(1000));
        } else {
            changed_.wait_for(lock, std::min<Clock::duration>(milliseconds(250), meeting_.timeout - taken));
        }
    }
    if (p.error_) {
        const std::string says = first_line(p.error_);
        lock.unlock();
        fail(p, false, says);
    }
    p.waited_ = true;
    ordered_.remove_if([&](const PendingPointer& each) { return each.get() == &p; });
    lock.unlock();
    if (p.work_) p.work_->wait();  // has ended: orders the device's streams
    if (p.travelling_.defined()) p.finish();
}

void Group::check() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (failed_) throw *failed_;
}

milliseconds Group::longest_silence() const { return std::min(usual_silence, meeting_.timeout); }

// Whether somebody is known to be the reason why an operation takes long. Between processors a connection breaks where a process ends;
// between GPUs nothing does, and silence is all there is. The store's host may have done its part, and gone.
std::optional<Verdict> Group::look(const Pending& p) {
    const auto taken = Clock::now() - p.begun_;
    if (!pulse_ || taken < patience) return {};
    pulse_->watch();
    const milliseconds silence = engines_[0]->is_ordered() ? longest_silence() : meeting_.timeout;
    const std::optional<Verdict> known = pulse_->known(p.number_, silence);
    return known && known->reason == Verdict::Reason::StoreGone && taken < silence ? std::nullopt : known;
}

void Group::check_all() {
    check();
    if (!pulse_) return;
    pulse_->watch();
    const std::optional<Verdict> known = pulse_->known(std::numeric_limits<int64_t>::max(), longest_silence());
    if (!known) return;
    Failure failure = Failure::PeerLost;
    const std::string because = explain(*known, failure, false, "");
    const bool by_host = known->reason == Verdict::Reason::StoreGone && !meeting_.hosts_store;
    const Error why(failure, by_host ? 0 : known->rank,
                    whoami() + ": " + because + ". Look at what that rank said last, and start all ranks again from their last checkpoint.");
    if (known->reason != Verdict::Reason::Left) end(why, *known);
    check();  // throws what came first, here or on another thread
    throw why;
}

void Group::fail(const Pending& p, bool ran_out, const std::string& engine_says, const std::optional<Verdict>& known) {
    check();
    const double taken = std::chrono::duration<double>(Clock::now() - p.begun_).count();
    const Verdict verdict = known ? *known : pulse_ ? pulse_->verdict(p.number_) : Verdict{};
    Failure failure = ran_out ? Failure::Timeout : Failure::PeerLost;
    const std::string because = explain(verdict, failure, ran_out, engine_says);
    const std::string message = whoami() + ": " + p.name_ + (ran_out ? " did not end within " + seconds(meeting_.timeout.count() / 1e3) : " failed after " + seconds(taken)) +
                                ": " + because + (engine_says.empty() ? "" : " (" + std::string(p.carrier_) + ": " + engine_says + ")") +
                                ". " + (failure == Failure::Call ? "All ranks must make the same calls with tensors of the same shapes and types."
                                                                 : "Look at what that rank said last, and start all ranks again from their last checkpoint.");
    end(Error(failure, verdict.rank, message), verdict);
    check();  // throws what came first, here or on another thread
    throw Error(failure, verdict.rank, message);
}

std::string Group::explain(const Verdict& v, Failure& failure, bool ran_out, const std::string& engine_says) const {
    using Reason = Verdict::Reason;
    const std::string who = "rank " + std::to_string(v.rank) + " of " + std::to_string(meeting_.size);
    const std::string by = v.found_by >= 0 && v.found_by != v.rank ? ", as rank " + std::to_string(v.found_by) + " found" : "";
    const bool me = v.rank == meeting_.rank;
    if (v.reason != Reason::None && v.reason != Reason::Late) failure = Failure::PeerLost;
    switch (v.reason) {
        case Reason::Gone:
            return me ? "the others have had no sign of life of this rank for " + v.text
                      : who + " does not answer any more: its last sign of life was " + v.text + " ago" + by;
        case Reason::Failed: return who + " gave up: " + v.text + (v.found_by != v.rank ? by : "");
        case Reason::Left: return who + " has left the group: it was disposed there" + by;
        case Reason::StoreGone:
            return meeting_.address + ":" + std::to_string(meeting_.port) + ", the store, does not answer any more: its host (" +
                   (meeting_.hosts_store ? "this rank" : "rank 0, where the launcher does not host it") + ") is gone, or the way to it";
        case Reason::Late:
            failure = Failure::Timeout;
            if (me) return "the others gave up waiting for this rank" + by;
            return who + " lives, but did not come to this operation" + by + "; it came last to: " + v.text;
        default: break;
    }
    const std::string strangers = v.text.empty() ? "" : " (nothing is known of rank " + v.text + ", which is another program)";
    if (ran_out) return "all ranks live and have come to it" + strangers + "; is the network between them slow, or cut on one side?";
    if (engine_says.find("onnection") == std::string::npos && engine_says.find("imed out") == std::string::npos) failure = Failure::Call;
    return failure == Failure::Call ? "all ranks live" + strangers : "a connection broke, though all ranks live" + strangers;
}

void Group::end(const Error& why, const Verdict& verdict) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (failed_) return;
        failed_.emplace(why);
        changed_.notify_all();
    }
    // The reason first: who then finds its connection closed looks for it.
    if (pulse_) pulse_->end_with(State::Failed, verdict.packed());
    close_engines();
}

void Group::lost_store(const std::string& what, const std::exception_ptr& error) {
    check();
    Verdict verdict{Verdict::Reason::StoreGone, -1, "", -1};
    Failure failure;
    throw Error(Failure::PeerLost, meeting_.hosts_store ? -1 : 0,
                whoami() + ": " + what + " failed: " + explain(verdict, failure, false, "") + " (" + first_line(error) + "). Look at what that rank said last, and start all ranks again.");
}

}  // namespace resnetgen::group
