using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class FusedSgdTests
{
    /// <summary>The order of operations and of roundings is torch's: no tolerance.</summary>
    [Theory]
    [InlineData(0.9, false, ScalarType.Float32)]
    [InlineData(0.9, true, ScalarType.Float32)]
    [InlineData(0, false, ScalarType.Float32)]
    [InlineData(0.9, true, ScalarType.Float64)]
    [InlineData(0.9, false, ScalarType.BFloat16)] // plain operations on lists: there are no loops for it
    public void Ten_steps_are_torchs_to_the_bit(double momentum, bool nesterov, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet ours = new(type), theirs = new(type);
        using FusedSgd fused = new(ours.Parameters, ours.Decay, momentum, nesterov);
        using var torchs = optim.SGD([.. theirs.Groups.Select(g => new SGD.ParamGroup(g.Parameters, 0.1, momentum, 0, g.Decay, nesterov))], 0.1, momentum, nesterov: nesterov);
        for (int step = 0; step < 10; step++)
        {
            double rate = 0.1 / (step + 1);
            ours.SetGradients(step);
            theirs.SetGradients(step);
            foreach (var group in torchs.ParamGroups) group.LearningRate = rate;
            fused.Step(rate);
            torchs.step();
            ParameterSet.AssertSame(theirs, ours);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using DisposeScope scope = NewDisposeScope();
        int before = get_num_threads();
        try
        {
            ParameterSet[] sets = [.. new[] { 1, 2, 3 }.Select(static threads =>
            {
                set_num_threads(threads);
                ParameterSet set = new();
                using FusedSgd fused = new(set.Parameters, set.Decay, 0.9, nesterov: false);
                for (int step = 0; step < 3; step++)
                {
                    set.SetGradients(step);
                    fused.Step(0.1);
                }
                return set;
            })];
            ParameterSet.AssertSame(sets[0], sets[1]);
            ParameterSet.AssertSame(sets[0], sets[2]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    /// <summary>torch's way with scaled gradients: the product is rounded before anything else.</summary>
    [Fact]
    public void A_scale_multiplies_the_gradients_first_and_leaves_them_as_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet ours = new(), theirs = new();
        using FusedSgd fused = new(ours.Parameters, ours.Decay, 0.9, nesterov: false);
        using FusedSgd plain = new(theirs.Parameters, theirs.Decay, 0.9, nesterov: false);
        using Tensor scale = torch.tensor(0.3f);
        for (int step = 0; step < 3; step++)
        {
            ours.SetGradients(step);
            theirs.SetGradients(step);
            byte[] gradient = ParameterSet.Bits(ours.Parameters[0].Parameter.grad!);
            foreach ((_, Parameter parameter) in theirs.Parameters) parameter.grad?.mul_(scale);
            fused.Step(0.1, new StepCondition { Scale = scale });
            plain.Step(0.1);
            ParameterSet.AssertSame(theirs, ours);
            Assert.Equal(gradient, ParameterSet.Bits(ours.Parameters[0].Parameter.grad!));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Nothing_is_changed_where_a_value_was_not_finite_and_a_rate_may_come_from_a_tensor(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet stopped = new(type), untouched = new(type), numbered = new(type);
        using FusedSgd fused = new(stopped.Parameters, stopped.Decay, 0.9, nesterov: false);
        using FusedSgd other = new(numbered.Parameters, numbered.Decay, 0.9, nesterov: false);
        stopped.SetGradients(0);
        numbered.SetGradients(0);
        using Tensor found = ones(1), clear = zeros(1), rate = torch.tensor(0.25f);
        fused.Step(0.1, new StepCondition { NotFinite = found });
        ParameterSet.AssertSame(untouched, stopped);
        fused.SetMomentum(0, null);
        for (int i = 0; i < stopped.Parameters.Length; i++) fused.SetMomentum(i, null);
        fused.Step(0.1, new StepCondition { NotFinite = clear, Rate = rate });
        other.Step(0.25);
        ParameterSet.AssertSame(numbered, stopped);
    }

    [Fact]
    public void Momentum_is_there_after_the_first_gradient_and_can_be_put_back()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new(), again = new();
        using FusedSgd fused = new(set.Parameters, set.Decay, 0.9, nesterov: false);
        set.SetGradients(1);
        Assert.Null(fused.Momentum(0));
        fused.Step(0.1);
        Assert.Null(fused.Momentum(1));
        Assert.NotNull(fused.Momentum(0));

        using FusedSgd other = new(again.Parameters, again.Decay, 0.9, nesterov: false);
        using (no_grad())
        {
            for (int i = 0; i < set.Parameters.Length; i++)
            {
                again.Parameters[i].Parameter.copy_(set.Parameters[i].Parameter);
                other.SetMomentum(i, fused.Momentum(i)?.contiguous());
            }
        }

        foreach ((ParameterSet its, FusedSgd optimizer) in new[] { (set, fused), (again, other) })
        {
            its.SetGradients(2);
            optimizer.Step(0.05);
        }
        ParameterSet.AssertSame(set, again);
    }

    /// <summary>Autograd must notice that weights changed under a graph that still needs them.</summary>
    [Fact]
    public void A_backward_pass_through_changed_weights_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using Parameter weight = new(ones(3));
        using FusedSgd fused = new([("weight", weight)], [0], 0.9, nesterov: false);
        Tensor loss = (weight * weight * weight).sum();
        weight.grad = ones(3);
        fused.Step(0.1);
        Assert.Contains("modified by an inplace operation", Assert.ThrowsAny<Exception>(() => loss.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_moves_afterwards_is_refused_by_the_name_of_a_parameter()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = nn.Linear(3, 4);
        using FusedSgd fused = new([.. network.named_parameters().Select(static p => (p.name, p.parameter))], [0, 0], 0.9, nesterov: false);
        network.to(ScalarType.Float64);
        Assert.Contains("\"weight\" was disposed", Assert.Throws<InvalidOperationException>(() => fused.Step(0.1)).Message, StringComparison.Ordinal);
    }
}
