#!/usr/bin/python3
"""Writes what PyTorch computes for small networks of the 2016 paper and of what users build on ResNets: scores, gradients' norms.

    /usr/bin/python3 tests/golden/make_family_golden.py

needs torch (written with torch 1.13.1). Units, shortcuts and stages are written out here after the papers and after
torchvision's and timm's code, each as plainly as it can be said. Weights and images come from a formula over key and
position (`fill`), the same as in make_network_golden.py and in the test.
"""
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F


def fill(key, shape):
    """Numbers in [-0.5, 0.5), the same on every machine: integers below 2^53 only, one division at the end."""
    seed = sum((i + 1) * ord(c) for i, c in enumerate(key))
    j = torch.arange(math.prod(shape), dtype=torch.int64)
    return (((j * j * 7 + j * 7919 + seed) % 2003).double() / 2003 - 0.5).float().reshape(shape)


def set_weights(net):
    for key, tensor in net.state_dict().items():
        kind = key.rsplit(".", 1)[1]
        if kind == "num_batches_tracked":
            continue
        values = fill(key, tuple(tensor.shape))
        if tensor.dim() == 4:
            values *= math.sqrt(24 / math.prod(tensor.shape[1:]))
        elif kind == "running_var" or (kind == "weight" and tensor.dim() == 1):
            values = 1 + values / 2
        tensor.copy_(values)


class ZeroPad(nn.Module):
    def __init__(self, stride, after):
        super().__init__()
        self.stride, self.after = stride, after

    def forward(self, x):
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.after))


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, reduction):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(channels, channels // reduction, 1), nn.Conv2d(channels // reduction, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean((2, 3), keepdim=True)))))


class Block(nn.Module):
    """One residual unit. `first` is the network's first, which the stem has activated."""

    def __init__(self, o, cin, planes, stride, first_dilation, dilation, first):
        super().__init__()
        self.o, self.first = o, first
        kind, unit = o["block"], o["unit"]
        cout = planes * (4 if kind == "bottleneck" else 1)
        if kind == "bottleneck":
            early, late = (stride, 1) if o["v1"] else (1, stride)
            convs = [(cin, planes, 1, early, 1), (planes, planes, 3, late, first_dilation), (planes, cout, 1, 1, 1)]
        elif kind == "basic":
            convs = [(cin, cout, 3, stride, first_dilation), (cout, cout, 3, 1, dilation)]
        else:
            convs = [(cin, cout, 3, stride, first_dilation)]
        self.count = len(convs)
        if unit == "full" and not first:
            self.bn1 = nn.BatchNorm2d(cin)
        for i, (a, b, k, s, d) in enumerate(convs, 1):
            setattr(self, f"conv{i}", nn.Conv2d(a, b, k, s, d * (k // 2), d, bias=False))
            if unit != "full":
                setattr(self, f"bn{i}", nn.BatchNorm2d(b))
            elif i < self.count:
                setattr(self, f"bn{i + 1}", nn.BatchNorm2d(b))
        if o["se"]:
            self.se = SqueezeExcitation(cout, o["se"])
        changes, norm = stride != 1 or cin != cout, unit not in ("full", "bn-after")
        self.downsample = None
        if o["skip"] == "conv1x1":
            self.downsample = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False))
        elif changes and o["shortcut"] == "A":
            self.downsample = ZeroPad(stride, cout - cin)
        elif changes and o["down"]:
            # timm's downsample_avg: pooling carries the stride; where there is none, an identity keeps the numbers.
            pool = nn.AvgPool2d(2, stride, ceil_mode=True, count_include_pad=False) if stride != 1 else nn.Identity()
            self.downsample = nn.Sequential(pool, nn.Conv2d(cin, cout, 1, bias=False), nn.BatchNorm2d(cout))
        elif changes:
            layers = [nn.Conv2d(cin, cout, 1, stride, bias=False)] + ([nn.BatchNorm2d(cout)] if norm else [])
            self.downsample = nn.Sequential(*layers)
        if o["skip"] in ("exclusive", "shortcut-only"):
            self.gate = nn.Conv2d(cin, cout, 1, stride)

    def branch(self, x):
        unit = self.o["unit"]
        for i in range(1, self.count + 1):
            if unit == "full" and i > 1:
                x = F.relu(getattr(self, f"bn{i}")(x))
            x = getattr(self, f"conv{i}")(x)
            last = i == self.count
            if unit != "full" and not (unit == "bn-after" and last):
                x = getattr(self, f"bn{i}")(x)
            if unit != "full" and (not last or unit == "relu-before"):
                x = F.relu(x)
        return self.se(x) if self.o["se"] else x

    def forward(self, x):
        unit, skip = self.o["unit"], self.o["skip"]
        split = x
        if not self.first and unit == "full":
            split = F.relu(self.bn1(x))
        elif not self.first and unit == "relu-only":
            split = F.relu(x)
        # The pre-activation is shared where the shape changes; an identity takes the raw x.
        h = x if self.downsample is None else self.downsample(split)
        f = self.branch(split)
        if skip == "scale":
            f, h = self.o["branch_scale"] * f, self.o["skip_scale"] * h
        elif skip in ("exclusive", "shortcut-only"):
            g = torch.sigmoid(self.gate(x))
            h = (1 - g) * h
            f = g * f if skip == "exclusive" else f
        y = f + h
        if unit == "bn-after":
            y = getattr(self, f"bn{self.count}")(y)
        return F.relu(y) if unit in ("original", "bn-after") else y


class Net(nn.Module):
    def __init__(self, stages, cifar=False, block="basic", unit="original", shortcut="B", v1=True, skip=None, skip_scale=1,
                 branch_scale=1, se=0, deep=False, down=False, output_stride=0, widths=None):
        super().__init__()
        o = dict(block=block, unit=unit, shortcut=shortcut, v1=v1, skip=skip, skip_scale=skip_scale, branch_scale=branch_scale, se=se, down=down)
        self.unit = unit
        c = 16 if cifar else 64
        widths = widths or [c << i for i in range(len(stages))]
        if cifar:
            self.conv1 = nn.Conv2d(3, c, 3, 1, 1, bias=False)
        elif deep:
            self.conv1 = nn.Sequential(
                nn.Conv2d(3, c // 2, 3, 2, 1, bias=False), nn.BatchNorm2d(c // 2), nn.ReLU(),
                nn.Conv2d(c // 2, c // 2, 3, 1, 1, bias=False), nn.BatchNorm2d(c // 2), nn.ReLU(),
                nn.Conv2d(c // 2, c, 3, 1, 1, bias=False))
        else:
            self.conv1 = nn.Conv2d(3, c, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.maxpool = nn.Identity() if cifar else nn.MaxPool2d(3, 2, 1)
        self.names, reached, dilation = [], 1 if cifar else 4, 1
        for i, (count, planes) in enumerate(zip(stages, widths)):
            stride, before = 2 if i else 1, dilation
            if output_stride and reached * stride > output_stride:
                dilation, stride = dilation * stride, 1
            reached *= stride
            blocks = []
            for j in range(count):
                blocks.append(Block(o, c, planes, 1 if j else stride, dilation if j else before, dilation, i == j == 0))
                c = planes * (4 if block == "bottleneck" else 1)
            self.names.append(f"layer{i + 1}")
            setattr(self, self.names[-1], nn.Sequential(*blocks))
        if unit == "full":
            self.norm = nn.BatchNorm2d(c)
        self.fc = nn.Linear(c, 10)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        for name in self.names:
            x = getattr(self, name)(x)
        if self.unit == "full":
            x = self.norm(x)
        if self.unit in ("full", "relu-only"):
            x = F.relu(x)
        return self.fc(x.mean((2, 3)))


def run(net, size):
    """In float64, so that no ReLU's mask hangs on rounding: in float32 one value a hair from 0 moves gradients' norms by 0.25 %."""
    set_weights(net)
    net.double()
    images = 2 * fill("images", (4, 3, size, size)).double()
    net.eval()
    with torch.no_grad():
        evaluated = net(images)
    net.train()
    trained = net(images)
    (trained * fill("loss", (4, 10)).double()).sum().backward()
    return {
        "evaluated": evaluated.flatten().tolist(),
        "trained": trained.detach().flatten().tolist(),
        "gradients": {key: parameter.grad.double().norm().item() for key, parameter in net.named_parameters()},
    }


def cifar(n, size=32, **options):
    return run(Net([n, n, n], cifar=True, **{"shortcut": "A", **options}), size)


torch.set_num_threads(1)
results = {
    "UnitBatchNormAfter": cifar(2, unit="bn-after"),
    "UnitReLUBefore": cifar(2, unit="relu-before"),
    "UnitReLUOnly": cifar(2, unit="relu-only"),
    "UnitFull": cifar(2, unit="full"),
    "UnitFullBottleneck": cifar(2, unit="full", block="bottleneck", shortcut="B"),
    "UnitReLUOnlyBottleneck": cifar(1, unit="relu-only", block="bottleneck", shortcut="B"),
    "UnitFullImageNet": run(Net([1, 2], unit="full"), 32),
    "UnitBatchNormAfterImageNet": run(Net([1, 2], unit="bn-after", block="bottleneck"), 32),
    "SingleLayer": cifar(2, block="single"),
    "SingleLayerFull": cifar(2, block="single", unit="full"),
    "SkipScale": cifar(2, skip="scale", skip_scale=0.5),
    "SkipScaleBoth": cifar(2, skip="scale", skip_scale=0.5, branch_scale=0.5),
    "SkipScaleReLUBefore": cifar(1, unit="relu-before", skip="scale", skip_scale=0.25, branch_scale=0.5),
    "SkipExclusive": cifar(2, skip="exclusive"),
    "SkipShortcutOnly": cifar(2, skip="shortcut-only"),
    "SkipConv1x1": cifar(2, skip="conv1x1"),
    "Squeeze": run(Net([1, 2], se=8), 32),
    "SqueezeBottleneck": run(Net([1, 2], block="bottleneck", v1=False, se=16), 32),
    "ResNetD": run(Net([1, 2], block="bottleneck", v1=False, deep=True, down=True), 36),
    "Dilated": run(Net([1, 2, 2, 2], output_stride=8), 64),
    "DilatedBottleneck": run(Net([1, 1, 2, 2], block="bottleneck", v1=False, output_stride=8), 64),
    "Widths": run(Net([1, 2], widths=[48, 80]), 32),
}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else float(f"{value:.7g}")


path = pathlib.Path(__file__).resolve().parent.parent / "ResNetGen.Tests" / "Networks" / "families.golden.json"
lines = [f"  {json.dumps(name)}: {json.dumps(rounded(result))}" for name, result in results.items()]
path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
for name, result in results.items():
    print(name, [f"{v:.4f}" for v in result["evaluated"][:3]], [f"{v:.4f}" for v in result["trained"][:3]])
