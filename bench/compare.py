#!/usr/bin/env python3
"""Measure ours and PyTorch side by side: one process a contestant, taking turns, medians and ratios.

usage: compare.py --ours DLL [--rounds N] [--starts N] [--only add,forward,train] [--threads N]

Turns are interleaved, so that what else the machine does falls on all contestants alike; the first turn of each is
warm-up and left out. Each contestant is started several times: where the heap happens to lie moves its peak by a tenth,
so the peak shown is the median of the starts. Standard library only.
"""
import argparse, datetime, json, os, pathlib, platform, statistics, subprocess, sys

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--ours", required=True)
parser.add_argument("--python", default="python3")
parser.add_argument("--rounds", type=int, default=4, help="turns of each contestant, in each start")
parser.add_argument("--starts", type=int, default=5, help="processes of each contestant")
parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
parser.add_argument("--only", default="add,forward,train")
arguments = parser.parse_args()

ours = ["dotnet", arguments.ours]
theirs = [arguments.python, str(here / "pytorch" / "worker.py")]
rows = {
    "add": ("`add_` on one element, 10,000 calls", 3, [("ours", ours, []), ("PyTorch", theirs, [])]),
    "forward": ("ResNet-20 forward, batch 1", 20, [
        ("ours", ours, []),
        ("PyTorch NCHW", theirs, ["--layout", "nchw"]),
        ("PyTorch channels_last", theirs, ["--layout", "channels_last"])]),
    "train": ("ResNet-20 training step, fp32, batch 128", 4, [
        ("ours", ours, []),
        ("PyTorch NCHW", theirs, ["--layout", "nchw"]),
        ("PyTorch channels_last", theirs, ["--layout", "channels_last"])]),
}


class Contestant:
    def __init__(self, name, program, work, options):
        command = [*program, "--work", work, "--threads", str(arguments.threads), *options]
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self.read().removeprefix("ready ")

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended early with exit code {self.process.wait()}")
        return line.strip()

    def ask(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.read()

    def run(self, count):
        return [float(t) for t in self.ask(f"run {count}").split()]

    def close(self):
        peak = int(self.ask("memory"))
        self.process.stdin.close()
        self.process.wait()
        return peak


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    flags = next((line for line in open("/proc/cpuinfo") if line.startswith("flags")), "")
    return {
        "processor": model,
        "threads": arguments.threads,
        "vector": "AVX-512" if " avx512f " in flags else "AVX2" if " avx2 " in flags else "?",
        "bf16": " avx512_bf16 " in flags or " amx_bf16 " in flags,
        "system": platform.platform(),
    }


results = {"date": datetime.date.today().isoformat(), "machine": machine(), "rows": []}
for work in arguments.only.split(","):
    title, count, who = rows[work]
    times, peaks = [[] for _ in who], [[] for _ in who]
    for start in range(arguments.starts):
        contestants = [Contestant(name, program, work, options) for name, program, options in who]
        versions = [contestant.version for contestant in contestants]
        for contestant in contestants:
            contestant.run(count)
        for round_ in range(arguments.rounds):
            # Whoever comes after an idle turn could find a cooler machine: the order turns with the round.
            for place in range(len(contestants)):
                who_now = (round_ + start + place) % len(contestants)
                times[who_now] += contestants[who_now].run(count)
        for peak, contestant in zip(peaks, contestants):
            peak.append(contestant.close())
    own = statistics.median(times[0])
    row = {"work": title, "contestants": []}
    for (name, _, _), version, own_times, peak in zip(who, versions, times, peaks):
        median = statistics.median(own_times)
        row["contestants"].append({
            "name": name, "version": version, "milliseconds": round(median * 1e3, 4),
            "fastest": round(min(own_times) * 1e3, 4), "ours_over_this": round(own / median, 3),
            "peak_mib": round(statistics.median(peak) / 2**20, 1), "peaks_mib": [round(p / 2**20) for p in peak],
            "iterations": len(own_times)})
    results["rows"].append(row)

lines = [f"Measured {results['date']} on {results['machine']['processor']}, {arguments.threads} threads, "
         f"{results['machine']['vector']}{', bf16' if results['machine']['bf16'] else ''}. "
         "Medians; ratio = ours / this one, below 1 ours is faster.", ""]
for row in results["rows"]:
    lines += [f"### {row['work']}", "", "| | ms | fastest | ratio | peak MiB | |", "|---|---:|---:|---:|---:|---|"]
    lines += [f"| {c['name']} | {c['milliseconds']:.3f} | {c['fastest']:.3f} | {c['ours_over_this']:.3f} | {c['peak_mib']:.0f} | {c['version']} |"
              for c in row["contestants"]]
    lines.append("")
text = "\n".join(lines)
print(text)
folder = here / "results"
folder.mkdir(exist_ok=True)
(folder / "compare.json").write_text(json.dumps(results, indent=1) + "\n")
(folder / "compare.md").write_text(text + "\n")
print(f"written to {folder}/compare.json and compare.md")
