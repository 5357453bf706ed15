#include "winograd_switch.h"

#include <cstdlib>
#include <cstring>

namespace resnetgen::conv {

bool winograd_wanted() {
    static const bool wanted = [] {
        const char* said = std::getenv("RESNETGEN_WINOGRAD");
        return said == nullptr || std::strcmp(said, "0") != 0;
    }();
    return wanted;
}

}  // namespace resnetgen::conv
