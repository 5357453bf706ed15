#!/usr/bin/env python3
"""Writes tensor_values.json: what PyTorch computes for the tensor operations that ResNetGen.LibTorch covers.

Each case has its inputs, the outputs, and the gradients of sum(output * weight) by every floating input, where weight is
1, 2, 3, ... over the elements, so that no two elements of a gradient may be mixed up unnoticed. The expression is written
once here and once in tests/ResNetGen.LibTorch.Tests/Values/TensorCases.cs, under the same name.
Run with any PyTorch from 1.13 on: python3 tests/golden/make_tensor_golden.py
"""
import json
import os
import sys

import torch

torch.manual_seed(2015)


def away_from(values, *points, by=0.05):
    """Moves values off points where an operation has no derivative."""
    for point in points:
        near = (values - point).abs() < by
        values = torch.where(near, values + 2 * by, values)
    return values


def rounded(*shape):
    return (torch.randn(*shape) * 1000).round() / 1000


A = away_from(rounded(2, 3, 4), -1, 0, 0.5, 1)
B = away_from(rounded(2, 3, 4), 0)
B = torch.where((A - B).abs() < 0.05, B + 0.2, B)
P = A.abs() + 0.1
M = rounded(3, 4)
N = rounded(4, 2)
V = rounded(5)
ROW = rounded(4)
INDEX = torch.tensor([2, 0, 1, 0])
GATHER = torch.tensor([[0, 1, 2, 0], [2, 2, 1, 1]]).reshape(2, 1, 4)
MASK = A > 0.3
INTS = torch.tensor([[7, -3, 5], [2, 9, -8]])
INTS2 = torch.tensor([[2, 2, -3], [4, 1, 3]])

CASES = {
    # elementwise
    "abs": ([A], lambda a: a.abs()),
    "ceil": ([A], lambda a: a.ceil()),
    "floor": ([A], lambda a: a.floor()),
    "frac": ([A], lambda a: a.frac()),
    "round": ([A], lambda a: a.round()),
    "round_decimals": ([A], lambda a: a.round(decimals=1)),
    "exp": ([A], lambda a: a.exp()),
    "log": ([P], lambda a: a.log()),
    "neg": ([A], lambda a: -a),
    "relu": ([A], lambda a: a.relu()),
    "rsqrt": ([P], lambda a: a.rsqrt()),
    "sigmoid": ([A], lambda a: a.sigmoid()),
    "sign": ([A], lambda a: a.sign()),
    "sqrt": ([P], lambda a: a.sqrt()),
    "square": ([A], lambda a: a.square()),
    "tanh": ([A], lambda a: a.tanh()),
    "softmax": ([A], lambda a: a.softmax(1)),
    "softmax_double": ([A], lambda a: a.softmax(-1, dtype=torch.float64)),
    "log_softmax": ([A], lambda a: a.log_softmax(2)),
    "clamp": ([A], lambda a: a.clamp(-1, 0.5)),
    "clamp_min": ([A], lambda a: a.clamp(min=0)),
    "clamp_tensor": ([A, B], lambda a, b: a.clamp(min=b)),
    "nan_to_num": ([A], lambda a: a.log().nan_to_num(2.0, 3.0, 4.0)),
    "isnan": ([A], lambda a: a.log().isnan()),
    "isfinite": ([A], lambda a: (a * 1e38 * 10).isfinite()),
    # arithmetic
    "add": ([A, B], lambda a, b: a + b),
    "add_broadcast": ([A, ROW], lambda a, b: a + b),
    "add_alpha": ([A, B], lambda a, b: a.add(b, alpha=0.5)),
    "add_scalar": ([A], lambda a: a + 3),
    "sub": ([A, B], lambda a, b: a - b),
    "sub_scalar": ([A], lambda a: a - 1.5),
    "rsub": ([A], lambda a: 2 - a),
    "mul": ([A, B], lambda a, b: a * b),
    "mul_scalar": ([A], lambda a: a * 2.5),
    "div": ([A, P], lambda a, b: a / b),
    "div_scalar": ([A], lambda a: a / 4),
    "rdiv": ([P], lambda a: 2 / a),
    "div_floor": ([A, P], lambda a, b: a.div(b, rounding_mode="floor")),
    "div_trunc_int": ([INTS, INTS2], lambda a, b: a.div(b, rounding_mode="trunc")),
    "div_int": ([INTS, INTS2], lambda a, b: a / b),
    "remainder": ([A, P], lambda a, b: a % b),
    "remainder_int": ([INTS], lambda a: a % 3),
    "pow": ([P, B], lambda a, b: a.pow(b)),
    "pow_scalar": ([A], lambda a: a.pow(3)),
    "addcmul": ([A, B, P], lambda a, b, c: a.addcmul(b, c, value=0.3)),
    "addcdiv": ([A, B, P], lambda a, b, c: a.addcdiv(b, c, value=0.3)),
    "lerp": ([A, B, P], lambda a, b, c: a.lerp(b, c)),
    "where": ([A, B], lambda a, b: torch.where(a > b, a, b)),
    "masked_fill": ([A, MASK], lambda a, m: a.masked_fill(m, -7.5)),
    "maximum": ([A, B], lambda a, b: torch.maximum(a, b)),
    "minimum": ([A, B], lambda a, b: torch.minimum(a, b)),
    # comparison and bits
    "eq": ([INTS, INTS2], lambda a, b: a == b),
    "ne": ([INTS], lambda a: a != 5),
    "lt": ([A, B], lambda a, b: a < b),
    "le": ([A], lambda a: a <= 0.5),
    "gt": ([A, B], lambda a, b: a > b),
    "ge": ([A], lambda a: a >= 0.5),
    "lt_reversed": ([A], lambda a: 0.5 < a),
    "and": ([INTS, INTS2], lambda a, b: a & b),
    "or": ([INTS, INTS2], lambda a, b: a | b),
    "xor": ([INTS, INTS2], lambda a, b: a ^ b),
    "not": ([INTS], lambda a: ~a),
    # reductions
    "sum": ([A], lambda a: a.sum()),
    "sum_dims": ([A], lambda a: a.sum((0, 2), keepdim=True)),
    "sum_int": ([INTS], lambda a: a.sum(0)),
    "mean": ([A], lambda a: a.mean()),
    "mean_dims": ([A], lambda a: a.mean((1, 2))),
    "std": ([A], lambda a: a.std()),
    "std_dim": ([A], lambda a: a.std(2, unbiased=False, keepdim=True)),
    "var": ([A], lambda a: a.var(unbiased=False)),
    "var_dims": ([A], lambda a: a.var((0, 1))),
    "all": ([MASK], lambda m: m.all(1)),
    "any": ([MASK], lambda m: m.any(0, keepdim=True)),
    "amax": ([A], lambda a: a.amax((0, 1))),
    "amin": ([A], lambda a: a.amin(2)),
    "argmax": ([A], lambda a: a.argmax(1)),
    "argmin": ([A], lambda a: a.argmin()),
    "max": ([A], lambda a: a.max()),
    "max_dim": ([A], lambda a: a.max(1)[0]),
    "max_dim_indexes": ([A], lambda a: a.max(1)[1]),
    "min_dim": ([A], lambda a: a.min(2)[0]),
    "topk": ([A], lambda a: a.topk(2, 2)[0]),
    "topk_smallest_indexes": ([A], lambda a: a.topk(2, 2, largest=False)[1]),
    "sort": ([A], lambda a: a.sort(1, descending=True)[0]),
    "sort_indices": ([A], lambda a: a.sort(1)[1]),
    "cumsum": ([A], lambda a: a.cumsum(1)),
    "logsumexp": ([A], lambda a: a.logsumexp(2)),
    "norm": ([A], lambda a: a.norm()),
    "norm_dim": ([A], lambda a: a.norm(1, dim=2)),
    "count_nonzero": ([MASK], lambda m: m.count_nonzero(2)),
    "nonzero": ([MASK], lambda m: m.nonzero()),
    "bincount": ([INDEX], lambda i: i.bincount(minlength=5)),
    "histc": ([V], lambda v: v.histc(4, -2, 2)),
    # products
    "matmul": ([A, N], lambda a, n: a.matmul(n)),
    "mm": ([M, N], lambda m, n: m.mm(n)),
    "bmm": ([A, B], lambda a, b: a.bmm(b.transpose(1, 2))),
    "dot": ([V, V], lambda a, b: a.dot(b)),
    "addmm": ([M, A, B], lambda m, a, b: m.addmm(a[0], b[0].t().mm(m), beta=0.5, alpha=2)),
    # views
    "reshape": ([A], lambda a: a.reshape(4, -1)),
    "view": ([A], lambda a: a.view(6, 4)),
    "flatten": ([A], lambda a: a.flatten(1)),
    "permute": ([A], lambda a: a.permute(2, 0, 1)),
    "transpose": ([A], lambda a: a.transpose(0, 2)),
    "movedim": ([A], lambda a: a.movedim((0, 1), (2, 0))),
    "t": ([M], lambda m: m.t()),
    "mT": ([A], lambda a: a.mT),
    "squeeze": ([A], lambda a: a[:1].squeeze()),
    "unsqueeze": ([M], lambda m: m.unsqueeze(1)),
    "expand": ([ROW], lambda r: r.expand(3, -1)),
    "repeat": ([M], lambda m: m.repeat(2, 1)),
    "tile": ([ROW], lambda r: r.tile((2, 2))),
    "flip": ([A], lambda a: a.flip(0, 2)),
    "roll": ([A], lambda a: a.roll((1, -2), (0, 2))),
    "roll_flat": ([M], lambda m: m.roll(5)),
    "rot90": ([M], lambda m: m.rot90(1, (0, 1))),
    "narrow": ([A], lambda a: a.narrow(2, 1, 2)),
    "select": ([A], lambda a: a.select(1, 2)),
    "as_strided": ([A], lambda a: a.as_strided((3, 2), (2, 5), 1)),
    "unfold": ([A], lambda a: a.unfold(2, 2, 1)),
    "tril": ([M], lambda m: m.tril(1)),
    "triu": ([M], lambda m: m.triu()),
    "diag": ([V], lambda v: v.diag(1)),
    # joining and parting
    "cat": ([A, B], lambda a, b: torch.cat([a, b], 1)),
    "stack": ([A, B], lambda a, b: torch.stack([a, b], 2)),
    "chunk": ([A], lambda a: a.chunk(3, 2)[1]),
    "split": ([A], lambda a: a.split(2, 1)[1]),
    "split_sizes": ([A], lambda a: a.split([1, 3], 2)[1]),
    "unbind": ([A], lambda a: a.unbind(1)[2]),
    # indexing
    "index_integer": ([A], lambda a: a[1]),
    "index_negative": ([A], lambda a: a[-1, 2]),
    "index_slice": ([A], lambda a: a[:, 1:, ::2]),
    "index_ellipsis": ([A], lambda a: a[..., 1]),
    "index_none": ([M], lambda m: m[:, None, 1:3]),
    "index_tensor": ([A, INDEX], lambda a, i: a[:, i]),
    "index_mask": ([A, MASK], lambda a, m: a[m]),
    "index_select": ([A, INDEX], lambda a, i: a.index_select(1, i)),
    "gather": ([A, GATHER], lambda a, i: a.gather(1, i)),
    "index_put": ([A, ROW], lambda a, r: put(a, r)),
    "index_put_accumulate": ([M, A], lambda m, a: accumulate(m, a)),
    "index_add": ([A, M], lambda a, m: a.clone().index_add_(0, torch.tensor([1]), m.unsqueeze(0), alpha=2)),
    "scatter": ([A, B, GATHER], lambda a, b, i: a.clone().scatter_(1, i, b[:, :1])),
    # in place, on a copy
    "in_place_chain": ([A, B], lambda a, b: a.clone().mul_(2).add_(b, alpha=0.5).sub_(1).div_(3).clamp_(-1, 1)),
    "in_place_functions": ([A, P], lambda a, p: a.clone().pow_(2).add_((p * 1).sigmoid_()).sub_((a * 2).relu_())),
    "copy": ([A, ROW], lambda a, r: (a * 0).copy_(r)),
    "to_double": ([A], lambda a: a.double() * 2),
    "to_int": ([A], lambda a: (a * 10).int()),
    "bfloat16": ([A], lambda a: a.bfloat16().float()),
    "half": ([A], lambda a: a.half().float()),
    # factories
    "arange": ([], lambda: torch.arange(1, 10, 2.5)),
    "linspace": ([], lambda: torch.linspace(-1, 1, 5)),
    "eye": ([], lambda: torch.eye(2, 3)),
    "full": ([], lambda: torch.full((2, 2), 7)),
    "manual_seed_randn": ([], lambda: seeded(lambda: torch.randn(4, 5))),
    "manual_seed_rand": ([], lambda: seeded(lambda: torch.rand(7))),
    "manual_seed_randint": ([], lambda: seeded(lambda: torch.randint(3, 1000, (6,)))),
    "manual_seed_randperm": ([], lambda: seeded(lambda: torch.randperm(9))),
    "manual_seed_normal": ([], lambda: seeded(lambda: torch.empty(20).normal_(1, 2))),
    "manual_seed_uniform": ([], lambda: seeded(lambda: torch.empty(5).uniform_(-3, 3))),
    "manual_seed_bernoulli": ([], lambda: seeded(lambda: torch.empty(12).bernoulli_(0.3))),
    "generator": ([], lambda: torch.randn(3, generator=torch.Generator().manual_seed(42))),
}


def put(a, r):
    result = a.clone()
    result[1, :, 1:3] = r[:2]
    result[0, 0] = 9.0
    return result


def accumulate(m, a):
    return m.clone().index_put_((torch.tensor([0, 2, 0]),), a[1], accumulate=True)


def seeded(draw):
    torch.manual_seed(7)
    return draw()


def described(tensor):
    data = tensor.detach().flatten().tolist()
    if tensor.dtype == torch.float32:
        data = [float(f"{x:.9g}") for x in data]  # nine digits are enough to tell every float32 from the next
    return {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape), "data": data}


def case(inputs, function):
    leaves = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    output = function(*leaves)
    result = {"inputs": [described(x) for x in inputs], "output": described(output)}
    if output.requires_grad:
        weight = torch.arange(1, output.numel() + 1, dtype=output.dtype).reshape(output.shape)
        (output * weight).sum().backward()
        result["gradients"] = [None if x.grad is None else described(x.grad) for x in leaves]
    return result


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "tensor_values.json")
    with open(path, "w") as file:
        file.write("{\n")
        lines = [f"{json.dumps(name)}: {json.dumps(case(*entry))}" for name, entry in CASES.items()]
        file.write(",\n".join(lines))
        file.write("\n}\n")


main()
