#!/usr/bin/python3
"""Writes what PyTorch measures inside small networks, from weights and images of tests/golden/parity_networks.py's formula.

    /usr/bin/python3 tests/ResNetGen.Tests/Analyses/make_golden.py

needs PyTorch and numpy; made with PyTorch 1.13.1. Responses are read with hooks at modules named by hand here.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / "golden"))
from parity_networks import BasicBlock, CifarResNet, PreNet, fill, images, uniform


class PlainBlock(BasicBlock):
    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


def plain(n):
    network = CifarResNet(n)
    for module in network.modules():
        if isinstance(module, BasicBlock):
            module.__class__ = PlainBlock
    return network


def batches(count, size=8):
    return [images(f"batch{i}", (size, 3, 32, 32)) for i in range(count)]


def labels(i, size=8):
    return torch.from_numpy((uniform(f"labels{i}", size) * np.float32(10)).astype(np.int64))


def responses(network, points):
    """Population standard deviations over three batches at once, in float64."""
    fill(network).eval()
    outputs = {layer: [] for layer, _ in points}
    modules = dict(network.named_modules())
    hooks = [modules[at].register_forward_hook(lambda _, __, output, layer=layer: outputs[layer].append(output.double().clone())) for layer, at in points]
    with torch.no_grad():
        for batch in batches(3):
            network(batch)
    for hook in hooks:
        hook.remove()
    return [{"layer": layer, "value": torch.cat(outputs[layer]).std(unbiased=False).item()} for layer, _ in points]


def points(network, norm):
    found = [(name, name.replace("conv", norm) if norm else name) for name, module in network.named_modules() if isinstance(module, nn.Conv2d) and module.kernel_size == (3, 3)]
    return found


def gradient_norms(network):
    fill(network).train()
    sums = {}
    for i, batch in enumerate(batches(2)):
        network.zero_grad()
        F.cross_entropy(network(batch), labels(i)).backward()
        for name, parameter in network.named_parameters():
            if parameter.dim() > 1:
                sums[name[: -len(".weight")]] = sums.get(name[: -len(".weight")], 0) + parameter.grad.double().norm().item()
    return [{"layer": layer, "value": total / 2} for layer, total in sums.items()]


resnet, flat, pre = CifarResNet(2), plain(2), PreNet(1)
golden = {
    "made_with": f"PyTorch {torch.__version__}",
    "responses": {"ResNet14": responses(resnet, points(resnet, "bn")), "Plain14": responses(flat, points(flat, "bn")), "PreAct8": responses(pre, points(pre, ""))},
    "gradients": {"ResNet14": gradient_norms(resnet), "Plain14": gradient_norms(flat), "PreAct8": gradient_norms(pre)},
}
(here / "analyses.golden.json").write_text(json.dumps(golden, separators=(",", ":")).replace('],"', '],\n"') + "\n")
print({network: part[-1] for network, part in golden["responses"].items()})
