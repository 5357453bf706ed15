#!/usr/bin/python3
"""PyTorch's half of the round trip of weights: run.sh calls it before and after ours.

    roundtrip.py make FOLDER             each network's NAME.pth (torch.save), and NAME.images.pth with a batch and PyTorch's logits
    roundtrip.py compare FOLDER REPORT   reads NAME.safetensors, which we wrote, and holds keys, bits and logits against PyTorch's

safetensors files are read by their definition: 8 bytes of length, JSON, data. No package is needed for that.
"""
import json
import pathlib
import platform
import struct
import sys

import torch
import torchvision

from cifar_resnet import CifarResNet

DEPTHS = (20, 32, 44, 56, 110, 1202)
MOST = 1e-5
NUMBERS = {"F32": torch.float32, "I64": torch.int64}


def networks():
    for depth in DEPTHS:
        yield f"resnet{depth}-cifar", lambda depth=depth: CifarResNet(depth), (4, 3, 32, 32)
    for name in ("resnet18", "resnet50"):
        yield name, lambda name=name: getattr(torchvision.models, name)(), (2, 3, 224, 224)


def make(folder):
    for name, build, shape in networks():
        torch.manual_seed(sum(name.encode()))
        network = build()
        with torch.no_grad():
            for module in network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    # What training leaves: scales that are not 1, and after one batch the statistics of what really comes in.
                    module.momentum = 1.0
                    module.weight.uniform_(0.2, 1)
                    module.bias.uniform_(-0.5, 0.5)
            images = torch.randn(shape)
            network.train()
            network(images)
            network.eval()
            logits = network(images)
        assert torch.isfinite(logits).all() and logits.std() > 1e-2, name
        torch.save(network.state_dict(), folder / f"{name}.pth")
        torch.save({"images": images, "logits": logits}, folder / f"{name}.images.pth")


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for key, entry in header.items():
        begin, end = entry["data_offsets"]
        raw = bytearray(data[8 + length + begin:8 + length + end])
        tensors[key] = torch.frombuffer(raw, dtype=NUMBERS[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def relative(found, expected):
    """Largest difference, relative to the largest logit: single ones lie near zero."""
    return ((found - expected).abs().max() / expected.abs().max()).item()


def compare(folder, report):
    rows, failed = [], []
    for name, build, _ in networks():
        state = torch.load(folder / f"{name}.pth")
        given = torch.load(folder / f"{name}.images.pth")
        ours, metadata = read_safetensors(folder / f"{name}.safetensors")
        logits, _ = read_safetensors(folder / f"{name}.logits.safetensors")

        equal_keys = set(ours) == set(state)
        equal_bits = equal_keys and all(
            ours[key].dtype == value.dtype and ours[key].shape == value.shape
            and ours[key].contiguous().numpy().tobytes() == value.contiguous().numpy().tobytes() for key, value in state.items())
        forward = relative(logits["logits"], given["logits"])

        back = build()
        back.load_state_dict(ours)
        back.eval()
        with torch.no_grad():
            returned = relative(back(given["images"]), given["logits"])

        if not (equal_bits and forward <= MOST and returned <= MOST):
            failed.append(name)
        rows.append((name, metadata["architecture"].split(";", 2)[-1], sum(value.numel() for key, value in state.items() if "num_batches" not in key and "running" not in key),
                     len(state), "equal" if equal_keys else "DIFFER", "equal" if equal_bits else "DIFFER", f"{forward:.1e}", f"{returned:.1e}"))

    head = ("network", "recorded as", "parameters", "entries", "keys", "bits", "our forward", "PyTorch's again")
    lines = ["# Weights from PyTorch and back", "",
             "`tests/ResNetGen.RoundTrip/run.sh` writes this page. A `.pth` state_dict that `torch.save` wrote is loaded into our network and saved",
             "as safetensors, which PyTorch loads again. Forwards are compared with PyTorch's before it all, as the largest difference",
             f"relative to the largest logit; at most {MOST:.0e} is allowed, and keys and bits must be equal.", "",
             f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, {platform.machine()}.", "",
             "| " + " | ".join(head) + " |", "|" + " --- |" * 2 + " ---: |" * 2 + " --- |" * 2 + " ---: |" * 2]
    lines += ["| " + " | ".join((row[0], f"`{row[1]}`", f"{row[2]:,}", str(row[3]), *row[4:])) + " |" for row in rows]
    report.write_text("\n".join(lines) + "\n")
    print("\n".join(lines[8:]))
    if failed:
        sys.exit(f"roundtrip.py: {', '.join(failed)} did not come back as sent")


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(pathlib.Path(sys.argv[2]))
    elif sys.argv[1:2] == ["compare"]:
        compare(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
