#include "shared_agreement.h"

#include "process_group_store.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <thread>

namespace resnetgen::group {

namespace {

// So often who waits for an answer asks whether the others are still there.
constexpr milliseconds attention(250);

std::string rank_text(const Group& group, int rank) { return "rank " + std::to_string(rank) + " of " + std::to_string(group.size()); }

// Everybody's answer to a question, by rank; waits for all.
std::vector<std::string> exchange(Group& group, const std::string& question, const std::string& own) {
    std::vector<std::string> keys, answers;
    for (int rank = 0; rank < group.size(); rank++) keys.push_back(question + '/' + std::to_string(rank));
    const auto begun = Clock::now();
    auto looked = begun;
    auto nap = milliseconds(1);
    c10d::Store& store = group.store();
    try {
        store.set(keys[group.rank()], bytes_of(own));
        while (!store.check(keys)) {
            group.check();
            const auto now = Clock::now();
            if (now - looked >= attention) {
                group.check_all();
                looked = now;
            }
            if (now - begun >= group.timeout()) {
                int late = 0;
                while (late < group.size() - 1 && store.check({keys[late]})) late++;
                throw Error(Failure::Timeout, late, rank_text(group, group.rank()) + " waited " + seconds(group.timeout().count() / 1e3) + " for " + rank_text(group, late) +
                                                        " to prepare the exchange of gradients. All ranks must make the same calls; look at what that rank said last.");
            }
            std::this_thread::sleep_for(nap);
            nap = std::min(nap * 2, milliseconds(20));
        }
        for (const std::string& key : keys) answers.push_back(text_of(store.get(key)));
    } catch (const Error&) {
        throw;
    } catch (...) {
        group.lost_store("preparing the exchange of gradients", std::current_exception());
    }
    return answers;
}

// Answers that are no reasons begin with this word.
const std::string yes = "yes ";

template <typename Body>
std::string answer_of(Body body) {
    try {
        return yes + body();
    } catch (const Unavailable& reason) {
        return reason.what();
    }
}

// The first reason among the answers, with who gave it.
std::string refusal(const Group& group, const std::vector<std::string>& answers) {
    for (int rank = 0; rank < group.size(); rank++) {
        if (answers[rank].rfind(yes, 0) != 0) return rank_text(group, rank) + ": " + answers[rank];
    }
    return {};
}

// Why the ranks cannot have memory in common, whoever has some.
std::string separation(Group& group, const std::string& question, const std::string& purpose) {
    if (!group.is_all_ours()) return "one of the ranks is another program";
    const std::vector<std::string> places = exchange(group, question + "/place", answer_of([&] {
        if (!group.shares_memory()) throw Unavailable("shared memory is switched off there");
        return SharedMemory::place() + '\n' + purpose;
    }));
    const std::string reason = refusal(group, places);
    if (!reason.empty()) return reason;
    const auto place_of = [](const std::string& text) { return text.substr(0, text.find('\n')); };
    for (int rank = 1; rank < group.size(); rank++) {
        if (place_of(places[rank]) != place_of(places[0])) return rank_text(group, rank) + " is on another machine, or in another container, than rank 0";
        if (places[rank] != places[0]) return rank_text(group, rank) + " has buckets of other sizes than rank 0";
    }
    return {};
}

size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

}  // namespace

CommonMemory find_common_memory(Group& group, const std::string& purpose, size_t head_bytes, size_t bytes) {
    CommonMemory found;
    const std::string question = "shared/" + std::to_string(group.next_shared());
    found.reason = separation(group, question, purpose);
    if (!found.reason.empty()) return found;
    const auto page = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
    found.head = rounded(head_bytes, page);
    found.stride = rounded(bytes, page);
    const size_t all = found.head + found.stride * static_cast<size_t>(group.size());

    // Rank 0 makes it, the others look whether they can have it, and everybody takes the pages of his own part.
    std::optional<SharedMemory> memory;
    const std::vector<std::string> offers = exchange(group, question + "/offer", answer_of([&]() -> std::string {
        if (group.rank() != 0) return {};
        memory.emplace(SharedMemory::create(all));
        memory->reserve(0, found.head);
        return memory->handle();
    }));
    found.reason = refusal(group, offers);
    if (found.reason.empty()) {
        found.reason = refusal(group, exchange(group, question + "/taken", answer_of([&]() -> std::string {
            if (!memory) memory.emplace(SharedMemory::open(offers[0].substr(yes.size()), all));
            memory->reserve(found.head + static_cast<size_t>(group.rank()) * found.stride, found.stride);
            memory->hold(group.rank());
            return {};
        })));
    }
    found.is_lacking = !found.reason.empty();
    if (!found.is_lacking) found.memory = std::make_shared<SharedMemory>(std::move(*memory));
    return found;
}

}  // namespace resnetgen::group
