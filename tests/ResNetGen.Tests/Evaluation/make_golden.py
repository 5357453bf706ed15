#!/usr/bin/python3
"""Writes what PyTorch says of scores and evaluation protocols, from weights and pictures of tests/golden/make_parity_golden.py's formula.

    /usr/bin/python3 tests/ResNetGen.Tests/Evaluation/make_golden.py

needs PyTorch and numpy; made with PyTorch 1.13.1.
"""
import ast
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
import torch.optim.swa_utils

here = pathlib.Path(__file__).resolve().parent


def formula(*names):
    """Definitions of the parity script, which computes for minutes when it is imported."""
    source = ast.parse((here.parents[1] / "golden" / "make_parity_golden.py").read_text())
    wanted = [node for node in source.body if getattr(node, "name", None) in names]
    scope = {"np": np, "torch": torch, "nn": torch.nn, "F": F}
    exec(compile(ast.Module(wanted, []), "make_parity_golden.py", "exec"), scope)
    return [scope[name] for name in names]


uniform, value, fill, images, OptionA, BasicBlock, CifarResNet = formula(
    "uniform", "value", "fill", "images", "OptionA", "BasicBlock", "CifarResNet")


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


golden = {"scores": {str(classes): score(images(f"scores{classes}", (64, classes)), labels(f"labels{classes}", 64, classes)) for classes in (4, 10, 100)}}
golden["update_bn"] = update_bn()
(here / "evaluation.golden.json").write_text(json.dumps(golden, separators=(",", ":")).replace('},"', '},\n"') + "\n")
print({key: len(str(part)) for key, part in golden.items()}, golden["scores"])
