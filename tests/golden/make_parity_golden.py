#!/usr/bin/env python3
"""Write parity.json: what PyTorch and torchvision compute from weights and batches that both sides make from a formula.

usage: make_parity_golden.py [OUT]     needs PyTorch, torchvision and numpy; made with 1.13.1 and 0.14.1
"""
import hashlib, json, pathlib, sys

import numpy as np
import torch
import torch.nn.functional as F
import torchvision

from parity_networks import CifarResNet, fill, images, uniform

torch.manual_seed(0)
torch.set_num_threads(2)


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
