#!/usr/bin/env python3
"""Ours and PyTorch side by side on one device: a process each, taking turns, medians and ratios. Standard library only.

usage: compare.py resnet50|resnet50-compiled|resnet20|resnet110 --program ResNetGen.Gpu --output FILE [--rehearse]
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("work", choices=["resnet50", "resnet50-compiled", "resnet20", "resnet110"])
parser.add_argument("--program", required=True)
parser.add_argument("--output", required=True)
parser.add_argument("--rounds", type=int, default=7)
parser.add_argument("--rehearse", action="store_true")
arguments = parser.parse_args()

# Goals: ours against each rival, how many times as fast.
WORKS = {
    "resnet50": dict(batch=256, steps=10, rivals={"PyTorch eager": ([], 1.3)}),
    "resnet50-compiled": dict(batch=256, steps=10, rivals={"torch.compile max-autotune": (["--compiled"], 1.0)}),
    "resnet20": dict(batch=128, steps=50, rivals={"PyTorch eager": ([], 4.0)}),
    "resnet110": dict(batch=128, steps=20, rivals={"PyTorch eager": ([], 4.0)}),
}
work = dict(WORKS[arguments.work])
network = arguments.work.removesuffix("-compiled")
size = []
if arguments.rehearse:
    # torch.compile needs PyTorch 2; without it ours runs alone.
    version = subprocess.run([sys.executable, "-c", "import torch; print(torch.__version__)"], capture_output=True, text=True, check=True).stdout
    if version.startswith("1."):
        work["rivals"] = {name: rival for name, rival in work["rivals"].items() if "--compiled" not in rival[0]}
    work |= dict(batch=2, steps=1)
    arguments.rounds = 2
    # ResNet-50 on small pictures: the rehearsal is of the script, not of the network.
    size = ["--side", "64"] if network == "resnet50" else []
device = "cpu" if arguments.rehearse else "cuda"
options = ["--network", network, "--batch", str(work["batch"]), "--precision", "bf16", "--device", device, *size]


class Contestant:
    def __init__(self, name, command):
        self.name, self.times = name, []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self.read()["ready"]

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare.py: {self.name} ended early with exit code {self.process.wait()}")
        return json.loads(line)

    def ask(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self):
        self.bytes = self.ask("memory")["bytes"]
        self.process.stdin.close()
        self.process.wait()


# What torch.compile has tuned is kept: a step that ran out of its time goes on where it was.
os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(pathlib.Path(arguments.output).resolve().parent / "inductor-cache"))
started = time.monotonic()
contestants = [Contestant("ours", [arguments.program, "step", *options])]
contestants += [Contestant(name, [sys.executable, str(here / "rival.py"), *options, *extra]) for name, (extra, _) in work["rivals"].items()]
for contestant in contestants:
    # Ours records its graph, cuDNN chooses, torch.compile tunes.
    warm_up = time.monotonic()
    contestant.ask(f"run {max(6, work['steps'])}" if not arguments.rehearse else "run 1")
    contestant.warm_up = time.monotonic() - warm_up
for turn in range(arguments.rounds):
    # Whoever comes after an idle turn finds a cooler machine: the order turns with the round.
    for place in range(len(contestants)):
        contestant = contestants[(turn + place) % len(contestants)]
        contestant.times.append(contestant.ask(f"run {work['steps']}")["milliseconds"] / work["steps"])
for contestant in contestants:
    contestant.close()

ours = contestants[0]
result = {"rehearsal": arguments.rehearse, "work": arguments.work, "batch": work["batch"], "precision": "bf16", "device": device, "contestants": []}
for contestant in contestants:
    median = statistics.median(contestant.times)
    row = {"name": contestant.name, "version": contestant.version, "milliseconds": round(median, 4), "all_milliseconds": [round(t, 4) for t in contestant.times],
           "images_per_second": round(1e3 * work["batch"] / median, 1), "reserved_bytes": contestant.bytes, "warm_up_seconds": round(contestant.warm_up, 1)}
    if contestant is not ours:
        goal = work["rivals"][contestant.name][1]
        row |= {"ours_times_as_fast": round(median / statistics.median(ours.times), 3), "goal": goal}
    result["contestants"].append(row)
    print(f"{row['name']:28} {row['milliseconds']:10.3f} ms {row['images_per_second']:12,.0f} images/s"
          + (f"   ours is {row['ours_times_as_fast']:.2f} times as fast (goal {row['goal']})" if "goal" in row else ""))
result["seconds"] = round(time.monotonic() - started, 1)
pathlib.Path(arguments.output).write_text(json.dumps(result, indent=1) + "\n")
