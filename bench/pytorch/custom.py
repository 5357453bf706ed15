"""The network that bench/ResNetGen.Bench/CustomNet.cs declares layer by layer, written by hand: the same layers and keys."""
import torch
import torch.nn as nn


class ConvBatchNorm(nn.Module):
    def __init__(self, inputs, outputs, stride=1, relu=False):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True) if relu else None

    def forward(self, x):
        x = self.bn(self.conv(x))
        return x if self.relu is None else self.relu(x)


class ConvReLU(nn.Module):
    def __init__(self, inputs, outputs, kernel, dilation=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, padding=dilation * (kernel // 2), dilation=dilation)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.conv(x))


class Branch(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.a = ConvBatchNorm(inputs, outputs, stride, relu=True)
        self.b = ConvBatchNorm(outputs, outputs)

    def forward(self, x):
        return self.b(self.a(x))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.branch = Branch(inputs, outputs, stride)
        self.downsample = None if inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.branch(x)
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class CustomNet(nn.Module):
    """Images of 64×64, 100 classes: a stem, residual blocks, two paths that part and meet again."""

    def __init__(self):
        super().__init__()
        self.stem = ConvBatchNorm(3, 32, relu=True)
        self.reduce = Residual(32, 64, stride=2)
        self.trunk = nn.ModuleList(Residual(64, 64) for _ in range(2))
        self.narrow = Residual(64, 128, stride=2)
        self.near = ConvReLU(128, 128, kernel=1)
        self.far = ConvReLU(128, 128, kernel=3, dilation=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(256, 100)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = self.reduce(self.stem(x))
        for block in self.trunk:
            x = block(x)
        x = self.narrow(x)
        x = torch.cat([self.near(x), self.far(x)], 1)
        return self.head(self.pool(x).flatten(1))
