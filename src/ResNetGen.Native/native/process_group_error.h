// Why a call of a process group failed, in words that name what was waited for, and in a number.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>

namespace resnetgen::group {

// Values shared with ProcessGroupException.cs.
enum class Failure : int32_t { Other = -1, Call, Rendezvous, PeerLost, Timeout, Closed };

class Error : public std::runtime_error {
public:
    Error(Failure failure, int rank, const std::string& message) : std::runtime_error(message), failure(failure), rank(rank) {}

    const Failure failure;
    const int rank;  // the one that is missing; -1: not known
};

// Remembers for this thread how a call failed, for rn_group_failure.
void note(Failure failure, int rank) noexcept;

// A body whose Error is noted on its way to the boundary.
template <typename Body>
auto noting(Body&& body) {
    note(Failure::Other, -1);
    try {
        return body();
    } catch (const Error& error) {
        note(error.failure, error.rank);
        throw;
    }
}

// The first line of an exception's message, without libtorch's places in its sources and backtraces.
std::string first_line(const std::exception_ptr& error);

std::string seconds(double seconds);

}  // namespace resnetgen::group
