#!/usr/bin/env python3
"""The machine that results were measured on, with its two ceilings: bytes moved and products made a second."""
import argparse
import datetime
import json
import os
import platform
import subprocess
import time

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--output", required=True)
parser.add_argument("--commit", default="unknown")
parser.add_argument("--rehearse", action="store_true")
arguments = parser.parse_args()


def seconds(work, device):
    """The median of ten runs after three."""
    times = []
    for turn in range(13):
        start = time.perf_counter()
        work()
        if device == "cuda":
            torch.cuda.synchronize()
        if turn >= 3:
            times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


device = "cpu" if arguments.rehearse or not torch.cuda.is_available() else "cuda"
size, bytes_ = (256, 1 << 22) if device == "cpu" else (8192, 1 << 32)
first, second = (torch.randn(size, size, device=device).to(torch.bfloat16) for _ in range(2))
source = torch.randn(bytes_ // 4, device=device)
target = torch.empty_like(source)
product = seconds(lambda: first @ second, device)
copy = seconds(lambda: target.copy_(source), device)
model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
result = {
    "rehearsal": arguments.rehearse, "commit": arguments.commit, "date": datetime.date.today().isoformat(), "device": device,
    "processor": model, "cores": os.cpu_count(), "system": platform.platform(), "pytorch": torch.__version__, "cuda": torch.version.cuda,
    "bf16_product_tflops": round(2 * size ** 3 / product / 1e12, 3), "copy_gb_per_second": round(2 * bytes_ / copy / 1e9, 2),
}
if device == "cuda":
    properties = torch.cuda.get_device_properties(0)
    result |= {"gpu": properties.name, "gpu_memory_bytes": properties.total_memory, "multiprocessors": properties.multi_processor_count,
               "cudnn": torch.backends.cudnn.version()}
    try:
        result["driver"] = subprocess.run(["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"],
                                          capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        pass
with open(arguments.output, "w") as file:
    json.dump(result, file, indent=1)
print(json.dumps(result, indent=1))
