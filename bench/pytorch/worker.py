#!/usr/bin/env python3
"""One side of a comparison: PyTorch doing a piece of work, a few iterations at a time, on command.

Reads commands from standard input, a line each, and answers each with a line of JSON: `run N` makes N iterations and gives
their seconds, `memory` the peak resident bytes; `make N`, `load`, `open N`, `check`, `saved` and `peak SECONDS` are the works' own.
It ends with its input.
"""
import argparse
import json
import sys
import time

import torch

import works
from memory import peak_resident_bytes

parser = argparse.ArgumentParser()
parser.add_argument("--work", choices=["add", "gemm", "train", "infer", "load"], required=True)
parser.add_argument("--network")
parser.add_argument("--folder", help="of weights and images, or of pictures to load")
parser.add_argument("--layout", choices=["nchw", "channels_last"], default="nchw")
parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
parser.add_argument("--compiler", choices=["none", "optimize_for_inference", "compile"], default="none")
parser.add_argument("--threads", type=int, required=True)
arguments = parser.parse_args()

torch.set_num_threads(1 if arguments.work == "load" else arguments.threads)
torch.manual_seed(0)
work = {
    "add": lambda: works.Addition(),
    "gemm": lambda: works.MatrixProduct(),
    "train": lambda: works.Training(arguments.network, arguments.folder, arguments),
    "infer": lambda: works.Inference(arguments.network, arguments.folder, arguments),
    "load": lambda: works.Pictures(arguments.folder, arguments.threads),
}[arguments.work]()


def answer(value):
    print(json.dumps(value), flush=True)


answer({"ready": f"PyTorch {torch.__version__}"})
for line in sys.stdin:
    command, *rest = line.split()
    if command == "run":
        times = []
        for _ in range(int(rest[0])):
            start = time.perf_counter()
            work.run()
            times.append(time.perf_counter() - start)
        answer({"seconds": times})
    elif command == "memory":
        answer({"peak": peak_resident_bytes()})
    else:
        answer(getattr(work, command)(*(float(each) if command == "peak" else int(each) for each in rest)))
