using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class CounterRandomTests
{
    /// <summary>The known answers that the authors publish (Random123, kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdcceBu, 0x5001e420u, 0x24126ea1u)]
    public void Gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal(new CounterRandom.Words(w0, w1, w2, w3), CounterRandom.Philox(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Orders_are_permutations_that_differ_between_epochs_and_seeds()
    {
        int[] order = EpochOrder.Create(1000, seed: 1, epoch: 0, shuffle: true);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, EpochOrder.Create(1000, 1, 0, true));
        Assert.NotEqual(order, EpochOrder.Create(1000, 1, 1, true));
        Assert.NotEqual(order, EpochOrder.Create(1000, 2, 0, true));
        Assert.Equal(Enumerable.Range(0, 1000), EpochOrder.Create(1000, 1, 0, shuffle: false));
    }

    /// <summary>Each of the six orders of three comes as often: chi-squared with 5 degrees of freedom, 20.5 at one in a thousand.</summary>
    [Fact]
    public void Every_order_is_as_likely()
    {
        int[] seen = new int[9];
        for (int epoch = 0; epoch < 6000; epoch++)
        {
            int[] order = EpochOrder.Create(3, 7, epoch, true);
            seen[order[0] * 3 + order[1]]++;
        }
        int[] orders = [seen[1], seen[2], seen[3], seen[5], seen[6], seen[7]];
        Assert.Equal(6000, orders.Sum());
        Assert.True(orders.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000) < 20.5, string.Join(" ", orders));
    }
}
