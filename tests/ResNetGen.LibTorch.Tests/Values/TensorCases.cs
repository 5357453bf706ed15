using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Values;

/// <summary>The expressions of tests/golden/make_tensor_golden.py in TorchSharp's words, under the same names.</summary>
internal static class TensorCases
{
    private static readonly TensorIndex Colon = TensorIndex.Colon;
    private static readonly TensorIndex Ellipsis = TensorIndex.Ellipsis;

    internal static readonly Dictionary<string, Func<Tensor[], Tensor>> All = new(StringComparer.Ordinal)
    {
        ["abs"] = x => x[0].abs(),
        ["ceil"] = x => x[0].ceil(),
        ["floor"] = x => x[0].floor(),
        ["frac"] = x => x[0].frac(),
        ["round"] = x => x[0].round(),
        ["round_decimals"] = x => x[0].round(1),
        ["exp"] = x => x[0].exp(),
        ["log"] = x => x[0].log(),
        ["neg"] = x => -x[0],
        ["relu"] = x => x[0].relu(),
        ["rsqrt"] = x => x[0].rsqrt(),
        ["sigmoid"] = x => x[0].sigmoid(),
        ["sign"] = x => x[0].sign(),
        ["sqrt"] = x => x[0].sqrt(),
        ["square"] = x => x[0].square(),
        ["tanh"] = x => x[0].tanh(),
        ["softmax"] = x => x[0].softmax(1),
        ["softmax_double"] = x => x[0].softmax(-1, float64),
        ["log_softmax"] = x => x[0].log_softmax(2),
        ["clamp"] = x => x[0].clamp(-1, 0.5),
        ["clamp_min"] = x => x[0].clamp(min: 0),
        ["clamp_tensor"] = x => x[0].clamp(min: x[1]),
        ["nan_to_num"] = x => x[0].log().nan_to_num(2.0, 3.0, 4.0),
        ["isnan"] = x => x[0].log().isnan(),
        ["isfinite"] = x => (x[0] * 1e38 * 10).isfinite(),

        ["add"] = x => x[0] + x[1],
        ["add_broadcast"] = x => x[0] + x[1],
        ["add_alpha"] = x => x[0].add(x[1], 0.5),
        ["add_scalar"] = x => x[0] + 3,
        ["sub"] = x => x[0] - x[1],
        ["sub_scalar"] = x => x[0] - 1.5,
        ["rsub"] = x => 2 - x[0],
        ["mul"] = x => x[0] * x[1],
        ["mul_scalar"] = x => x[0] * 2.5f,
        ["div"] = x => x[0] / x[1],
        ["div_scalar"] = x => x[0] / 4L,
        ["rdiv"] = x => 2 / x[0],
        ["div_floor"] = x => x[0].div(x[1], RoundingMode.floor),
        ["div_trunc_int"] = x => x[0].div(x[1], RoundingMode.trunc),
        ["div_int"] = x => x[0] / x[1],
        ["remainder"] = x => x[0] % x[1],
        ["remainder_int"] = x => x[0] % 3,
        ["pow"] = x => x[0].pow(x[1]),
        ["pow_scalar"] = x => x[0].pow(3),
        ["addcmul"] = x => x[0].addcmul(x[1], x[2], 0.3),
        ["addcdiv"] = x => x[0].addcdiv(x[1], x[2], 0.3),
        ["lerp"] = x => x[0].lerp(x[1], x[2]),
        ["where"] = x => torch.where(x[0] > x[1], x[0], x[1]),
        ["masked_fill"] = x => x[0].masked_fill(x[1], -7.5),
        ["maximum"] = x => x[0].max(x[1]),
        ["minimum"] = x => torch.min(x[0], x[1]),

        ["eq"] = x => x[0] == x[1],
        ["ne"] = x => x[0] != 5,
        ["lt"] = x => x[0] < x[1],
        ["le"] = x => x[0] <= 0.5,
        ["gt"] = x => x[0] > x[1],
        ["ge"] = x => x[0] >= 0.5,
        ["lt_reversed"] = x => (Scalar)0.5 < x[0],
        ["and"] = x => x[0] & x[1],
        ["or"] = x => x[0] | x[1],
        ["xor"] = x => x[0] ^ x[1],
        ["not"] = x => ~x[0],

        ["sum"] = x => x[0].sum(),
        ["sum_dims"] = x => x[0].sum(0, 2, keepdim: true),
        ["sum_int"] = x => x[0].sum(0L),
        ["mean"] = x => x[0].mean(),
        ["mean_dims"] = x => x[0].mean([1, 2]),
        ["std"] = x => x[0].std(),
        ["std_dim"] = x => x[0].std(2, unbiased: false, keepdim: true),
        ["var"] = x => x[0].var(unbiased: false),
        ["var_dims"] = x => x[0].var((0, 1)),
        ["all"] = x => x[0].all(1),
        ["any"] = x => x[0].any(0, keepdim: true),
        ["amax"] = x => x[0].amax(0, 1),
        ["amin"] = x => x[0].amin([2], keepdim: false),
        ["argmax"] = x => x[0].argmax(1),
        ["argmin"] = x => x[0].argmin(),
        ["max"] = x => x[0].max(),
        ["max_dim"] = x => x[0].max(1).values,
        ["max_dim_indexes"] = x => x[0].max(1).indexes,
        ["min_dim"] = x => x[0].min(2).values,
        ["topk"] = x => x[0].topk(2, 2).values,
        ["topk_smallest_indexes"] = x => x[0].topk(2, 2, largest: false).indexes,
        ["sort"] = x => x[0].sort(1, descending: true).Values,
        ["sort_indices"] = x => x[0].sort(1).Indices,
        ["cumsum"] = x => x[0].cumsum(1),
        ["logsumexp"] = x => x[0].logsumexp(2),
        ["norm"] = x => x[0].norm(),
        ["norm_dim"] = x => x[0].norm(2, p: 1),
        ["count_nonzero"] = x => x[0].count_nonzero([2]),
        ["nonzero"] = x => x[0].nonzero(),
        ["bincount"] = x => x[0].bincount(null, 5),
        ["histc"] = x => x[0].histc(4, -2, 2),

        ["matmul"] = x => x[0].matmul(x[1]),
        ["mm"] = x => x[0].mm(x[1]),
        ["bmm"] = x => x[0].bmm(x[1].transpose(1, 2)),
        ["dot"] = x => x[0].dot(x[1]),
        ["addmm"] = x => x[0].addmm(x[1][0], x[2][0].t().mm(x[0]), 0.5f, 2),

        ["reshape"] = x => x[0].reshape(4, -1),
        ["view"] = x => x[0].view(6, 4),
        ["flatten"] = x => x[0].flatten(1),
        ["permute"] = x => x[0].permute(2, 0, 1),
        ["transpose"] = x => x[0].transpose(0, 2),
        ["movedim"] = x => x[0].movedim([0, 1], [2, 0]),
        ["t"] = x => x[0].t(),
        ["mT"] = x => x[0].mT,
        ["squeeze"] = x => x[0][TensorIndex.Slice(null, 1)].squeeze(),
        ["unsqueeze"] = x => x[0].unsqueeze(1),
        ["expand"] = x => x[0].expand(3, -1),
        ["repeat"] = x => x[0].repeat(2, 1),
        ["tile"] = x => x[0].tile([2, 2]),
        ["flip"] = x => x[0].flip(0, 2),
        ["roll"] = x => x[0].roll((1, -2), (0, 2)),
        ["roll_flat"] = x => x[0].roll(5),
        ["rot90"] = x => x[0].rot90(1, (0, 1)),
        ["narrow"] = x => x[0].narrow(2, 1, 2),
        ["select"] = x => x[0].select(1, 2),
        ["as_strided"] = x => x[0].as_strided([3, 2], [2, 5], 1),
        ["unfold"] = x => x[0].unfold(2, 2, 1),
        ["tril"] = x => x[0].tril(1),
        ["triu"] = x => x[0].triu(),
        ["diag"] = x => x[0].diag(1),

        ["cat"] = x => torch.cat([x[0], x[1]], 1),
        ["stack"] = x => torch.stack([x[0], x[1]], 2),
        ["chunk"] = x => x[0].chunk(3, 2)[1],
        ["split"] = x => x[0].split(2, dim: 1)[1],
        ["split_sizes"] = x => x[0].split([1L, 3L], dim: 2)[1],
        ["unbind"] = x => x[0].unbind(1)[2],

        ["index_integer"] = x => x[0][1],
        ["index_negative"] = x => x[0][-1, 2],
        ["index_slice"] = x => x[0][Colon, 1.., TensorIndex.Slice(step: 2)],
        ["index_ellipsis"] = x => x[0][Ellipsis, 1],
        ["index_none"] = x => x[0][Colon, TensorIndex.None, 1..3],
        ["index_tensor"] = x => x[0][Colon, TensorIndex.Tensor(x[1])],
        ["index_mask"] = x => x[0][x[1]],
        ["index_select"] = x => x[0].index_select(1, x[1]),
        ["gather"] = x => x[0].gather(1, x[1]),
        ["index_put"] = x =>
        {
            var result = x[0].clone();
            result[1, Colon, 1..3] = x[1][..2];
            result[0, 0] = 9.0f;
            return result;
        },
        ["index_put_accumulate"] = x => x[0].clone().index_put_(x[1][1], [tensor(new long[] { 0, 2, 0 })], accumulate: true),
        ["index_add"] = x => x[0].clone().index_add_(0, tensor(new long[] { 1 }), x[1].unsqueeze(0), 2),
        ["scatter"] = x => x[0].clone().scatter_(1, x[2], x[1][Colon, ..1]),

        ["in_place_chain"] = x => x[0].clone().mul_(2).add_(x[1], 0.5).sub_(1).div_(3).clamp_(-1, 1),
        ["in_place_functions"] = x => x[0].clone().pow_(2).add_((x[1] * 1).sigmoid_()).sub_((x[0] * 2).relu_()),
        ["copy"] = x => (x[0] * 0).copy_(x[1]),
        ["to_double"] = x => x[0].to(float64) * 2,
        ["to_int"] = x => (x[0] * 10).@int(),
        ["bfloat16"] = x => x[0].bfloat16().@float(),
        ["half"] = x => x[0].half().to_type(float32),

        ["arange"] = _ => arange(1, 10, 2.5),
        ["linspace"] = _ => linspace(-1, 1, 5),
        ["eye"] = _ => eye(2, 3),
        ["full"] = _ => full(2, 2, 7),
        ["manual_seed_randn"] = _ => Seeded(() => randn(4, 5)),
        ["manual_seed_rand"] = _ => Seeded(() => rand(7)),
        ["manual_seed_randint"] = _ => Seeded(() => randint(3L, 1000L, new long[] { 6 })),
        ["manual_seed_randperm"] = _ => Seeded(() => randperm(9)),
        ["manual_seed_normal"] = _ => Seeded(() => empty(20).normal_(1, 2)),
        ["manual_seed_uniform"] = _ => Seeded(() => empty(5).uniform_(-3, 3)),
        ["manual_seed_bernoulli"] = _ => Seeded(() => empty(12).bernoulli_(0.3)),
        ["generator"] = _ => WithGenerator(),
    };

    private static Tensor Seeded(Func<Tensor> draw)
    {
        manual_seed(7);
        return draw();
    }

    private static Tensor WithGenerator()
    {
        using var generator = new Generator(42);
        return randn(3, generator: generator);
    }
}
