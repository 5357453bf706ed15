using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.BatchNorm;

public class StatisticsTests
{
    /// <summary>Several steps with a momentum, with the cumulative average, and without running statistics: as the norm itself.</summary>
    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.75, true)]
    [InlineData(null, true)]
    [InlineData(0.1, false)]
    public void Running_statistics_are_those_of_the_norm(double? momentum, bool track)
    {
        using BatchNorm2d fused = nn.BatchNorm2d(6, track_running_stats: track), plain = nn.BatchNorm2d(6, track_running_stats: track);
        fused.momentum = plain.momentum = momentum;
        for (int step = 0; step < 3; step++)
        {
            using Tensor x = randn(4, 6, 5, 5) * (step + 1) + step;
            using Tensor y = FusedBatchNorm.Forward(fused, x, relu: false), expected = plain.call(x);
            // float32 in both, summed in another order.
            Assert.True(y.allclose(expected, rtol: 1e-5, atol: 1e-5));
        }

        if (!track)
        {
            Assert.Null(fused.running_mean);
            return;
        }

        Assert.True(fused.running_mean!.allclose(plain.running_mean!, rtol: 1e-5, atol: 1e-6));
        Assert.True(fused.running_var!.allclose(plain.running_var!, rtol: 1e-5, atol: 1e-6));
        Assert.Equal(3, fused.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Without_running_statistics_evaluation_takes_the_batchs()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(3, track_running_stats: false);
        norm.eval();
        using Tensor x = randn(4, 3, 5, 5) + 2, y = FusedBatchNorm.Forward(norm, x, relu: false), expected = norm.call(x);
        Assert.True(y.allclose(expected, rtol: 1e-5, atol: 1e-5));
    }

    [Fact]
    public void They_are_kept_in_a_scope_of_this_thread()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(3);
        using Tensor x = randn(4, 3, 5, 5);
        using Tensor outside = norm.running_mean!.clone();
        using (FusedBatchNorm.KeepStatistics())
        {
            using (FusedBatchNorm.KeepStatistics())
            using (Tensor inner = FusedBatchNorm.Forward(norm, x, relu: true))
            {
            }

            using Tensor y = FusedBatchNorm.Forward(norm, x, relu: false);
            // The batch's own statistics are used all the same.
            Assert.True(y.mean().abs().item<float>() < 1e-5);
            Assert.True(outside.Equals(norm.running_mean!));
            Assert.Equal(0, norm.num_batches_tracked!.item<long>());

            var other = new Thread(() => FusedBatchNorm.Forward(norm, x, relu: true).Dispose());
            other.Start();
            other.Join();
            Assert.Equal(1, norm.num_batches_tracked!.item<long>());
        }

        using Tensor z = FusedBatchNorm.Forward(norm, x, relu: false);
        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
        Assert.False(outside.Equals(norm.running_mean!));
    }

    [Fact]
    public void Not_a_number_passes_as_in_torch()
    {
        using BatchNorm2d norm = nn.BatchNorm2d(2);
        norm.eval();
        using Tensor x = zeros(1, 2, 3, 11);
        x[0, 1, 2, 10] = torch.tensor(float.NaN);
        x[0, 0, 0, 0] = torch.tensor(float.PositiveInfinity);
        x[0, 0, 0, 1] = torch.tensor(float.NegativeInfinity);
        x.requires_grad_();
        using Tensor y = FusedBatchNorm.Forward(norm, x, relu: true);
        Assert.True(y.detach().allclose(norm.call(x).relu().detach(), equal_nan: true));
        Assert.True(y[0, 1, 2, 10].isnan().item<bool>());
        // The mask lets the gradient of a NaN through, as torch's does.
        y.backward([ones_like(y)]);
        using Tensor fused = x.grad!;
        x.grad = null;
        norm.call(x).relu().backward([ones_like(y)]);
        Assert.True(fused.allclose(x.grad!, equal_nan: true));
        Assert.True(fused[0, 1, 2, 10].item<float>() > 0);

        norm.train();
        using Tensor all = FusedBatchNorm.Forward(norm, x, relu: true);
        Assert.True(all[0, 1].isnan().all().item<bool>());
    }
}
