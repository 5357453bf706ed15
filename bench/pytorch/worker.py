#!/usr/bin/env python3
"""One side of a comparison: PyTorch doing a piece of work, a few iterations at a time, on command.

Reads lines from standard input: `run N` answers N times in seconds, `memory` the peak resident bytes, `exit` ends it.
"""
import argparse, sys, time

import torch
import torch.nn as nn
import torch.nn.functional as F


class OptionA(nn.Module):
    def __init__(self, extra):
        super().__init__()
        self.extra = extra

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.extra))


class BasicBlock(nn.Module):
    """As torchvision writes it: in-place ReLU and in-place addition."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = OptionA(outputs - inputs) if stride != 1 else None

    def forward(self, x):
        identity = x if self.shortcut is None else self.shortcut(x)
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += identity
        return self.relu(y)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu = nn.ReLU(inplace=True)
        blocks, width = [], 16
        for channels in (16, 32, 64):
            for block in range(3):
                blocks.append(BasicBlock(width, channels, 2 if channels != width else 1))
                width = channels
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.blocks(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


def add_one_element():
    x = torch.zeros(1)

    def work():
        for _ in range(10_000):
            x.add_(1)

    return work


def forward_one(layout):
    network = ResNet20().eval().to(memory_format=layout)
    x = torch.randn(1, 3, 32, 32).contiguous(memory_format=layout)

    def work():
        with torch.no_grad():
            network(x)

    return work


def training_step(layout):
    network = ResNet20().train().to(memory_format=layout)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
    x = torch.randn(128, 3, 32, 32).contiguous(memory_format=layout)
    labels = torch.randint(10, (128,))

    def work():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(x), labels).backward()
        optimizer.step()

    return work


def pass_over_pictures(folder, workers):
    """bench/loader.py's: what torchvision's own training script does to ImageNet, as torchvision ships it."""
    from torchvision import datasets, transforms

    pictures = datasets.ImageFolder(folder + "/train", transforms.Compose([
        transforms.RandomResizedCrop(224),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]))
    # The workers stay between passes, so that starting them is not counted.
    loader = torch.utils.data.DataLoader(pictures, batch_size=50, shuffle=True, num_workers=workers, persistent_workers=True)

    def work():
        seen = sum(len(labels) for _, labels in loader)
        assert seen == len(pictures)

    return work


def peak_resident_bytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


parser = argparse.ArgumentParser()
parser.add_argument("--work", choices=["add", "forward", "train", "load"], required=True)
parser.add_argument("--layout", choices=["nchw", "channels_last"], default="nchw")
parser.add_argument("--threads", type=int, required=True)
parser.add_argument("--folder", help="pictures to load")
arguments = parser.parse_args()

torch.set_num_threads(1 if arguments.work == "load" else arguments.threads)
torch.manual_seed(0)
layout = torch.contiguous_format if arguments.layout == "nchw" else torch.channels_last
work = {
    "add": add_one_element,
    "forward": lambda: forward_one(layout),
    "train": lambda: training_step(layout),
    "load": lambda: pass_over_pictures(arguments.folder, arguments.threads),
}[arguments.work]()
print(f"ready PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    command = line.split()
    if command[0] == "run":
        times = []
        for _ in range(int(command[1])):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        print(" ".join(f"{t:.9f}" for t in times), flush=True)
    elif command[0] == "memory":
        print(peak_resident_bytes(), flush=True)
    else:
        break
