#!/usr/bin/python3
"""Writes what PyTorch says of scores and evaluation protocols, from weights and pictures of tests/golden/parity_networks.py's formula.

    /usr/bin/python3 tests/ResNetGen.Tests/Evaluation/make_golden.py

needs PyTorch, torchvision, Pillow and numpy; made with PyTorch 1.13.1 and torchvision 0.14.1.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
import torch.optim.swa_utils
import torchvision
import torchvision.transforms.functional as T
from PIL import Image

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / "golden"))
from parity_networks import CifarResNet, PreNet, fill, images, uniform


def labels(name, count, classes):
    return torch.from_numpy((uniform(name, count) * np.float32(classes)).astype(np.int64))


def score(logits, wanted):
    best = logits.topk(min(5, logits.shape[1]), dim=1).indices
    return {
        "loss": F.cross_entropy(logits.double(), wanted).item(),
        "correct": (best[:, 0] == wanted).sum().item(),
        "correct_top5": (best == wanted[:, None]).any(1).sum().item(),
    }


def update_bn():
    """Statistics after torch.optim.swa_utils.update_bn over four batches."""
    network = fill(CifarResNet(2))
    torch.optim.swa_utils.update_bn([images(f"batch{i}", (8, 3, 32, 32)) for i in range(4)], network)
    state = network.state_dict()
    keys = [f"{layer}.{name}" for layer in ("bn1", "layer2.0.bn2", "layer3.1.bn2") for name in ("running_mean", "running_var", "num_batches_tracked")]
    return {key: [float(f"{v:.9g}") for v in state[key].flatten().tolist()] for key in keys}


class Net14(CifarResNet):
    def __init__(self):
        super().__init__(2)

    def features(self, x):
        return self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))


def pictures(name, sizes):
    """Pictures of several sizes, from bytes."""
    return [Image.fromarray(np.floor(uniform(f"{name}{i}", 3 * h * w) * 256).astype(np.uint8).reshape(3, h, w).transpose(1, 2, 0)) for i, (h, w) in enumerate(sizes)]


def resized(picture, shorter):
    return T.resize(picture, shorter, T.InterpolationMode.BILINEAR)


def batch(crops):
    return torch.stack([T.to_tensor(crop) for crop in crops])


def dense(network, head, picture, sides, mirrored):
    """Class probabilities by the fully convolutional network: scores of all positions averaged, then scales and mirror images."""
    views = []
    for side in sides:
        whole = resized(picture, side)
        for view in [whole, T.hflip(whole)] if mirrored else [whole]:
            views.append(head(network.features(batch([view]))).mean((2, 3)).softmax(1).double())
    return torch.cat(views).mean(0)


def linear_head(network):
    """The linear layer as a 1x1 convolution of the last map."""
    return lambda x: F.conv2d(x, network.fc.weight[:, :, None, None], network.fc.bias)


def vgg_head(network):
    """The three linear layers as convolutions of 7x7 and 1x1."""
    first, second, third = network.classifier[0], network.classifier[3], network.classifier[6]

    def run(x):
        x = F.relu(F.conv2d(x, first.weight.reshape(4096, 512, 7, 7), first.bias))
        x = F.relu(F.conv2d(x, second.weight[:, :, None, None], second.bias))
        return F.conv2d(x, third.weight[:, :, None, None], third.bias)

    return run


def decided(network):
    """The formula's weights leave a network undecided: with larger ones in the last layer its pictures and crops differ."""
    fill(network).eval()
    with torch.no_grad():
        network.fc.weight.mul_(64)
    return network


def protocols():
    sizes, small, pre = [(40, 40), (40, 52), (61, 47), (36, 44), (33, 70), (96, 64)], decided(Net14()), decided(PreNet(1))
    shown, wanted = pictures("picture", sizes), labels("picture labels", len(sizes), 10)

    def judge(probabilities):
        p = torch.stack(probabilities).double()
        best = p.topk(5, 1).indices
        return {"loss": F.nll_loss(p.log(), wanted).item(), "correct": (best[:, 0] == wanted).sum().item(), "correct_top5": (best == wanted[:, None]).any(1).sum().item()}

    def ten(network, picture):
        return network(batch(T.ten_crop(resized(picture, 40), 32)))

    with torch.no_grad():
        results = {
            "one": judge([small(batch([T.center_crop(resized(p, 40), 32)])).softmax(1)[0] for p in shown]),
            "one of 40": judge([small(batch([T.center_crop(resized(p, 48), 40)])).softmax(1)[0] for p in shown]),
            "ten": judge([ten(small, p).double().softmax(1).mean(0) for p in shown]),
            "ten, scores": judge([ten(small, p).double().mean(0).softmax(0) for p in shown]),
            "dense": judge([dense(small, linear_head(small), p, (32, 40, 48), True) for p in shown]),
            "dense, pre-activation": judge([dense(pre, linear_head(pre), p, (40,), False) for p in shown]),
            "ensemble": judge([torch.cat([ten(small, p), ten(pre, p)]).double().softmax(1).mean(0) for p in shown]),
        }
        vgg = fill(torchvision.models.vgg11(num_classes=10)).eval()
        wide = pictures("wide picture", [(224, 288)])[0]
        results["vgg"] = {"loss": -dense(vgg, vgg_head(vgg), wide, (224,), False).log()[3].item()}
    return results


golden = {"scores": {str(classes): score(images(f"scores{classes}", (64, classes)), labels(f"labels{classes}", 64, classes)) for classes in (4, 10, 100)}}
golden["update_bn"] = update_bn()
golden["protocols"] = protocols()
(here / "evaluation.golden.json").write_text(json.dumps(golden, separators=(",", ":")).replace('},"', '},\n"') + "\n")
print({key: len(str(part)) for key, part in golden.items()}, golden["scores"], golden["protocols"])
