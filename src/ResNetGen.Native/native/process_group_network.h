// The few questions about addresses and ports that have to be asked before c10d is: its own answers come late and say little.
#pragma once

#include "process_group_engine.h"

namespace resnetgen::group {

// Returns when something accepts connections at the store's address; throws Error after the timeout, saying why nothing does.
void wait_for_host(const Meeting& meeting);

// Throws Error where the store's port is in use on this machine.
void check_port_is_free(const Meeting& meeting);

// This machine's address that the other ranks reach: the one that the way to the master leaves from.
std::string own_address(const Meeting& meeting);

}  // namespace resnetgen::group
