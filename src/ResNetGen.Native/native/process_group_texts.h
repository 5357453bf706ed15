// What users leave in the store: texts and numbers under keys of their own.
#pragma once

#include "process_group.h"

namespace resnetgen::group {

void store_set(Group& group, const std::string& key, const std::vector<uint8_t>& value);

// Nothing where there is none; with `wait` that is an error after the group's timeout.
std::optional<std::vector<uint8_t>> store_get(Group& group, const std::string& key, bool wait);

// Nothing happens where there is none.
void store_delete(Group& group, const std::string& key);

// All keys, the group's own and other groups' at the same store too.
int64_t store_count(Group& group);

int64_t store_add(Group& group, const std::string& key, int64_t amount);

}  // namespace resnetgen::group
