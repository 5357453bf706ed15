namespace ResNetGen.LibTorch.Tests.Nn;

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

/// <summary>All of it together: a small residual network learns as it does in PyTorch.</summary>
public sealed class TrainingTests
{
    private sealed class Small : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1 = Conv2d(3, 8, 3, padding: 1, bias: false);
        private readonly BatchNorm2d bn1 = BatchNorm2d(8);
        private readonly Conv2d conv2 = Conv2d(8, 8, 3, padding: 1, bias: false);
        private readonly BatchNorm2d bn2 = BatchNorm2d(8);
        private readonly Linear fc = Linear(8, 5);

        public Small() : base("small") => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = F.max_pool2d(F.relu(bn1.call(conv1.call(input)), inplace: true), 2);
            x = F.relu(bn2.call(conv2.call(x)).add_(x), inplace: true);
            return fc.call(F.adaptive_avg_pool2d(x, 1).flatten(1)).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Eight_steps_give_PyTorchs_losses()
    {
        var golden = Golden.Read("nn_values.json").GetProperty("training");
        using var net = new Small();
        var parameters = net.parameters().ToArray();
        using (no_grad())
        {
            for (int i = 0; i < parameters.Length; i++)
                parameters[i].copy_(Golden.Fill(parameters[i].shape, 10 + i).mul(0.5));
        }
        using var sgd = optim.SGD(net.parameters(), 0.05, momentum: 0.9, weight_decay: 1e-3, nesterov: true);
        var cycle = optim.lr_scheduler.OneCycleLR(sgd, 0.1, total_steps: 9);

        var losses = new List<double>();
        long alive = 0;
        for (int step = 0; step < 8; step++)
        {
            using (NewDisposeScope())
            {
                sgd.zero_grad();
                var loss = F.cross_entropy(net.call(Golden.Fill([6, 3, 8, 8], step)), Golden.Labels(6, 5, step), label_smoothing: 0.1);
                loss.backward();
                utils.clip_grad_norm_(net.parameters(), 1);
                sgd.step();
                cycle.step();
                losses.Add(loss.item<float>());
            }
            if (step == 0)
                alive = Tensor.TotalCount;
        }

        Golden.Close(golden.GetProperty("losses").Doubles(), losses.ToArray(), "losses", 1e-4);
        Assert.True(Tensor.TotalCount <= alive, $"{Tensor.TotalCount - alive} tensors were left behind in seven steps");
        net.eval();
        using var outer = NewDisposeScope();
        Golden.Close(golden.GetProperty("logits").Doubles(), net.call(Golden.Fill([2, 3, 8, 8], 50)), "logits", 1e-3);
    }
}
