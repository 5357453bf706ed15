"""Weights, batches and networks of the golden files' scripts: numbers by a formula, so that both sides have the same without a file."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


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


class PreBlock(nn.Module):
    """He et al. 2016, figure 4e; where the shape changes both paths share the pre-activation. The first block has none."""

    def __init__(self, inputs, outputs, stride, first):
        super().__init__()
        if not first:
            self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = OptionA(stride, outputs - inputs) if stride != 1 or inputs != outputs else None

    def forward(self, x):
        activated = F.relu(self.bn1(x)) if hasattr(self, "bn1") else x
        branch = self.conv2(F.relu(self.bn2(self.conv1(activated))))
        return branch + (self.shortcut(activated) if self.shortcut else x)


class PreNet(nn.Module):
    """The CIFAR network of full pre-activation, n blocks a stage."""

    def __init__(self, n):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        width = 16
        for stage, channels in enumerate((16, 32, 64), 1):
            blocks = [PreBlock(width if i == 0 else channels, channels, 2 if stage > 1 and i == 0 else 1, stage == 1 and i == 0) for i in range(n)]
            setattr(self, f"layer{stage}", nn.Sequential(*blocks))
            width = channels
        self.norm, self.fc = nn.BatchNorm2d(64), nn.Linear(64, 10)

    def features(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.norm(self.layer3(self.layer2(self.layer1(x)))))

    def forward(self, x):
        return self.fc(F.adaptive_avg_pool2d(self.features(x), 1).flatten(1))
