#include "process_group_texts.h"

#include <thread>

namespace resnetgen::group {

namespace {

std::string users(const std::string& key) { return "user/" + key; }

template <typename Body>
auto asking(Group& group, const std::string& what, Body body) {
    group.check();
    try {
        return body();
    } catch (const Error&) {
        throw;
    } catch (...) {
        group.lost_store(what, std::current_exception());
    }
}

}  // namespace

void store_set(Group& group, const std::string& key, const std::vector<uint8_t>& value) {
    asking(group, "leaving \"" + key + "\" in the store", [&] { group.store().set(users(key), value); });
}

std::optional<std::vector<uint8_t>> store_get(Group& group, const std::string& key, bool wait) {
    // Asked again and again, so that others may use the connection meanwhile, and so that closing the group ends it.
    const auto begun = Clock::now();
    auto nap = milliseconds(1);
    while (true) {
        const bool there = asking(group, "reading \"" + key + "\" from the store", [&] { return group.store().check({users(key)}); });
        if (there) return asking(group, "reading \"" + key + "\" from the store", [&] { return group.store().get(users(key)); });
        if (!wait) return std::nullopt;
        if (Clock::now() - begun >= group.timeout()) {
            throw Error(Failure::Timeout, -1, "rank " + std::to_string(group.rank()) + " of " + std::to_string(group.size()) + " waited " +
                                                  seconds(group.timeout().count() / 1e3) + " for \"" + key + "\" in the store: no rank left it there. Look at what the rank that should have said last.");
        }
        std::this_thread::sleep_for(nap);
        nap = std::min(nap * 2, milliseconds(50));
    }
}

int64_t store_add(Group& group, const std::string& key, int64_t amount) {
    return asking(group, "adding to \"" + key + "\" in the store", [&] { return group.store().add(users(key), amount); });
}

void store_delete(Group& group, const std::string& key) {
    asking(group, "removing \"" + key + "\" from the store", [&] { group.store().deleteKey(users(key)); });
}

int64_t store_count(Group& group) {
    return asking(group, "counting what is in the store", [&] { return group.store().getNumKeys(); });
}

}  // namespace resnetgen::group
