#!/usr/bin/env python3
"""Measure our ImageFolder next to torchvision's: JPEG files read, decoded, cropped at random (224), mirrored, normalised.

usage: loader.py --ours DLL [--folder DIR] [--rounds N] [--workers N] [--update]

A turn is one pass over all pictures, batches of 50 in shuffled order; turns are interleaved, so that what else the machine
does falls on all contestants alike, and the first turn of each is warm-up and left out. Pictures are made once, from a fixed
seed (pytorch/make_pictures.py); --folder takes real ones, in train/CLASS/*.jpg.
"""
import argparse, datetime, json, os, pathlib, platform, statistics, subprocess, sys, tempfile

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--ours", required=True)
parser.add_argument("--python", default="python3")
parser.add_argument("--folder", help="a folder with train/CLASS/*.jpg; made where not given")
parser.add_argument("--rounds", type=int, default=7, help="turns of each contestant that count")
parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
parser.add_argument("--update", action="store_true", help="write results/loader.json and loader.md anew")
arguments = parser.parse_args()

sys.path.insert(0, str(here / "pytorch"))
folder = pathlib.Path(arguments.folder or pathlib.Path(tempfile.gettempdir()) / "resnetgen-loader-pictures")
if not arguments.folder:
    import make_pictures
    make_pictures.make(folder)
files = [f for f in (folder / "train").rglob("*") if f.suffix.lower() in (".jpg", ".jpeg", ".png")]
average = sum(f.stat().st_size for f in files) / len(files)


class Contestant:
    def __init__(self, name, program, options):
        command = [*program, "--work", "load", "--folder", str(folder), "--threads", str(arguments.workers), *options]
        self.name, self.times = name, []
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


ours, theirs = ["dotnet", arguments.ours], [arguments.python, str(here / "pytorch" / "worker.py")]
contestants = [
    Contestant("ours", ours, []),
    Contestant("ours, every picture decoded in full", ours, ["--decode", "full"]),
    Contestant("torchvision ImageFolder, Pillow, DataLoader", theirs, []),
]
for contestant in contestants:
    contestant.ask("run 2")
for round_ in range(arguments.rounds):
    for place in range(len(contestants)):
        contestant = contestants[(round_ + place) % len(contestants)]
        contestant.times += [float(t) for t in contestant.ask("run 1").split()]

model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
results = {
    "date": datetime.date.today().isoformat(), "processor": model, "system": platform.platform(), "workers": arguments.workers,
    "pictures": len(files), "made": not arguments.folder, "mean_bytes": round(average), "load_average": os.getloadavg()[0], "contestants": []}
rates = [[len(files) / t for t in contestant.times] for contestant in contestants]
own = statistics.median(rates[0])
for contestant, rate in zip(contestants, rates):
    median = statistics.median(rate)
    results["contestants"].append({
        "name": contestant.name, "version": contestant.version, "images_per_second": round(median, 1),
        "best": round(max(rate), 1), "all": [round(r, 1) for r in rate], "ours_over_this": round(own / median, 2)})
    contestant.process.stdin.close()
    contestant.process.wait()

kind = "made from a fixed seed, about 500×375" if results["made"] else "given"
lines = [
    f"Measured {results['date']} on {model}, {arguments.workers} workers, load {results['load_average']:.1f} beside it. {len(files)} JPEG files "
    f"({kind}, {average / 1024:.0f} KiB on average): read, decoded, random resized crop 224, flip, normalised, in batches of 50. "
    f"Medians of {arguments.rounds} interleaved passes.", "",
    "| | images a second | best | ours / this | |", "|---|---:|---:|---:|---|"]
lines += [f"| {c['name']} | {c['images_per_second']:.0f} | {c['best']:.0f} | {c['ours_over_this']:.2f} | {c['version']} |" for c in results["contestants"]]
text = "\n".join(lines) + "\n"
print(text)
if arguments.update:
    target = here / "results"
    target.mkdir(exist_ok=True)
    (target / "loader.json").write_text(json.dumps(results, indent=1) + "\n")
    (target / "loader.md").write_text(text)
    print(f"written to {target}/loader.json and loader.md")
