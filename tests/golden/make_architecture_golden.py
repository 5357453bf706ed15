#!/usr/bin/python3
"""Writes the state_dict keys and shapes of torchvision's residual networks, one text file a network.

    /usr/bin/python3 tests/golden/make_architecture_golden.py

needs torch and torchvision (written with torch 1.13.1, torchvision 0.14). A line is "key: dim dim ...", a scalar has none.
"""
import pathlib

import torchvision.models as models

folder = pathlib.Path(__file__).resolve().parent.parent / "ResNetGen.Architecture.Tests" / "Data"
for name in ("resnet18", "resnet50", "resnext50_32x4d", "wide_resnet50_2"):
    state = getattr(models, name)(weights=None).state_dict()
    lines = [f"{key}:{''.join(f' {size}' for size in tensor.shape)}\n" for key, tensor in state.items()]
    (folder / f"{name}.state_dict.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)} entries")
