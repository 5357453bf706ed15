#include "guard.h"

namespace resnetgen {

std::string& last_error() {
    thread_local std::string message;
    return message;
}

}  // namespace resnetgen

RN_EXPORT const char* rn_last_error() { return resnetgen::last_error().c_str(); }
