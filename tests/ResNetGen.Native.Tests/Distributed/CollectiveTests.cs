using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Native.Tests.Distributed;

/// <summary>Against numbers computed by hand.</summary>
public class CollectiveTests
{
    [Theory]
    [InlineData(2, ScalarType.Float32)]
    [InlineData(3, ScalarType.Float32)]
    [InlineData(3, ScalarType.Float64)]
    [InlineData(3, ScalarType.BFloat16)]
    [InlineData(2, ScalarType.Int64)]
    public void All_reduce_makes_the_sum_the_least_and_the_greatest(int ranks, ScalarType type) => Ranks.Run(ranks, group =>
    {
        using DisposeScope scope = NewDisposeScope();
        // Rank r has r + 1, 10 (r + 1), 100 (r + 1): small whole numbers, exact in every type.
        Tensor Mine() => tensor([1.0, 10.0, 100.0]).mul(group.Rank + 1).to(type);
        double sum = ranks * (ranks + 1) / 2;
        Check(ReduceOperation.Sum, sum);
        Check(ReduceOperation.Minimum, 1);
        Check(ReduceOperation.Maximum, ranks);
        if (type != ScalarType.Int64) Check(ReduceOperation.Average, sum / ranks);

        void Check(ReduceOperation operation, double factor)
        {
            Tensor mine = Mine();
            group.AllReduce(mine, operation);
            Assert.Equal([factor, 10 * factor, 100 * factor], mine.to(ScalarType.Float64).data<double>().ToArray());
            Assert.Equal(type, mine.dtype);
        }
    });

    [Fact]
    public void Maps_travel_in_the_order_of_their_memory_and_stay_in_it() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor map = MemoryFormat.ChannelsLast(arange(24, dtype: ScalarType.Float32).reshape(1, 2, 3, 4)).mul(group.Rank + 1);
        group.AllReduce(map);
        Assert.True(MemoryFormat.IsChannelsLast(map));
        Assert.Equal(Enumerable.Range(0, 24).Select(static i => 3f * i), map.contiguous().data<float>().ToArray());
    });

    [Fact]
    public void Operations_under_way_may_be_several_and_are_waited_for_in_any_order() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] tensors = [.. Enumerable.Range(0, 8).Select(i => full(1000 + i, i + group.Rank, dtype: ScalarType.Float32))];
        PendingWork[] works = [.. tensors.Select(each => group.AllReduceAsync(each, ReduceOperation.Sum))];
        foreach (PendingWork work in works.Reverse()) work.Wait();
        foreach (PendingWork work in works) work.Dispose();
        for (int i = 0; i < tensors.Length; i++) Assert.All(tensors[i].data<float>().ToArray(), value => Assert.Equal((2 * i) + 1, value));
    });

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.BFloat16)]
    public void Broadcast_and_gather_take_any_type(ScalarType type) => Ranks.Run(3, group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mine = tensor([0.0, 1.0, (double)group.Rank]).to(type);
        using Tensor gathered = group.AllGather(mine);
        Assert.Equal([3, 3], gathered.shape);
        double last = type == ScalarType.Bool ? 1 : 2;
        Assert.Equal([0, 1, 0, 0, 1, 1, 0, 1, last], gathered.to(ScalarType.Float64).data<double>().ToArray());
        group.Broadcast(mine, root: 2);
        Assert.Equal([0, 1, last], mine.to(ScalarType.Float64).data<double>().ToArray());
    });

    [Fact]
    public void The_store_keeps_texts_and_numbers() => Ranks.Run(3, static group =>
    {
        Assert.False(group.TryGet("nothing", out _));
        long sum = group.Add("count", group.Rank + 1);
        Assert.InRange(sum, 1, 6);
        if (group.Rank == 1) group.Set("word", new string('ä', 3000));
        Assert.Equal(new string('ä', 3000), group.Get("word"));
        group.Barrier();
        Assert.Equal(6, group.Add("count", 0));
    });

    [Fact]
    public void One_rank_alone_is_a_group() => Ranks.Run(1, static group =>
    {
        using Tensor mine = ones(3);
        group.AllReduce(mine, ReduceOperation.Average);
        group.Broadcast(mine);
        group.Barrier();
        Assert.Equal([1f, 1, 1], mine.data<float>().ToArray());
    });

    [Fact]
    public void A_tensor_with_gaps_is_refused_and_the_group_goes_on() => Ranks.Run(2, static group =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gaps = ones(4, 4)[TensorIndex.Colon, TensorIndex.Slice(0, 2)];
        ProcessGroupException refused = Assert.Throws<ProcessGroupException>(() => group.AllReduce(gaps));
        Assert.Equal(ProcessGroupFailure.Call, refused.Failure);
        Assert.Contains("contiguous()", refused.Message, StringComparison.Ordinal);
        Assert.Null(group.Ended);
        group.Barrier();
    });
}
