// Batch normalisation over the joint batch of a group's ranks: what fused batch normalisation asks of the other processes.
#include "batch_norm_call.h"
#include "guard.h"
#include "process_group.h"

using resnetgen::guarded;
using namespace resnetgen::group;

namespace {

using resnetgen::batch_norm::current_ranks;
using resnetgen::batch_norm::RanksPointer;

class GroupRanks : public resnetgen::batch_norm::Ranks {
public:
    explicit GroupRanks(std::shared_ptr<Group> group) : group_(std::move(group)) {}

    // Means and variances of all ranks side by side, joined in their order (Chan, Golub, LeVeque: the deviation of the ranks' means
    // counts too). torch's SyncBatchNorm does so, too: sums of squares would cancel.
    at::Tensor join_moments(const at::Tensor& moments, int64_t values) override {
        const int64_t channels = moments.size(1);
        const at::Tensor own = at::cat({moments.reshape({-1}), at::full({1}, static_cast<double>(values), moments.options())});
        const at::Tensor all = at::empty({group_->size(), own.numel()}, own.options());
        try {
            group_->all_gather(own, all, Lane::Side)->order();
        } catch (const Error&) {
            // In a backward pass, which computes the block once more, an exception would arrive as another; the next call of the group throws.
            if (!resnetgen::batch_norm::recomputes()) throw;
            return own.narrow(0, 2 * channels, 1);
        }
        const at::Tensor counts = all.narrow(1, 2 * channels, 1), means = all.narrow(1, 0, channels), variances = all.narrow(1, channels, channels);
        at::Tensor total = counts.select(0, 0).clone(), mean = counts.select(0, 0) * means.select(0, 0);
        for (int rank = 1; rank < group_->size(); rank++) {
            total += counts.select(0, rank);
            mean += counts.select(0, rank) * means.select(0, rank);
        }
        mean /= total;
        at::Tensor variance = at::zeros_like(mean);
        for (int rank = 0; rank < group_->size(); rank++) {
            const at::Tensor off = means.select(0, rank) - mean;
            variance += counts.select(0, rank) * (variances.select(0, rank) + off * off);
        }
        if (total.is_cpu()) TORCH_CHECK(*total.data_ptr<double>() > 1, "Expected more than 1 value per channel over all ranks when training");
        moments.select(0, 0).copy_(mean);
        moments.select(0, 1).copy_(variance / total);
        return total;
    }

    // Part of a backward pass, which ends in any case: what has failed is thrown by the next call of the group.
    void join_sums(const at::Tensor& sums) override {
        try {
            group_->all_reduce(sums, Reduce::Sum, Lane::Side)->order();
        } catch (const Error&) {
        }
    }

private:
    const std::shared_ptr<Group> group_;
};

}  // namespace

// From now on norms in training mode on this thread share their statistics with a group's ranks; what held before is left in `before`, for
// rn_synchronize_leave. 0 on success. The first call for a group is a collective one.
RN_EXPORT int32_t rn_synchronize_enter(void* group, void** before) {
    return guarded<int32_t>(1, [&] {
        return noting([&] {
            const auto& its = *static_cast<std::shared_ptr<Group>*>(group);
            its->open_side();
            auto ranks = c10::make_intrusive<GroupRanks>(its);
            auto kept = std::make_unique<RanksPointer>(current_ranks());
            current_ranks() = std::move(ranks);
            *before = kept.release();
            return 0;
        });
    });
}

// noexcept: exchanges two pointers.
RN_EXPORT void rn_synchronize_leave(void* before) noexcept {
    auto* kept = static_cast<RanksPointer*>(before);
    current_ranks() = std::move(*kept);
    delete kept;
}
