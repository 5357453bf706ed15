using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside, kept, detached;
        using (var outer = NewDisposeScope())
        {
            Tensor moved;
            using (var inner = NewDisposeScope())
            {
                Assert.Same(inner, CurrentDisposeScope);
                inside = ones(2);
                moved = ones(2).MoveToOuterDisposeScope();
                detached = ones(2).DetachFromDisposeScope();
                kept = inner.MoveToOuter(ones(2));
                Assert.Equal(1, inner.DisposablesCount);
                Assert.True(inner.Contains(inside));
                Assert.Same(inside, Assert.Single(inner.DisposablesView));
            }
            Assert.Same(outer, CurrentDisposeScope);
            Assert.True(inside.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.Equal(2, outer.DisposablesCount);
        }
        Assert.Null(CurrentDisposeScope);
        Assert.True(kept.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Dispose_everything_but_keeps_what_it_is_told()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        var (x, y) = scope.DisposeEverythingBut(a, c);
        Assert.Same(a, x);
        Assert.Same(c, y);
        Assert.True(b.IsInvalid);
        Assert.False(a.IsInvalid);
        Assert.Equal(2, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(a.IsInvalid && c.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Tensors_move_between_scopes()
    {
        using var first = NewDisposeScope();
        using var second = NewDisposeScope();
        var t = ones(1);
        Assert.Same(t, second.MoveToOther(first, t));
        Assert.True(first.Contains(t));
        Assert.False(second.Contains(t));
        second.Attach(t);
        Assert.True(second.Contains(t));
        Assert.False(first.Contains(t));
        Assert.Same(t, second.Detach(t));
        Assert.False(second.Contains(t));
        first.Attach(t);
        var other = ones(1);
        other.MoveToOtherDisposeScope(t);
        Assert.True(first.Contains(other));
        Assert.Throws<InvalidOperationException>(() => first.Attach(new MemoryStream()));
    }

    [Fact]
    public void Leaving_in_any_order_leaves_the_others()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 100).Select(i => tensor(i)).ToArray();
        var order = Enumerable.Range(0, 100).OrderBy(i => i * 37 % 101).ToArray();
        for (var n = 0; n < order.Length; n++)
        {
            if (n % 2 == 0) tensors[order[n]].Dispose();
            else tensors[order[n]].DetachFromDisposeScope();
            Assert.Equal(99 - n, scope.DisposablesCount);
            foreach (var left in order.Skip(n + 1)) Assert.True(scope.Contains(tensors[left]));
        }
        foreach (var t in tensors) t.Dispose();
    }

    [Fact]
    public void Scopes_may_end_in_another_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var t = ones(1);
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(t.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
        inner.Dispose();
    }

    [Fact]
    public void Wrapped_scope_keeps_only_the_result()
    {
        using var scope = NewDisposeScope();
        Tensor? between = null;
        var result = WrappedTensorDisposeScope(() =>
        {
            between = ones(2);
            return between + 1;
        });
        Assert.True(between!.IsInvalid);
        Assert.True(scope.Contains(result));
    }

    [Fact]
    public void Statistics_count_what_happens()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        ones(1).Dispose();
        using (var scope = NewDisposeScope())
        {
            ones(1).Dispose();
            var a = ones(1);
            scope.Detach(a);
            scope.Attach(a);
            _ = ones(1);
        }
        Assert.Equal((1, 1), (statistics.CreatedOutsideScopeCount, statistics.DisposedOutsideScopeCount));
        Assert.Equal((3, 3), (statistics.CreatedInScopeCount, statistics.DisposedInScopeCount));
        Assert.Equal((1, 1), (statistics.AttachedToScopeCount, statistics.DetachedFromScopeCount));
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
        Assert.Equal(3, statistics.TensorStatistics.CreatedInScopeCount);
    }

    [Fact]
    public void Scopes_are_per_thread()
    {
        using var scope = NewDisposeScope();
        Assert.Null(OtherThread.Run(() => CurrentDisposeScope));
    }

    [Fact]
    public void Nothing_leaks_from_a_training_like_loop()
    {
        var parameter = randn(8, 8).requires_grad_();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            var loss = randn(4, 8).matmul(parameter).relu().sum(1, keepdim: true).mean();
            loss.backward();
            foreach (var part in parameter.chunk(4)) _ = part[TensorIndex.Ellipsis, TensorIndex.Slice(0, 2)];
            _ = parameter.topk(2);
            using (no_grad()) parameter.sub_(parameter.grad! * 0.1);
            parameter.grad = null;
            Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => ones(2).add(ones(3)));
        }
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(Tensor.PeakCount > before);
        parameter.Dispose();
        Assert.Equal(before - 1, Tensor.TotalCount);
    }

    [Fact]
    public void Forgotten_tensors_are_freed_by_the_collector()
    {
        var before = Tensor.TotalCount;
        Forget(100);
        for (var i = 0; i < 10 && Tensor.TotalCount > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.True(Tensor.TotalCount <= before);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(int count)
    {
        for (var i = 0; i < count; i++) _ = ones(10);
    }
}
