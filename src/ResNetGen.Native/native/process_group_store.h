// The store at which all ranks meet.
#pragma once

#include "process_group_engine.h"

namespace resnetgen::group {

// One connection to it, and the store itself where this rank hosts it; waits for the host up to the timeout. Every later call on
// the connection ends within the timeout too.
StorePointer connect_store(const Meeting& meeting, bool hosts);

// Enters this rank in the store's list; throws Error where another process has the same rank, or thinks of another number of ranks, and so
// does wait_for_all then on those who still wait.
void enlist(c10d::Store& store, const Meeting& meeting);

// Returns when all ranks are at the store; throws Error, naming those who are not, after the timeout.
void wait_for_all(c10d::Store& store, const Meeting& meeting, Clock::time_point begun);

// Whether all ranks entered themselves: a process of PyTorch does not. Once all are there.
bool all_enlisted(c10d::Store& store, const Meeting& meeting);

// Once all are there: those that go different ways to meet would wait for each other in silence. Throws Error, on all of them.
void require_one_kind(c10d::Store& store, const Meeting& meeting);

// Where the engine's own keys are, beside ours.
StorePointer part_of(const StorePointer& store, const std::string& name);

std::string text_of(const std::vector<uint8_t>& bytes);
std::vector<uint8_t> bytes_of(const std::string& text);

}  // namespace resnetgen::group
