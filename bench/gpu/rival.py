#!/usr/bin/env python3
"""PyTorch's training steps on one batch, a few at a time: `run N` on standard input is answered with the milliseconds of N steps
together, `memory` with the most bytes that its allocator held of the device; a line each, in JSON. Ends with its input."""
import argparse
import json
import pathlib
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "pytorch"))
from networks import NETWORKS  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--network", required=True)
parser.add_argument("--batch", type=int, required=True)
parser.add_argument("--side", type=int)
parser.add_argument("--precision", choices=["fp32", "bf16"], required=True)
parser.add_argument("--compiled", action="store_true")
parser.add_argument("--device", required=True)
arguments = parser.parse_args()

torch.manual_seed(0)
# What a careful user of PyTorch turns on.
torch.backends.cudnn.benchmark = True
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = arguments.precision == "bf16"
make, (channels, height, width), classes = NETWORKS[arguments.network]
side = arguments.side or height
network = make().to(arguments.device, memory_format=torch.channels_last).train()
optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
called = torch.compile(network, mode="max-autotune") if arguments.compiled else network
images = torch.randn(arguments.batch, channels, side, side, device=arguments.device).contiguous(memory_format=torch.channels_last)
labels = torch.randint(classes, (arguments.batch,), device=arguments.device)


def step():
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast(arguments.device, dtype=torch.bfloat16, enabled=arguments.precision == "bf16"):
        logits = called(images)
    F.cross_entropy(logits.float(), labels).backward()
    optimizer.step()


def wait():
    if arguments.device == "cuda":
        torch.cuda.synchronize()


def answer(value):
    print(json.dumps(value), flush=True)


answer({"ready": f"PyTorch {torch.__version__}"})
for line in sys.stdin:
    command, *rest = line.split()
    if command == "run":
        wait()
        start = time.perf_counter()
        for _ in range(int(rest[0])):
            step()
        wait()
        answer({"milliseconds": 1e3 * (time.perf_counter() - start)})
    else:
        answer({"bytes": torch.cuda.max_memory_reserved() if arguments.device == "cuda" else None})
