#!/usr/bin/python3
"""Writes what PyTorch computes for small networks of every family and shortcut: scores, and gradients' norms.

    /usr/bin/python3 tests/golden/make_network_golden.py

needs torch and torchvision (written with torch 1.13.1, torchvision 0.14). The networks are written out here after the
papers, and those that torchvision has are held against it. Weights and images come from a formula over key and position
(`fill`), so that no weight file is needed; the test has the same formula.
"""
import json
import math
import pathlib

import torch
import torchvision
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
    def __init__(self, stride, before, after):
        super().__init__()
        self.stride, self.pad = stride, (0, 0, 0, 0, before, after)

    def forward(self, x):
        return F.pad(x[:, :, :: self.stride, :: self.stride], self.pad)


class Block(nn.Module):
    def __init__(self, o, cin, planes, stride):
        super().__init__()
        self.bottleneck, self.plain = o["bottleneck"], o["shortcut"] is None
        if self.bottleneck:
            width, cout = int(planes * o["base"] / 64) * o["groups"], planes * 4
            first, second = (stride, 1) if o["v1"] else (1, stride)
            self.conv1, self.bn1 = nn.Conv2d(cin, width, 1, first, bias=False), nn.BatchNorm2d(width)
            self.conv2 = nn.Conv2d(width, width, 3, second, 1, groups=o["groups"], bias=False)
            self.bn2 = nn.BatchNorm2d(width)
            self.conv3, self.bn3 = nn.Conv2d(width, cout, 1, bias=False), nn.BatchNorm2d(cout)
        else:
            cout = planes
            self.conv1, self.bn1 = nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout)
            self.conv2, self.bn2 = nn.Conv2d(cout, cout, 3, 1, 1, bias=False), nn.BatchNorm2d(cout)
        changes = stride != 1 or cin != cout
        self.downsample = nn.Identity()
        if o["shortcut"] == "C" or (o["shortcut"] == "B" and changes):
            self.downsample = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))
        elif o["shortcut"] == "A" and changes:
            before = (cout - cin) // 2 if o["both"] else 0
            self.downsample = ZeroPad(stride, before, cout - cin - before)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.bottleneck:
            y = self.bn3(self.conv3(F.relu(y)))
        return F.relu(y if self.plain else y + self.downsample(x))


class Net(nn.Module):
    def __init__(self, stages, cifar=False, bottleneck=False, shortcut="B", v1=True, groups=1, base=64, both=False):
        super().__init__()
        o = dict(bottleneck=bottleneck, shortcut=shortcut, v1=v1, groups=groups, base=base, both=both)
        c = planes = 16 if cifar else 64
        self.conv1 = nn.Conv2d(3, c, 3, 1, 1, bias=False) if cifar else nn.Conv2d(3, c, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.maxpool = nn.Identity() if cifar else nn.MaxPool2d(3, 2, 1)
        self.names = []
        for i, count in enumerate(stages):
            blocks = []
            for j in range(count):
                blocks.append(Block(o, c, planes << i, 2 if i and not j else 1))
                c = (planes << i) * (4 if bottleneck else 1)
            self.names.append(f"layer{i + 1}")
            setattr(self, self.names[-1], nn.Sequential(*blocks))
        self.fc = nn.Linear(c, 10)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        for name in self.names:
            x = getattr(self, name)(x)
        return self.fc(x.mean((2, 3)))


def run(net, size):
    set_weights(net)
    images = 2 * fill("images", (4, 3, size, size))
    net.eval()
    with torch.no_grad():
        evaluated = net(images)
    net.train()
    trained = net(images)
    (trained * fill("loss", (4, 10))).sum().backward()
    return {
        "evaluated": evaluated.flatten().tolist(),
        "trained": trained.detach().flatten().tolist(),
        "gradients": {key: parameter.grad.double().norm().item() for key, parameter in net.named_parameters()},
    }


def held_against_torchvision(name, net):
    theirs = getattr(torchvision.models, name)(weights=None, num_classes=10)
    set_weights(theirs), set_weights(net)
    theirs.eval(), net.eval()
    images = fill("images", (2, 3, 64, 64))
    with torch.no_grad():
        assert torch.allclose(net(images), theirs(images), rtol=1e-4, atol=1e-5), name


torch.set_num_threads(1)
held_against_torchvision("resnet18", Net([2, 2, 2, 2]))
held_against_torchvision("resnet50", Net([3, 4, 6, 3], bottleneck=True, v1=False))
held_against_torchvision("resnext50_32x4d", Net([3, 4, 6, 3], bottleneck=True, v1=False, groups=32, base=4))

results = {
    "Basic": run(Net([1, 2, 1, 1]), 64),
    "BasicC": run(Net([1, 2], shortcut="C"), 32),
    "Bottleneck": run(Net([1, 2, 1], bottleneck=True), 64),
    "BottleneckV15": run(Net([1, 2, 1], bottleneck=True, v1=False), 64),
    "Grouped": run(Net([1, 2], bottleneck=True, v1=False, groups=32, base=4), 48),
    "BottleneckA": run(Net([2, 2], bottleneck=True, shortcut="A"), 32),
    "BottleneckABoth": run(Net([2, 2], bottleneck=True, shortcut="A", both=True), 32),
    "Plain": run(Net([1, 1], shortcut=None), 32),
    "PlainBottleneck": run(Net([1, 1], shortcut=None, bottleneck=True), 32),
    "Cifar": run(Net([3, 3, 3], cifar=True, shortcut="A"), 32),
    "CifarB": run(Net([1, 1, 1], cifar=True), 32),
    "CifarC": run(Net([2, 2, 2], cifar=True, shortcut="C"), 32),
    "CifarBottleneck": run(Net([2, 2, 2], cifar=True, bottleneck=True, shortcut="A"), 32),
    "CifarPlain": run(Net([2, 2, 2], cifar=True, shortcut=None), 32),
}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else float(f"{value:.7g}")


path = pathlib.Path(__file__).resolve().parent.parent / "ResNetGen.Tests" / "Networks" / "networks.golden.json"
lines = [f"  {json.dumps(name)}: {json.dumps(rounded(result))}" for name, result in results.items()]
path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
for name, result in results.items():
    print(name, [f"{v:.4f}" for v in result["evaluated"][:3]], [f"{v:.4f}" for v in result["trained"][:3]])
