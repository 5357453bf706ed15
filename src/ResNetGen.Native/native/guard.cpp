#include "guard.h"

namespace resnetgen {

static thread_local std::string last_error;

void remember(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();  // out of memory: an empty message still arrives as an exception
    }
}

}  // namespace resnetgen

// noexcept: a string that is there already.
RN_EXPORT const char* rn_last_error() noexcept { return resnetgen::last_error.c_str(); }
