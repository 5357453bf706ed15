// Many tensors cut into pieces of at most one length, and all pieces given to the threads in one parallel region. Where a
// piece begins and ends depends on the tensors alone, so that sums by piece are the same for any number of threads.
#pragma once

#include "guard.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace resnetgen {

struct Piece {
    int64_t tensor;
    int64_t begin;
    int64_t count;
    int64_t before;  // elements of all pieces before it
};

class Pieces {
public:
    // 64 KiB of float32: long enough that a piece's own cost is nothing, short enough that four arrays of it stay in L2.
    static constexpr int64_t length = 1 << 14;
    // A thread is woken for no less than this.
    static constexpr int64_t grain = 1 << 15;

    void add(int64_t tensor, int64_t count) {
        for (int64_t begin = 0; begin < count; begin += length) {
            const int64_t piece = std::min(length, count - begin);
            pieces_.push_back({tensor, begin, piece, elements_});
            elements_ += piece;
        }
    }

    size_t size() const { return pieces_.size(); }
    const Piece& operator[](size_t i) const { return pieces_[i]; }

    // Calls body(piece, its number) for each; the threads have the same number of elements each, give or take a piece.
    template <typename Body>
    void run(const Body& body) const {
        const int64_t shares = std::max<int64_t>(1, std::min<int64_t>(at::get_num_threads(), elements_ / grain));
        at::parallel_for(0, shares, 1, [&](int64_t begin, int64_t end) {
            const size_t last = first_of(end, shares);
            for (size_t i = first_of(begin, shares); i < last; i++) body(pieces_[i], i);
        });
    }

private:
    size_t first_of(int64_t share, int64_t shares) const {
        const int64_t before = elements_ / shares * share + elements_ % shares * share / shares;
        return share == shares ? pieces_.size()
                               : static_cast<size_t>(std::lower_bound(pieces_.begin(), pieces_.end(), before,
                                                         [](const Piece& piece, int64_t value) { return piece.before < value; })
                                                     - pieces_.begin());
    }

    std::vector<Piece> pieces_;
    int64_t elements_ = 0;
};

}  // namespace resnetgen
