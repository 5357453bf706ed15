#!/usr/bin/python3
"""Writes pytorch/cifar20.pth, pytorch/resnet50.pth and logits.golden.json: whole networks in a few kilobytes, and what PyTorch makes
of a batch with them. Convolutions and linear layers are overlapping views of one small storage, which torch.save writes once.

    /usr/bin/python3 tests/ResNetGen.Tests/Weights/make_logits_golden.py     (made with torch 1.13.1, torchvision 0.14)
"""
import collections
import json
import pathlib
import sys

import torch
import torchvision

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent.parent / "ResNetGen.RoundTrip"))
from cifar_resnet import CifarResNet  # noqa: E402


def numbers(count, scale):
    """Multiples of 2^-12 in [-scale, scale), the same on every machine: a linear congruential generator's upper bits."""
    value, out = 12345, []
    for _ in range(count):
        value = (value * 1103515245 + 12345) % (1 << 31)
        out.append(((value >> 15) % 4096 / 4096 * 2 - 1) * scale)
    return torch.tensor(out)


def view(storage, shape, place):
    """A view that differs with every index: no two dimensions have one stride."""
    strides = {4: (5, 2, 17, 1), 2: (3, 1), 1: (1,)}[len(shape)]
    reach = sum((size - 1) * stride for size, stride in zip(shape, strides))
    return storage.as_strided(shape, strides, place % (storage.numel() - reach))


def shrink(network, storage):
    variances = torch.zeros(len(network.state_dict()))
    state = collections.OrderedDict()
    fan_in = 1
    for i, (key, value) in enumerate(network.state_dict().items()):
        if value.dim() == 4:
            fan_in = value[0].numel()
        if key.endswith("num_batches_tracked"):
            state[key] = torch.tensor(7)
        elif key.endswith("running_var"):
            # About what a convolution of such weights makes of inputs of variance 1, so that nothing grows from layer to layer.
            variances[i] = fan_in * (storage ** 2).mean()
            state[key] = variances[i].expand(value.shape)
        else:
            state[key] = view(storage, value.shape, 7 * i)
    return state


golden = {}
for name, network, storage, shape in (
        ("cifar20", CifarResNet(20), numbers(1024, 0.5), (2, 3, 32, 32)),
        ("resnet50", torchvision.models.resnet50(), numbers(12288, 0.5), (1, 3, 64, 64))):
    state = shrink(network, storage)
    torch.save(state, here / "pytorch" / f"{name}.pth")
    network.load_state_dict(state)
    network.eval()
    images = numbers(torch.Size(shape).numel(), 2).reshape(shape)
    with torch.no_grad():
        logits = network(images)
    assert torch.isfinite(logits).all() and logits.std() > 1e-3, (name, logits.std())
    golden[name] = [float(value) for value in logits[:, :10].flatten()]
    print(name, logits.std().item(), golden[name][:4])
(here / "logits.golden.json").write_text(json.dumps(golden, indent=1) + "\n")
