#include "process_group_error.h"

#include "guard.h"

#include <cstdio>

namespace resnetgen::group {

namespace {

thread_local Failure last_failure = Failure::Other;
thread_local int last_rank = -1;

std::string text_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const c10::Error& e) {
        return e.what_without_backtrace();
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "unknown native error";
    }
}

}  // namespace

void note(Failure failure, int rank) noexcept {
    last_failure = failure;
    last_rank = rank;
}

std::string first_line(const std::exception_ptr& error) {
    std::string text = text_of(error);
    text = text.substr(0, text.find('\n'));
    // "[/build/.../pair.cc:598] Connection closed by peer": the place says nothing to a user.
    if (!text.empty() && text[0] == '[') {
        const size_t end = text.find("] ");
        if (end != std::string::npos && text.substr(0, end).find(".cc:") != std::string::npos) text = text.substr(end + 2);
    }
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string seconds(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    return text;
}

}  // namespace resnetgen::group

// How this thread's last call of a group failed (-1: for another reason than the group), and the rank that is missing (-1: not known). noexcept: reads two numbers.
RN_EXPORT int32_t rn_group_failure(int32_t* rank) noexcept {
    *rank = resnetgen::group::last_rank;
    return static_cast<int32_t>(resnetgen::group::last_failure);
}
