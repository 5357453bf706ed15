#!/usr/bin/env python3
"""Measures our ImageFolder next to torchvision's: JPEG files read, decoded, cropped at random (224), mirrored, normalised.

A turn is one pass over all pictures, batches of 50 in shuffled order; turns are interleaved, so that what else the machine
does falls on all contestants alike, and the first turn of each is warm-up and left out. Pictures are made once, from a fixed
seed (pytorch/make_pictures.py); --folder takes real ones, in train/CLASS/*.jpg.
"""
import argparse
import datetime
import json
import os
import pathlib
import sys
import tempfile

import machine
from contestant import end_all, start_all
from table import markdown, median

here = pathlib.Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(prog="./build.sh bench loader", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--python", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=pathlib.Path, help="a folder with train/CLASS/*.jpg; made where not given")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contestant that count")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--update", action="store_true", help="write results/loader.json and loader.md anew")
    return parser.parse_args()


def pictures(given):
    """The folder and its files; made where none was given."""
    folder = given.folder or pathlib.Path(tempfile.gettempdir()) / "resnetgen-loader-pictures"
    if not given.folder:
        sys.path.insert(0, str(here / "pytorch"))
        import make_pictures
        make_pictures.make(folder)
    return folder, [file for file in (folder / "train").rglob("*") if file.suffix.lower() in (".jpg", ".jpeg", ".png")]


def measure(given, folder):
    """Name, version and seconds of every pass, by contestant."""
    ours, common = [given.ours, "load"], ["--folder", str(folder), "--threads", str(given.workers)]
    contestants, failed = start_all([
        ("ours", [*ours, *common], None),
        ("ours, every picture decoded in full", [*ours, *common, "--decode", "full"], None),
        ("torchvision ImageFolder, Pillow, DataLoader", [given.python, str(here / "pytorch" / "worker.py"), "--work", "load", *common], None)])
    seconds = {contestant.name: [] for contestant in contestants}
    try:
        if failed:
            sys.exit("\n".join(failed.values()))
        for contestant in contestants:
            contestant.run(2)
        for round_ in range(given.rounds):
            for place in range(len(contestants)):
                contestant = contestants[(round_ + place) % len(contestants)]
                seconds[contestant.name] += contestant.run(1)
    finally:
        end_all(contestants)
    return [(contestant.name, contestant.version, seconds[contestant.name]) for contestant in contestants]


def main():
    given = arguments()
    folder, files = pictures(given)
    average = sum(file.stat().st_size for file in files) / len(files)
    described = machine.describe(given.workers)
    measured = measure(given, folder)
    rates = [[len(files) / each for each in seconds] for _, _, seconds in measured]
    own = median(rates[0])
    results = {
        "date": datetime.date.today().isoformat(), "machine": described, "pictures": len(files), "made": not given.folder, "mean_bytes": round(average),
        "contestants": [
            {"name": name, "version": version, "images_per_second": round(median(rate), 1), "best": round(max(rate), 1),
             "all": [round(each, 1) for each in rate], "ours_over_this": round(own / median(rate), 2)}
            for (name, version, _), rate in zip(measured, rates)]}
    kind = "made from a fixed seed, about 500×375" if results["made"] else "given"
    lines = [f"Measured {results['date']} on {machine.text(described)}. {len(files)} JPEG files ({kind}, {average / 1024:.0f} KiB on average): read, decoded, "
             f"random resized crop 224, flip, normalised, in batches of 50. Medians of {given.rounds} interleaved passes.", "",
             *markdown(("", " images a second", " best", " ours / this", ""),
                       [(each["name"], f"{each['images_per_second']:.0f}", f"{each['best']:.0f}", f"{each['ours_over_this']:.2f}", each["version"])
                        for each in results["contestants"]])]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.update:
        target = here / "results"
        (target / "loader.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        (target / "loader.md").write_text(text)
        print(f"written to {target}/loader.json and loader.md")


if __name__ == "__main__":
    main()
