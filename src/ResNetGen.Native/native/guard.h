// What every exported function shares: errors stay on this side of the boundary and are read afterwards. A body runs
// inside guarded(...), or cannot throw and is declared noexcept, with the reason beside it.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <string>

#define RN_EXPORT extern "C" __attribute__((visibility("default")))

namespace resnetgen {

void remember(const char* message) noexcept;

// Runs body; on an exception keeps its message for this thread and returns the fallback.
template <typename Result, typename Body>
Result guarded(Result fallback, Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        remember(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember(error.what());
    } catch (...) {
        remember("unknown native error");
    }
    return fallback;
}

}  // namespace resnetgen
