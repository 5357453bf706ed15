#!/usr/bin/env python3
"""Golden values of nn and optim, from PyTorch (made with 1.13.1), for tests/ResNetGen.LibTorch.Tests/{Nn,Optim}.

    /usr/bin/python3 tests/golden/make_nn_golden.py

Inputs, parameters and upstream gradients are not stored: `fill` and `labels` compute them, here and in the tests.
"""
import json
import math
import pathlib
import struct

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
torch.set_num_threads(1)


def fill(shape, seed):
    """Distinct values in [-1, 1) for up to 1000 elements."""
    count = math.prod(shape)
    values = [((i * 919 + seed * 373) % 1000) / 500 - 1 for i in range(count)]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


def labels(count, classes, seed):
    return torch.tensor([(i * 3 + seed) % classes for i in range(count)])


def numbers(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().double().flatten().tolist()]


def write(name, value):
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    (HERE / name).write_text(text.replace("},{", "},\n{") + "\n")


# --- modules: forward, gradients of the input and of all parameters, buffers afterwards -------------------------------

def module(name, make, shape, calls=1, evaluate=False):
    m = make()
    for i, p in enumerate(m.parameters()):
        with torch.no_grad():
            p.copy_(fill(p.shape, 10 + i))
    m.train(not evaluate)
    for call in range(calls):
        m.zero_grad()
        x = fill(shape, call).requires_grad_()
        y = m(x)
        y.backward(fill(y.shape, 99))
    return {"name": name, "input": list(shape), "calls": calls, "evaluate": evaluate,
            "shape": list(y.shape), "output": numbers(y),
            "gradients": [numbers(x.grad)] + [numbers(p.grad) for p in m.parameters()],
            "buffers": [numbers(b) for b in m.buffers()]}


IMAGE = (2, 4, 5, 5)
MODULES = [
    module("conv3x3", lambda: nn.Conv2d(4, 6, 3), IMAGE),
    module("conv3x3_stride2_pad1_nobias", lambda: nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False), IMAGE),
    module("conv1x3_pairs", lambda: nn.Conv2d(4, 2, (1, 3), (2, 1), (0, 1), (1, 2)), IMAGE),
    module("conv_groups", lambda: nn.Conv2d(4, 8, 3, padding=1, groups=2), IMAGE),
    module("conv_depthwise", lambda: nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False), IMAGE),
    module("conv_same", lambda: nn.Conv2d(4, 2, (3, 2), padding="same"), IMAGE),
    module("conv_valid", lambda: nn.Conv2d(4, 2, 2, padding="valid"), IMAGE),
    module("conv_reflect", lambda: nn.Conv2d(4, 2, 3, padding=(1, 2), padding_mode="reflect"), IMAGE),
    module("conv_replicate", lambda: nn.Conv2d(4, 2, 3, padding=1, padding_mode="replicate"), IMAGE),
    module("conv_circular_same", lambda: nn.Conv2d(4, 2, (3, 2), padding="same", padding_mode="circular"), IMAGE),
    module("conv_unbatched", lambda: nn.Conv2d(4, 2, 3), (4, 5, 5)),
    module("bn_train", lambda: nn.BatchNorm2d(4), IMAGE, calls=3),
    module("bn_momentum", lambda: nn.BatchNorm2d(4, eps=0.1, momentum=0.5), IMAGE, calls=2),
    module("bn_cumulative", lambda: nn.BatchNorm2d(4, momentum=None), IMAGE, calls=3),
    module("bn_eval", lambda: nn.BatchNorm2d(4), IMAGE, evaluate=True),
    module("bn_noaffine", lambda: nn.BatchNorm2d(4, affine=False), IMAGE),
    module("bn_nostats", lambda: nn.BatchNorm2d(4, track_running_stats=False), IMAGE),
    module("bn_nostats_eval", lambda: nn.BatchNorm2d(4, track_running_stats=False), IMAGE, evaluate=True),
    module("linear", lambda: nn.Linear(5, 3), (4, 5)),
    module("linear_nobias", lambda: nn.Linear(5, 3, bias=False), (2, 4, 5)),
    module("relu", nn.ReLU, IMAGE),
    module("sigmoid", nn.Sigmoid, (3, 4)),
    module("tanh", nn.Tanh, (3, 4)),
    module("softmax", lambda: nn.Softmax(1), (3, 4)),
    module("log_softmax", lambda: nn.LogSoftmax(1), (3, 4)),
    module("maxpool", lambda: nn.MaxPool2d(2), IMAGE),
    module("maxpool_3_2_1", lambda: nn.MaxPool2d(3, 2, 1), IMAGE),
    module("maxpool_ceil_dilated", lambda: nn.MaxPool2d((2, 3), (2, 1), (1, 1), (2, 1), ceil_mode=True), IMAGE),
    module("avgpool", lambda: nn.AvgPool2d(2), IMAGE),
    module("avgpool_options", lambda: nn.AvgPool2d((3, 2), (2, 1), (1, 0), ceil_mode=True, count_include_pad=False), IMAGE),
    module("avgpool_divisor", lambda: nn.AvgPool2d(3, 2, 1, divisor_override=5), IMAGE),
    module("adaptive_1", lambda: nn.AdaptiveAvgPool2d(1), IMAGE),
    module("adaptive_pair", lambda: nn.AdaptiveAvgPool2d((2, 3)), IMAGE),
    module("flatten", nn.Flatten, IMAGE),
    module("flatten_dims", lambda: nn.Flatten(0, 2), IMAGE),
    module("identity", nn.Identity, (3, 4)),
    module("dropout_eval", nn.Dropout, (3, 4), evaluate=True),
    module("dropout2d_eval", nn.Dropout2d, IMAGE, evaluate=True),
    module("zero_pad", lambda: nn.ZeroPad2d((1, 2, 0, 1)), IMAGE),
    module("constant_pad", lambda: nn.ConstantPad2d(1, 3.5), IMAGE),
    module("reflection_pad", lambda: nn.ReflectionPad2d(2), IMAGE),
    module("sequential", lambda: nn.Sequential(nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
                                               nn.Flatten(), nn.Linear(3, 2)), IMAGE),
]


# --- functions --------------------------------------------------------------------------------------------------------

def function(name, f, *shapes):
    xs = [fill(s, i).requires_grad_() for i, s in enumerate(shapes)]
    y = f(*xs)
    y.backward(fill(y.shape, 99))
    return {"name": name, "inputs": [list(s) for s in shapes], "shape": list(y.shape), "output": numbers(y),
            "gradients": [numbers(x.grad) if x.grad is not None else [] for x in xs]}


T5, T3 = labels(6, 5, 1), labels(2 * 3 * 3, 4, 2).reshape(2, 3, 3)
IGNORING = T5.clone()
IGNORING[2] = -100
IGNORING1 = T5.clone()
W5 = fill((5,), 7).abs() + 0.1
FUNCTIONS = [
    function("conv2d", lambda x, w, b: F.conv2d(x, w, b, (2, 1), (1, 0)), IMAGE, (3, 4, 3, 3), (3,)),
    function("conv2d_defaults", lambda x, w: F.conv2d(x, w), IMAGE, (3, 4, 3, 3)),
    function("linear", lambda x, w, b: F.linear(x, w, b), (4, 5), (3, 5), (3,)),
    function("batch_norm_training", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), IMAGE, (4,), (4,)),
    function("batch_norm_eval", lambda x: F.batch_norm(x, fill((4,), 5), fill((4,), 6).abs() + 0.5), IMAGE),
    function("relu", lambda x: F.relu(x), (3, 4)),
    function("silu", lambda x: F.silu(x), (3, 4)),
    function("gelu", lambda x: F.gelu(x), (3, 4)),
    function("sigmoid", lambda x: torch.sigmoid(x), (3, 4)),
    function("tanh", lambda x: torch.tanh(x), (3, 4)),
    function("softmax", lambda x: F.softmax(x, -1), (3, 4)),
    function("softmax_double", lambda x: F.softmax(x, 0, dtype=torch.float64).float(), (3, 4)),
    function("log_softmax", lambda x: F.log_softmax(x, 1), (3, 4)),
    function("cross_entropy", lambda x: F.cross_entropy(x, T5), (6, 5)),
    function("cross_entropy_smoothing", lambda x: F.cross_entropy(x, T5, label_smoothing=0.1), (6, 5)),
    function("cross_entropy_weight_sum", lambda x: F.cross_entropy(x, T5, W5, reduction="sum"), (6, 5)),
    function("cross_entropy_weight_mean", lambda x: F.cross_entropy(x, T5, W5, label_smoothing=0.2), (6, 5)),
    function("cross_entropy_none", lambda x: F.cross_entropy(x, T5, reduction="none"), (6, 5)),
    function("cross_entropy_ignore", lambda x: F.cross_entropy(x, IGNORING), (6, 5)),
    function("cross_entropy_ignore_1", lambda x: F.cross_entropy(x, IGNORING1, ignore_index=1), (6, 5)),
    function("cross_entropy_probabilities", lambda x, t: F.cross_entropy(x, F.softmax(t, 1)), (6, 5), (6, 5)),
    function("cross_entropy_image", lambda x: F.cross_entropy(x, T3), (2, 4, 3, 3)),
    function("nll_loss", lambda x: F.nll_loss(x, T5, W5), (6, 5)),
    function("mse_loss", lambda x, y: F.mse_loss(x, y), (3, 4), (3, 4)),
    function("mse_loss_sum", lambda x, y: F.mse_loss(x, y, reduction="sum"), (3, 4), (3, 4)),
    function("mse_loss_none", lambda x, y: F.mse_loss(x, y, reduction="none"), (3, 4), (3, 4)),
    function("bce_logits", lambda x: F.binary_cross_entropy_with_logits(x, (fill((3, 4), 3) > 0).float(), pos_weight=torch.tensor(2.0)), (3, 4)),
    function("normalize", lambda x: F.normalize(x), (3, 4)),
    function("normalize_1", lambda x: F.normalize(x, p=1, dim=0), (3, 4)),
    function("pad_constant", lambda x: F.pad(x, (1, 2, 0, 1), value=0.5), IMAGE),
    function("pad_channels", lambda x: F.pad(x, (0, 0, 0, 0, 1, 2)), (1, 2, 2, 2)),
    function("pad_negative", lambda x: F.pad(x, (-1, 0)), (2, 3)),
    function("pad_reflect", lambda x: F.pad(x, (1, 2, 2, 1), mode="reflect"), IMAGE),
    function("pad_replicate", lambda x: F.pad(x, (1, 2, 2, 1), mode="replicate"), IMAGE),
    function("pad_circular", lambda x: F.pad(x, (1, 2, 2, 1), mode="circular"), IMAGE),
    function("max_pool2d", lambda x: F.max_pool2d(x, 3, 2, 1), IMAGE),
    function("avg_pool2d", lambda x: F.avg_pool2d(x, 3, 2, 1), IMAGE),
    function("adaptive_avg_pool2d", lambda x: F.adaptive_avg_pool2d(x, 2), IMAGE),
    function("max_pool2d_indices", lambda x: F.max_pool2d(x, 2, return_indices=True)[1].float() + 0 * x.sum(), IMAGE),
]


# --- a small residual network: the losses of eight SGD steps -----------------------------------------------------------

class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.relu(self.bn2(self.conv2(x)) + x)
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


def training():
    net = Small()
    with torch.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_(fill(p.shape, 10 + i) * 0.5)
    opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3, nesterov=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(opt, 0.1, total_steps=9)
    losses = []
    for step in range(8):
        opt.zero_grad(set_to_none=False)
        loss = F.cross_entropy(net(fill((6, 3, 8, 8), step)), labels(6, 5, step), label_smoothing=0.1)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        cycle.step()
        losses.append(float(f"{loss.item():.8g}"))
    net.eval()
    return {"losses": losses, "logits": numbers(net(fill((2, 3, 8, 8), 50)))}


write("nn_values.json", {"modules": MODULES, "functions": FUNCTIONS, "training": training()})


# --- optimizers: ten steps with given gradients; the second parameter goes without one at step 3 -----------------------

def optimizer(kind, **options):
    ps = [nn.Parameter(fill((3, 2), 1)), nn.Parameter(fill((4,), 2))]
    opt = getattr(torch.optim, kind)(ps, foreach=False, **options)
    after = {}
    for step in range(1, 11):
        for i, p in enumerate(ps):
            p.grad = None if step == 3 and i == 1 else fill(p.shape, 100 + 10 * step + i)
        opt.step()
        if step in (1, 2, 3, 10):
            after[str(step)] = [numbers(p) for p in ps]
    return {"kind": kind, "options": options, "after": after}


OPTIMIZERS = [optimizer("SGD", **o) for o in (
    {"lr": 0.1},
    {"lr": 0.1, "weight_decay": 0.05},
    {"lr": 0.1, "maximize": True},
    {"lr": 0.1, "momentum": 0.9},
    {"lr": 0.1, "momentum": 0.9, "dampening": 0.3},
    {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.05},
    {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.05, "maximize": True},
    {"lr": 0.1, "momentum": 0.9, "nesterov": True},
    {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05},
    {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05, "maximize": True},
)] + [optimizer(kind, **o) for kind in ("Adam", "AdamW") for o in (
    {"lr": 0.01, "weight_decay": 0.0},
    {"lr": 0.01, "weight_decay": 0.1},
    {"lr": 0.01, "betas": (0.7, 0.95), "weight_decay": 0.0},
    {"lr": 0.01, "eps": 0.1, "weight_decay": 0.0},
    {"lr": 0.01, "amsgrad": True, "weight_decay": 0.0},
    {"lr": 0.01, "maximize": True, "weight_decay": 0.1},
    {"lr": 0.01, "betas": (0.7, 0.95), "eps": 1e-3, "weight_decay": 0.1, "amsgrad": True, "maximize": True},
)]

CLIPPED = []
for max_norm, norm_type in ((0.5, 2.0), (0.5, 1.0), (0.5, math.inf), (0.3, 3.0), (100.0, 2.0)):
    ps = [nn.Parameter(torch.zeros(3, 2)), nn.Parameter(torch.zeros(4)), nn.Parameter(torch.zeros(1))]
    for i, p in enumerate(ps[:2]):
        p.grad = fill(p.shape, 20 + i)
    total = nn.utils.clip_grad_norm_(ps, max_norm, norm_type)
    CLIPPED.append({"max_norm": max_norm, "norm_type": "inf" if math.isinf(norm_type) else norm_type,
                    "total": float(f"{total.item():.7g}"), "gradients": [numbers(p.grad) for p in ps[:2]]})


# --- schedulers: the rates of two groups, and the momentum where it moves ---------------------------------------------

from torch.optim import lr_scheduler as S  # noqa: E402


def two_groups(kind="SGD"):
    groups = [{"params": [nn.Parameter(torch.zeros(1))], "lr": 0.1}, {"params": [nn.Parameter(torch.zeros(1))], "lr": 0.05}]
    return torch.optim.SGD(groups, lr=1, momentum=0.9) if kind == "SGD" else torch.optim.Adam(groups, lr=1)


def momentum_of(group):
    return group["betas"][0] if "betas" in group else group["momentum"]


def scheduler(name, make, steps=20, kind="SGD", at=None):
    opt = two_groups(kind)
    s = make(opt)
    rates, momenta = [], []
    for step in range(steps + 1):
        rates.append([g["lr"] for g in opt.param_groups])
        momenta.append([momentum_of(g) for g in opt.param_groups])
        if step < steps:
            opt.step()
            s.step()
    result = {"name": name, "kind": kind, "rates": rates, "momenta": momenta, "closed": []}
    for epoch in at or ():
        opt = two_groups(kind)
        s = make(opt)
        opt.step()
        s.step(epoch)
        result["closed"].append({"epoch": epoch, "rates": [g["lr"] for g in opt.param_groups]})
    return result


def one_cycle(**options):
    return lambda o: S.OneCycleLR(o, **options)


import warnings  # noqa: E402
warnings.simplefilter("ignore")
SCHEDULERS = [
    scheduler("step", lambda o: S.StepLR(o, 4, 0.3), at=(0, 7, 8)),
    scheduler("multistep", lambda o: S.MultiStepLR(o, [3, 7, 15], 0.2), at=(2, 3, 16)),
    scheduler("exponential", lambda o: S.ExponentialLR(o, 0.8), at=(5,)),
    scheduler("constant", lambda o: S.ConstantLR(o, 0.25, 6), at=(5, 6)),
    scheduler("linear", lambda o: S.LinearLR(o, 0.2, 0.9, 8), at=(4, 20)),
    scheduler("polynomial", lambda o: S.PolynomialLR(o, 10, 2.0), at=(4, 20)),
    scheduler("lambda", lambda o: S.LambdaLR(o, lambda e: 1 / (1 + e))),
    scheduler("multiplicative", lambda o: S.MultiplicativeLR(o, lambda e: 0.95)),
    scheduler("cosine", lambda o: S.CosineAnnealingLR(o, 8, 0.001), at=(0, 5, 8)),
    scheduler("onecycle", one_cycle(max_lr=0.4, total_steps=20)),
    scheduler("onecycle_epochs", one_cycle(max_lr=0.4, epochs=4, steps_per_epoch=5, pct_start=0.25, div_factor=10, final_div_factor=100)),
    scheduler("onecycle_linear", one_cycle(max_lr=[0.4, 0.2], total_steps=20, anneal_strategy="linear", base_momentum=0.8, max_momentum=0.9)),
    scheduler("onecycle_three", one_cycle(max_lr=0.4, total_steps=20, three_phase=True)),
    scheduler("onecycle_fixed_momentum", one_cycle(max_lr=0.4, total_steps=20, cycle_momentum=False)),
    scheduler("onecycle_adam", one_cycle(max_lr=0.4, total_steps=20), kind="Adam"),
    scheduler("sequential", lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)], [4])),
    scheduler("chained", lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)])),
]

METRICS = [1.0, 0.9, 0.9, 0.95, 0.9, 0.89995, 0.91, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.45, 0.45, 0.45, 0.45, 0.45]


def plateau(name, **options):
    opt = two_groups()
    s = S.ReduceLROnPlateau(opt, **options)
    rates = []
    for metric in METRICS:
        s.step(metric)
        rates.append([g["lr"] for g in opt.param_groups])
    return {"name": name, "rates": rates}


PLATEAUS = [
    plateau("min_rel", patience=2, factor=0.5),
    plateau("min_abs_cooldown", patience=1, factor=0.5, threshold=0.05, threshold_mode="abs", cooldown=2),
    plateau("max_rel", mode="max", patience=3, factor=0.1),
    plateau("max_abs_minimum", mode="max", patience=0, factor=0.5, threshold=0.01, threshold_mode="abs", min_lr=[0.02, 0.01]),
    plateau("eps", patience=0, factor=0.5, eps=0.03),
]
write("nn_optim.json", {"optimizers": OPTIMIZERS, "clipped": CLIPPED, "schedulers": SCHEDULERS,
                        "metrics": METRICS, "plateaus": PLATEAUS})


# --- initialisation: the draws themselves, for the generator is PyTorch's own ------------------------------------------

INITS = []
for name, f, shape in (
    ("kaiming_normal", lambda t: nn.init.kaiming_normal_(t), (8, 2, 3, 3)),
    ("kaiming_normal_out_relu", lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"), (8, 2, 3, 3)),
    ("kaiming_uniform_a5", lambda t: nn.init.kaiming_uniform_(t, a=math.sqrt(5)), (8, 2, 3, 3)),
    ("xavier_uniform", lambda t: nn.init.xavier_uniform_(t, 1.5), (6, 5)),
    ("xavier_normal", lambda t: nn.init.xavier_normal_(t), (6, 5)),
    ("normal", lambda t: nn.init.normal_(t, 2.0, 0.5), (20,)),
    ("uniform", lambda t: nn.init.uniform_(t, -3.0, 1.0), (20,)),
    ("trunc_normal", lambda t: nn.init.trunc_normal_(t, 0.5, 2.0, -1.0, 1.5), (20,)),
    ("dirac", lambda t: nn.init.dirac_(t), (3, 4, 3, 3)),
    ("eye", lambda t: nn.init.eye_(t), (3, 4)),
    ("constant", lambda t: nn.init.constant_(t, 2.5), (3,)),
    ("linear_weight", lambda t: t.copy_(nn.Linear(5, 6).weight), (6, 5)),
    ("conv_bias", lambda t: t.copy_(nn.Conv2d(2, 8, 3).bias), (8,)),
):
    torch.manual_seed(42)
    t = torch.empty(shape)
    with torch.no_grad():
        f(t)
    INITS.append({"name": name, "shape": list(shape), "values": numbers(t)})
write("nn_init.json", INITS)


# --- files in TorchSharp's format, written from its description --------------------------------------------------------

def leb128(n):
    out = bytearray()
    while True:
        low, n = n & 0x7F, n >> 7
        out.append(low | (0x80 if n else 0))
        if not n:
            return bytes(out)


def string(s):
    return leb128(len(s.encode())) + s.encode()


CODES = {torch.uint8: 0, torch.int64: 4, torch.float16: 5, torch.float32: 6, torch.float64: 7, torch.bool: 11, torch.bfloat16: 15}


def raw(t):
    t = t.detach().contiguous()
    data = t.view(torch.int16).numpy().tobytes() if t.dtype == torch.bfloat16 else t.numpy().tobytes()
    return leb128(CODES[t.dtype]) + leb128(t.dim()) + b"".join(leb128(s) for s in t.shape) + data


entries = [  # Sequential(("conv", Conv2d(2, 3, 3)), ("bn", BatchNorm2d(3))): parameters first, then buffers
    ("conv.weight", fill((3, 2, 3, 3), 1)), ("conv.bias", fill((3,), 2)), ("bn.weight", fill((3,), 3)), ("bn.bias", fill((3,), 4)),
    ("bn.running_mean", fill((3,), 5)), ("bn.running_var", fill((3,), 6)), ("bn.num_batches_tracked", torch.tensor(300)),
]
(HERE / "nn_module.dat").write_bytes(leb128(len(entries)) + b"".join(string(k) + raw(t) for k, t in entries))

f64 = lambda *values: struct.pack(f"<{len(values)}d", *values)  # noqa: E731
ps = [nn.Parameter(fill((3, 2), 1)), nn.Parameter(fill((4,), 2))]
opt = torch.optim.SGD(ps, lr=0.1, momentum=0.9, weight_decay=0.01)
ps[0].grad = fill((3, 2), 3)
opt.step()
(HERE / "nn_sgd.dat").write_bytes(
    string("SGD") + leb128(1) + leb128(2) + f64(0.1, 0.1) + f64(0.9, 0.0, 0.01) + b"\0\0"
    + b"\1" + raw(opt.state[ps[0]]["momentum_buffer"]) + b"\0")

ps = [nn.Parameter(fill((3, 2), 1)), nn.Parameter(fill((4,), 2))]
opt = torch.optim.Adam(ps, lr=0.01, betas=(0.8, 0.99), weight_decay=0.1, amsgrad=True)
for i, p in enumerate(ps):
    p.grad = fill(p.shape, 3 + i)
opt.step()
(HERE / "nn_adam.dat").write_bytes(
    string("Adam") + leb128(1) + leb128(2) + f64(0.01, 0.01) + f64(0.8, 0.99, 1e-8, 0.1) + b"\1\0"
    + b"".join(struct.pack("<q", 1) + raw(opt.state[p]["exp_avg"]) + raw(opt.state[p]["exp_avg_sq"])
               + b"\1" + raw(opt.state[p]["max_exp_avg_sq"]) for p in ps))
