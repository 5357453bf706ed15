#!/usr/bin/env python3
"""Write parity.json: what PyTorch and torchvision compute from weights and batches that both sides make from a formula.

usage: make_parity_golden.py [OUT]     needs PyTorch, torchvision and numpy; made with 1.13.1 and 0.14.1
"""
import hashlib, json, pathlib, sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision

torch.manual_seed(0)
torch.set_num_threads(2)


def uniform(name, count):
    """count numbers in [0, 1) that depend on the name alone: FNV-1a of the name, then splitmix64 of each index."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    numbers, piece = np.empty(count, np.float32), 1 << 22
    for start in range(0, count, piece):
        stop = min(start + piece, count)
        with np.errstate(over="ignore"):
            z = np.uint64(seed) + np.arange(start + 1, stop + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        numbers[start:stop] = (z >> np.uint64(40)).astype(np.float32) / np.float32(1 << 24)
    return numbers


def value(key, shape):
    """The tensor that belongs to a state_dict key: He-sized weights, normalisation near the identity."""
    u = uniform(key, int(np.prod(shape, dtype=np.int64)) if shape else 1)
    if key.endswith("num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.int64)
    if len(shape) == 4:
        bound = np.float32(np.sqrt(6.0 / (shape[0] * shape[2] * shape[3])))
        u = (u * np.float32(2) - np.float32(1)) * bound
    elif len(shape) == 2:
        bound = np.float32(np.sqrt(1.0 / shape[1]))
        u = (u * np.float32(2) - np.float32(1)) * bound
    elif key.endswith("weight"):
        # Small scales keep ten steps well conditioned: with scales near one PyTorch's own two layouts part by 5 % in them.
        u = u * np.float32(0.2) + np.float32(0.2)
    elif key.endswith("running_var"):
        u = u * np.float32(0.5) + np.float32(0.5)
    else:
        u = u * np.float32(0.2) - np.float32(0.1)
    return torch.from_numpy(u.reshape(shape))


def fill(network):
    network.load_state_dict({key: value(key, tuple(tensor.shape)) for key, tensor in network.state_dict().items()})
    return network


def images(name, shape):
    return torch.from_numpy((uniform(name, int(np.prod(shape))) * np.float32(4) - np.float32(2)).reshape(shape))


class OptionA(nn.Module):
    """The identity with stride 2 and zero channels after it (He et al. 2015, section 3.3)."""

    def __init__(self, stride, extra):
        super().__init__()
        self.stride, self.extra = stride, extra

    def forward(self, x):
        return F.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, 0, self.extra))


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = OptionA(stride, outputs - inputs) if stride != 1 or inputs != outputs else nn.Identity()

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class CifarResNet(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        width = 16
        for stage, channels in enumerate((16, 32, 64), 1):
            blocks = []
            for block in range(n):
                blocks.append(BasicBlock(width, channels, 2 if stage > 1 and block == 0 else 1))
                width = channels
            setattr(self, f"layer{stage}", nn.Sequential(*blocks))
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


def stride_on_first(network):
    """torchvision has the stride on the 3x3 convolution (v1.5); the paper has it on the first 1x1."""
    for module in network.modules():
        if isinstance(module, torchvision.models.resnet.Bottleneck) and module.conv2.stride == (2, 2):
            module.conv1.stride, module.conv2.stride = (2, 2), (1, 1)
    return network


def steps(network, shape, classes, rate):
    """Ten SGD steps over eight batches; the losses before each step."""
    fill(network).train()
    optimizer = torch.optim.SGD(network.parameters(), lr=rate, momentum=0.9, weight_decay=1e-4)
    losses = []
    for step in range(10):
        batch = images(f"batch{step % 8}", shape)
        labels = torch.from_numpy((uniform(f"labels{step % 8}", shape[0]) * np.float32(classes)).astype(np.int64))
        optimizer.zero_grad()
        loss = F.cross_entropy(network(batch), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def keys(network):
    """A hash of every key with its shape, in the order of the keys."""
    lines = sorted(f"{key}: {' '.join(map(str, tensor.shape))}\n" for key, tensor in network.state_dict().items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def forward(network, size):
    network = fill(network).eval()
    with torch.no_grad():
        return network(images("forward", (1, 3, size, size)))[0].tolist()


small, cifar = (8, 3, 64, 64), (16, 3, 32, 32)
resnet = torchvision.models.resnet
golden = {
    "made_with": f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}",
    "losses": {
        "ResNet20": steps(CifarResNet(3), cifar, 10, 0.005),
        "ResNet18": steps(resnet.resnet18(num_classes=10), small, 10, 1e-4),
        "ResNet50": steps(stride_on_first(resnet.resnet50(num_classes=10)), small, 10, 3e-7),
        "ResNet50V15": steps(resnet.resnet50(num_classes=10), small, 10, 3e-7),
    },
    "logits": {},
}
golden["keys"] = {}
for depth in (18, 34, 50, 101, 152):
    network = stride_on_first(getattr(resnet, f"resnet{depth}")())
    golden["logits"][f"ResNet{depth}"] = forward(network, 64)
    golden["keys"][f"ResNet{depth}"] = keys(network)

# torchvision's own, as they are. VGG needs 32 pixels, and 120 million weights for its head.
theirs = {
    "ResNet50V15": resnet.resnet50, "ResNet101V15": resnet.resnet101, "ResNet152V15": resnet.resnet152,
    "ResNeXt50": resnet.resnext50_32x4d, "ResNeXt101": resnet.resnext101_32x8d, "WideResNet50": resnet.wide_resnet50_2,
    **{f"Vgg{depth}{bn}": getattr(torchvision.models, f"vgg{depth}{'_bn' if bn else ''}") for depth in (11, 13, 16, 19) for bn in ("", "Bn")},
}
for name, make in theirs.items():
    network = make()
    golden["logits"][name] = [float(f"{logit:.6g}") for logit in forward(network, 32 if name.startswith("Vgg") else 64)]
    golden["keys"][name] = keys(network)
    del network
golden["samples"] = {key: [float(v) for v in uniform(key, 4)] for key in ("conv1.weight", "layer1.0.bn1.bias")}

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "parity.json")


def short(item):
    if isinstance(item, float):
        return float(f"{item:.9g}")
    if isinstance(item, list):
        return [short(i) for i in item]
    return {k: short(v) for k, v in item.items()} if isinstance(item, dict) else item


out.write_text(json.dumps(short(golden), indent=None, separators=(",", ":")).replace('],"', '],\n"') + "\n")
for name, losses in golden["losses"].items():
    print(name, [round(loss, 4) for loss in losses])
for name, logits in golden["logits"].items():
    print(name, min(logits), max(logits))
