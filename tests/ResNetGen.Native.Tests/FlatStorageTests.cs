using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests;

public class FlatStorageTests
{
    [Fact]
    public void Parameters_lie_one_after_another_and_everything_else_is_as_before()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new(), before = new();
        (IntPtr Handle, string Strides)[] was = [.. set.Parameters.Select(static p => (p.Parameter.Handle, string.Join(' ', p.Parameter.stride())))];
        set.SetGradients(0);
        FlatStorage.Lay(set.Parameters.Select(static p => p.Parameter));

        long next = set.Parameters[0].Parameter.storage_offset();
        for (int i = 0; i < was.Length; i++)
        {
            Parameter parameter = set.Parameters[i].Parameter;
            Assert.Equal(next, parameter.storage_offset());
            Assert.Equal(was[i], (parameter.Handle, string.Join(' ', parameter.stride())));
            Assert.True(parameter.requires_grad && parameter.is_leaf);
            Assert.NotNull(parameter.grad);

            // A cache line of 64 bytes is 16 numbers.
            next += (parameter.numel() + 15) / 16 * 16;
        }
        ParameterSet.AssertSame(before, set);
    }

    [Fact]
    public void Laid_once_they_stay_and_one_that_left_is_taken_back()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet set = new();
        Parameter[] parameters = [.. set.Parameters.Select(static p => p.Parameter)];
        FlatStorage.Lay(parameters);
        IntPtr[] places = Places(parameters);
        FlatStorage.Lay(parameters);
        FlatStorage.Lay(parameters.Reverse());
        Assert.Equal(places, Places(parameters));

        using var module = new Holder(parameters[6]);
        MemoryFormat.ChannelsLast(module);
        Assert.NotEqual(places[6], Places(parameters)[6]);
        FlatStorage.Lay(parameters);
        IntPtr[] again = Places(parameters);
        Assert.Equal(places.Select(p => p - places[0]), again.Select(p => p - again[0]));
        Assert.True(MemoryFormat.IsChannelsLast(parameters[6]));
    }

    /// <summary>A convolution's gradients are stolen into the layout of its weight, and a backward pass may write into a shared buffer.</summary>
    [Fact]
    public void Gradients_may_be_slices_of_a_buffer()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet ours = new(), theirs = new();
        using FusedSgd sliced = new(ours.Parameters, ours.Decay, 0.9, nesterov: false);
        using FusedSgd apart = new(theirs.Parameters, theirs.Decay, 0.9, nesterov: false);
        IReadOnlyList<Tensor> bucket = FlatStorage.Like(ours.Parameters.Select(static p => p.Parameter));
        for (int i = 0; i < bucket.Count; i++) ours.Parameters[i].Parameter.grad = bucket[i];
        for (int step = 0; step < 3; step++)
        {
            theirs.SetGradients(2 * step);
            using (no_grad())
            {
                for (int i = 0; i < bucket.Count; i++) bucket[i].copy_(theirs.Parameters[i].Parameter.grad!);
            }
            sliced.Step(0.1);
            apart.Step(0.1);
            ParameterSet.AssertSame(theirs, ours);
        }
    }

    [Fact]
    public void An_optimizer_follows_a_parameter_that_is_laid_out_anew()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSet ours = new(), theirs = new();
        using FusedSgd moved = new(ours.Parameters, ours.Decay, 0.9, nesterov: false);
        using FusedSgd stayed = new(theirs.Parameters, theirs.Decay, 0.9, nesterov: false);
        for (int step = 0; step < 4; step++)
        {
            if (step == 2)
            {
                using var module = new Holder(ours.Parameters[6].Parameter);
                MemoryFormat.ChannelsLast(module);
            }
            ours.SetGradients(step);
            theirs.SetGradients(step);
            moved.Step(0.1);
            stayed.Step(0.1);
            ParameterSet.AssertSame(theirs, ours);
        }
        Assert.True(MemoryFormat.IsChannelsLast(moved.Momentum(6)!));
    }

    [Fact]
    public void A_copy_takes_all_values_and_nothing_beside_them()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        ParameterSet set = new();
        Tensor[] sources = [.. set.Parameters.Select(static p => (Tensor)p.Parameter)], whole = [arange(5), zeros(2), arange(3)];
        FlatStorage.Lay(sources);
        IReadOnlyList<Tensor> copies = FlatStorage.Like(sources);
        FlatStorage.Copy(copies, sources);
        for (int i = 0; i < sources.Length; i++) Assert.Equal(ParameterSet.Bits(sources[i]), ParameterSet.Bits(copies[i]));

        // A part of what lies together, in another order, of other types and places.
        foreach (Tensor copy in copies) copy.zero_();
        FlatStorage.Copy([copies[1], copies[3], copies[0]], [sources[1], sources[3], sources[0]]);
        Assert.Equal([0, 1, 3], Enumerable.Range(0, sources.Length).Where(i => copies[i].ne(0).any().item<bool>()));
        IReadOnlyList<Tensor> others = FlatStorage.Like(whole);
        FlatStorage.Copy(others, whole);
        for (int i = 0; i < whole.Length; i++) Assert.True(whole[i].Equals(others[i]));
    }

    [Fact]
    public void Tied_weights_and_weights_with_gaps_stay_where_they_are_and_learn()
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor memory = zeros(8);
        Parameter first = new(memory.alias()), second = new(memory.narrow(0, 4, 4)), gaps = new(zeros(4, 6).narrow(1, 0, 3)), other = new(zeros(5));
        using FusedSgd fused = new([("first", first), ("second", second), ("gaps", gaps), ("other", other)], [0, 0, 0, 0], 0.9, nesterov: false);
        using (no_grad()) second.fill_(2);
        Assert.Equal([0f, 0, 0, 0, 2, 2, 2, 2], first.data<float>().ToArray());
        gaps.grad = ones(4, 3);
        other.grad = ones(5);
        fused.Step(0.5);
        Assert.All(gaps.detach().contiguous().data<float>().ToArray(), static value => Assert.Equal(-0.5f, value));
        Assert.All(other.data<float>().ToArray(), static value => Assert.Equal(-0.5f, value));
    }

    private static IntPtr[] Places(Parameter[] parameters) => [.. parameters.Select(static p => (IntPtr)(p.storage_offset() * p.element_size()) + Base(p))];

    /// <summary>Where a tensor's memory begins, from the address of its first element.</summary>
    private static unsafe IntPtr Base(Tensor tensor)
    {
        using Tensor first = tensor.detach().as_strided([1], [1], 0);
        fixed (byte* place = first.bytes) return (IntPtr)place;
    }

    private sealed class Holder : nn.Module
    {
        public Holder(Parameter held) : base(nameof(Holder)) => register_parameter("held", held);

        protected override void RegisterComponents()
        {
        }

        // The parameter is not its own.
        protected override void Dispose(bool disposing)
        {
        }
    }
}
