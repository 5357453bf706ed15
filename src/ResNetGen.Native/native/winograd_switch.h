// Winograd's convolutions compute the same as the direct ones and round otherwise.
#pragma once

namespace resnetgen::conv {

// Not where RESNETGEN_WINOGRAD is 0 at the first convolution: to see what a training owes to them.
bool winograd_wanted();

}  // namespace resnetgen::conv
