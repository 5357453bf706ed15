#include "winograd_switch.h"

#include "guard.h"

#include <cstdlib>
#include <string>

namespace resnetgen::conv {

bool winograd_wanted() {
    static const bool wanted = [] {
        const char* said = std::getenv("RESNETGEN_WINOGRAD");
        const std::string text = said ? said : "";
        TORCH_CHECK(text.empty() || text == "0" || text == "1", "The environment variable RESNETGEN_WINOGRAD is \"", text,
                    "\": expected 0, so that all convolutions are computed directly, or 1, so that those of 3 x 3 take Winograd's algorithm where it is faster.");
        return text != "0";
    }();
    return wanted;
}

}  // namespace resnetgen::conv
