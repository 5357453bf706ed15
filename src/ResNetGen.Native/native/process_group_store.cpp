#include "process_group_store.h"

#include "process_group_error.h"
#include "process_group_network.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <unistd.h>

#include <algorithm>
#include <thread>

namespace resnetgen::group {

namespace {

std::string rank_of(const Meeting& m) { return "rank " + std::to_string(m.rank) + " of " + std::to_string(m.size); }

std::string member(int rank) { return "member/" + std::to_string(rank); }

std::string kind_key(int rank) { return "kind/" + std::to_string(rank); }

// Why a process was refused, for those who wait for it.
const char* const refusal = "refused";

std::string who_key(int rank) { return "who/" + std::to_string(rank); }

// Where a process is to be looked for.
std::string process() {
    char host[256] = "";
    if (::gethostname(host, sizeof host - 1) != 0 || !host[0]) return "process " + std::to_string(::getpid());
    return "process " + std::to_string(::getpid()) + " on " + host;
}

// The store goes with the rank that hosts it: before it gives up, the others read there what it has seen.
void let_the_others_read(const Meeting& m) {
    if (m.hosts_store) std::this_thread::sleep_for(milliseconds(500));
}

// Those who still wait for somebody would do so in vain until the timeout; a group that is complete goes on.
[[noreturn]] void refuse(c10d::Store& store, const Meeting& m, const std::string& why) {
    store.set(refusal, bytes_of(why));
    let_the_others_read(m);
    throw Error(Failure::Rendezvous, -1, why);
}

std::string name_of(Kind kind) { return kind == Kind::Gloo ? "gloo" : "nccl"; }

// libtorch 2.4 and later host it with libuv where nothing is said, which Debian's was made without. To those who come it is the same.
template <typename Options>
auto without_libuv(Options& options, int) -> decltype(void(options.useLibUV)) {
    options.useLibUV = false;
}
template <typename Options>
void without_libuv(Options&, long) {}

StorePointer open(const Meeting& m, bool hosts) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(m.port);
    options.isServer = hosts;
    options.waitWorkers = false;
    options.timeout = m.timeout;
    without_libuv(options, 0);
    return c10::make_intrusive<c10d::TCPStore>(m.address, options);
}

// The connection has no limit of its own until it has waited for something once. Also the first thing that is asked of what listens
// there: something else than a store gives no answer, or another one.
void ask(c10d::Store& store, const Meeting& m) {
    const std::string key = "asked/" + std::to_string(m.rank);
    store.set(key, bytes_of("1"));
    store.wait({key}, m.timeout);
}

}  // namespace

std::string text_of(const std::vector<uint8_t>& bytes) { return std::string(bytes.begin(), bytes.end()); }

std::vector<uint8_t> bytes_of(const std::string& text) { return std::vector<uint8_t>(text.begin(), text.end()); }

StorePointer connect_store(const Meeting& m, bool hosts) {
    if (hosts) check_port_is_free(m);
    else wait_for_host(m);
    try {
        StorePointer store = open(m, hosts);
        StorePointer own = c10::make_intrusive<c10d::PrefixStore>(m.prefix, store);
        own->setTimeout(m.timeout);
        ask(*own, m);
        return own;
    } catch (const Error&) {
        throw;
    } catch (...) {
        throw Error(Failure::Rendezvous, -1,
                    rank_of(m) + (hosts ? " cannot host the store at " : " found no store that answers at ") + m.address + ":" + std::to_string(m.port) + " within " +
                        seconds(m.timeout.count() / 1e3) + " (" + first_line(std::current_exception()) + "). Check that MASTER_ADDR and MASTER_PORT name " +
                        (hosts ? "this machine and a port that is free." : "rank 0's machine and its port, and not another program's."));
    }
}

void enlist(c10d::Store& store, const Meeting& m) {
    const std::string self = "rank " + std::to_string(m.rank) + " (" + process() + ")", size = std::to_string(m.size);
    // The first one's number of ranks is what the others are compared with: "2 rank 0 (process 4711 on host)".
    const std::string first = text_of(store.compareSet("size", bytes_of(""), bytes_of(size + ' ' + self)));
    const std::string theirs = first.substr(0, first.find(' '));
    if (theirs != size) {
        const std::string other = first.size() > theirs.size() ? first.substr(theirs.size() + 1) : "another process";
        refuse(store, m, self + " was started as one of " + size + " ranks, but " + other + " as one of " + theirs +
                             ": WORLD_SIZE must be the same in all. Start all of them with the same one; where they are of two runs, give each run its own MASTER_PORT.");
    }
    store.set(kind_key(m.rank), bytes_of(name_of(m.kind)));
    if (store.add(member(m.rank), 1) > 1) {
        const std::string other = store.check({who_key(m.rank)}) ? " (" + text_of(store.get(who_key(m.rank))) + ")" : "";
        refuse(store, m, self + " came, but there is a rank " + std::to_string(m.rank) + " already among the " + size + other +
                             ": two processes were started with the same RANK, or a process was started again while the others still wait for the first. Give each its own RANK, from 0 to " +
                             std::to_string(m.size - 1) + ", and start all together.");
    }
    store.set(who_key(m.rank), bytes_of(process()));
}

bool all_enlisted(c10d::Store& store, const Meeting& m) {
    std::vector<std::string> members;
    for (int rank = 0; rank < m.size; rank++) members.push_back(member(rank));
    return store.check(members);
}

void require_one_kind(c10d::Store& store, const Meeting& m) {
    for (int rank = 0; rank < m.size; rank++) {
        // A process of PyTorch does not say.
        if (!store.check({kind_key(rank)})) continue;
        const std::string theirs = text_of(store.get(kind_key(rank)));
        if (theirs == name_of(m.kind)) continue;
        let_the_others_read(m);
        throw Error(Failure::Rendezvous, rank, rank_of(m) + " exchanges through " + name_of(m.kind) + " and rank " + std::to_string(rank) + " through " + theirs +
                                                   ": either all compute on GPUs (nccl) or all on processors (gloo). See which machine finds no GPU.");
    }
}

void wait_for_all(c10d::Store& store, const Meeting& m, Clock::time_point begun) {
    std::vector<int> missing;
    for (int rank = 0; rank < m.size; rank++) missing.push_back(rank);
    while (true) {
        // A process of PyTorch does not enlist, but its Gloo begins with leaving its machine's name.
        const auto is_there = [&](int rank) { return store.check({member(rank)}) || store.check({"gloo/0/rank_" + std::to_string(rank)}); };
        missing.erase(std::remove_if(missing.begin(), missing.end(), is_there), missing.end());
        if (missing.empty()) return;
        if (store.check({refusal})) {
            const std::string why = text_of(store.get(refusal));
            let_the_others_read(m);
            throw Error(Failure::Rendezvous, -1, why);
        }
        if (Clock::now() - begun >= m.timeout) break;
        std::this_thread::sleep_for(milliseconds(25));
    }
    std::string names;
    for (const int rank : missing) names += (names.empty() ? "" : ", ") + std::to_string(rank);
    const bool one = missing.size() == 1;
    throw Error(Failure::Rendezvous, missing[0],
                rank_of(m) + " waited " + seconds(m.timeout.count() / 1e3) + " for all ranks at " + m.address + ":" + std::to_string(m.port) + ": " +
                    std::to_string(m.size - missing.size()) + " came, rank" + (one ? " " : "s ") + names + " did not. Check that " + (one ? "its process" : "their processes") +
                    " started and went on, and that WORLD_SIZE is right.");
}

StorePointer part_of(const StorePointer& store, const std::string& name) { return c10::make_intrusive<c10d::PrefixStore>(name, store); }

}  // namespace resnetgen::group
