// How a rank joins a group and leaves it.
#include "process_group.h"

#include "process_group_store.h"

#include <algorithm>

namespace resnetgen::group {

std::shared_ptr<Group> Group::join(const Meeting& meeting) {
    std::shared_ptr<Group> group(new Group(meeting));
    group->connect();
    return group;
}

void Group::connect() {
    const auto begun = Clock::now();
    store_ = connect_store(meeting_, meeting_.hosts_store);
    meet(begun);
    engines_[0] = connect_engine(meeting_.kind == Kind::Gloo ? "gloo" : "nccl");
    if (pulse_ && engines_[0]->is_ordered()) {
        pulse_->each_beat([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->look_after_ordered();
        });
    }
}

// The store goes with the rank that hosts it: who gives up after it finds nobody there.
void Group::meet(Clock::time_point begun) {
    try {
        enlist(*store_, meeting_);
        if (meeting_.size == 1) return;
        StorePointer own = connect_store(meeting_, false);
        wait_for_all(*store_, meeting_, begun);
        require_one_kind(*store_, meeting_);
        pulse_ = std::make_unique<Pulse>(meeting_, std::move(own));
    } catch (const Error&) {
        throw;
    } catch (...) {
        throw Error(Failure::Rendezvous, meeting_.hosts_store ? -1 : 0,
                    whoami() + " lost the store at " + meeting_.address + ":" + std::to_string(meeting_.port) + " while the ranks met (" + first_line(std::current_exception()) +
                        "). Its host, rank 0 or torchrun, gave up waiting or ended: its message says why.");
    }
}

std::unique_ptr<Engine> Group::connect_engine(const std::string& name) {
    const auto begun = Clock::now();
    try {
        const StorePointer keys = part_of(store_, name);
        return meeting_.kind == Kind::Gloo ? connect_gloo(meeting_, keys) : connect_nccl(meeting_, keys);
    } catch (...) {
        const std::string says = first_line(std::current_exception());
        const Verdict verdict = pulse_ ? pulse_->verdict(0) : Verdict{};
        Failure failure = Failure::PeerLost;
        const std::string because = explain(verdict, failure, false, says);
        throw Error(Failure::Rendezvous, verdict.rank,
                    whoami() + " could not connect to the others within " + seconds(std::chrono::duration<double>(Clock::now() - begun).count()) + ": " + because + " (" + says +
                        "). Check that the machines reach each other at the addresses of their network interfaces; GLOO_SOCKET_IFNAME chooses another one.");
    }
}

void Group::open_side() {
    check();
    if (meeting_.kind == Kind::Gloo && !engines_[1]) engines_[1] = connect_engine("gloo-side");
}

void Group::abort(const std::string& reason) {
    const std::string line = reason.substr(0, std::min(reason.find('\n'), size_t(500)));
    end(Error(Failure::Closed, meeting_.rank, whoami() + " closed this group: " + line), {Verdict::Reason::Failed, meeting_.rank, line, -1});
}

void Group::leave() {
    bool failed;
    std::list<PendingPointer> ordered;  // let go of outside the lock
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (left_) return;
        left_ = true;
        ordered.swap(ordered_);
        failed = failed_.has_value();
        if (!failed) failed_.emplace(Failure::Closed, meeting_.rank, whoami() + " has left this group: it was disposed.");
        changed_.notify_all();
    }
    if (pulse_) {
        // The others' last look for the reason of a failure is at the store here.
        if (failed && meeting_.hosts_store) pulse_->linger();
        pulse_->end_with(State::Left, "");
    }
    close_engines();
}

void Group::attach(const std::shared_ptr<Carrier>& carrier) {
    const std::lock_guard<std::mutex> lock(mutex_);
    // Nobody would close it later.
    if (failed_) throw *failed_;
    carriers_.erase(std::remove_if(carriers_.begin(), carriers_.end(), [](const auto& each) { return each.expired(); }), carriers_.end());
    carriers_.push_back(carrier);
}

bool Group::is_all_ours() {
    try {
        return pulse_ && all_enlisted(*store_, meeting_);
    } catch (...) {
        lost_store("reading who is in the group", std::current_exception());
    }
}

void Group::close_engines() {
    for (const auto& engine : engines_) {
        if (engine) engine->close();
    }
    std::vector<std::weak_ptr<Carrier>> carriers;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        carriers.swap(carriers_);
    }
    for (const auto& each : carriers) {
        if (const auto carrier = each.lock()) carrier->close();
    }
}

Group::~Group() {
    try {
        leave();
    } catch (...) {  // nobody is there to be told
    }
}

}  // namespace resnetgen::group
