#!/usr/bin/env python3
"""Measures ours next to PyTorch and ONNX Runtime, all in one run: ./build.sh bench.

One process a contestant; they start from the same weights, are checked for computing the same, and take turns on the same
images with the same number of threads. The first turn of each is warm-up. What has been measured is written after every
group, so that Ctrl-C loses one group at most. Standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import signal
import sys
import time

import goals
import machine
import plan
import report
import start
from contestant import ContestantEnded, end_all, start_all
from session import Effort, Session
from table import median
from tools import Tools

root = pathlib.Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(
        prog="./build.sh bench", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__,
        epilog="other verbs:\n  bench profile --help   where a step's time goes\n  bench generator        the generator and the analyzers\n"
               "  bench loader --help    reading pictures\n  bench scaling --help   two processes against one")
    parser.add_argument("--only", default="", metavar="PART,..", help="goals (about ten minutes), start, calls, a network "
                        f"({', '.join(network.key for network in plan.NETWORKS)}) or half of one (resnet50:train); everything if not given")
    parser.add_argument("--quick", action="store_true", help="a minute's run that shows that all works; its figures say little")
    parser.add_argument("--check", action="store_true", help="only check that all contestants compute the same losses and logits; nothing is timed or written")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="threads of every contestant (default: all processors, %(default)s here)")
    parser.add_argument("--rounds", type=int, help="turns of each contestant that count (default: 3; 4 for what the goals are about, which is started twice; 1 with --quick)")
    parser.add_argument("--output", type=pathlib.Path, help="folder of compare.json, compare.md and goals.md (default: bench/results for a full run, else artifacts/bench)")
    # Without our program the arguments are only looked at: bench/run does so before it builds one.
    parser.add_argument("--ours", help=argparse.SUPPRESS)
    parser.add_argument("--published", default="", help=argparse.SUPPRESS)
    parser.add_argument("--python", default=sys.executable, help=argparse.SUPPRESS)
    parser.add_argument("--onnxruntime", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.threads < 1 or (given.rounds is not None and given.rounds < 1):
        parser.error("--threads and --rounds take whole numbers from 1 on")
    return parser, given


class Run:
    def __init__(self, given, parts):
        self.given, self.parts = given, parts
        self.began = time.monotonic()
        self.tools = Tools(given.ours, given.python, given.onnxruntime)
        self.output = given.output or (root / "bench" / "results" if not parts and not given.quick else root / "artifacts" / "bench")
        self.ticks = machine.processor_time()
        busy = machine.busy_share()
        self.results = {
            "date": datetime.date.today().isoformat(), "machine": machine.describe(given.threads), "published": given.published, "warnings": [], "versions": [],
            "matrix_peak": {}, "rows": [], "start": [], "calls": [], "failures": []}
        if busy > machine.BUSY_SHARE:
            self.warn(f"The machine was busy: others used {100 * busy:.0f} % of the processors when the run began. The figures say little.")
        for missing in self.tools.missing:
            self.warn(missing)
        if given.quick:
            self.results["warnings"].append("A quick run: single turns, good for seeing that it works.")

    def say(self, text):
        seconds = int(time.monotonic() - self.began)
        print(f"[{seconds // 60:2}:{seconds % 60:02}] {text}", file=sys.stderr, flush=True)

    def warn(self, text):
        self.results["warnings"].append(text)
        self.say(f"warning: {text}")

    def groups(self):
        if self.given.quick:
            return plan.quick_groups()
        if not self.parts:
            # The goals' batches are measured with the others, and twice.
            return plan.merged_groups()
        named = [part for part in self.parts if part not in ("goals", "start", "calls")]
        return (plan.goal_groups() if "goals" in self.parts else []) + plan.chosen_groups(named)

    def everything(self):
        quick, parts = self.given.quick, self.parts
        groups = self.groups()
        if groups:
            self.matrix_peak(0.2 if quick else 1.0)
        for place, group in enumerate(groups):
            self.say(f"{place + 1} of {len(groups)}: {group.title}")
            effort = Effort(self.given.rounds or 1, 0.1) if quick else Effort(self.given.rounds or (4 if group.starts > 1 else 3))
            session = Session(self.tools, self.given.threads, effort, self.say)
            try:
                self.results["rows"] += session.measure(group)
            except ContestantEnded as ended:
                session.fail(group, "all of it", str(ended))
            self.results["failures"] += session.failures
            self.write()
        if not parts or {"goals", "start"} & set(parts):
            self.say("start-up")
            cases = start.CASES[:1] if quick else start.CASES
            self.results["start"] = start.measure(self.tools, self.given.threads, 1 if quick else 5, cases, self.say, self.results["failures"])
        if not quick and (not parts or "calls" in parts):
            self.say("calls")
            self.calls()
        if groups and not quick:
            self.matrix_peak(1.0)

    def check(self):
        for group in self.groups():
            self.say(group.title)
            session = Session(self.tools, self.given.threads, None, self.say)
            try:
                session.check(group)
            except ContestantEnded as ended:
                session.fail(group, "all of it", str(ended))
            self.results["failures"] += session.failures

    def matrix_peak(self, seconds):
        """The best of several times in a run."""
        self.say("matrix products")
        ready, failed = start_all([("gemm", [*self.tools.pytorch, "--work", "gemm", "--threads", str(self.given.threads)], {"OMP_NUM_THREADS": str(self.given.threads)})])
        try:
            for contestant in ready:
                for name, ways in contestant.ask("peak", seconds).items():
                    known = self.results["matrix_peak"].setdefault(name, {})
                    for way, gflops in ways.items():
                        known[way] = max(known.get(way, 0), round(gflops, 1))
        finally:
            end_all(ready)
        self.results["failures"] += failed.values()

    def calls(self):
        threads = ["--threads", str(self.given.threads)]
        ready, failed = start_all([("ours", [*self.tools.ours, "add", *threads], None), ("PyTorch", [*self.tools.pytorch, "--work", "add", *threads], None)])
        self.results["failures"] += failed.values()
        seconds = {contestant.name: [] for contestant in ready}
        try:
            for turn in range(5):
                for contestant in ready:
                    taken = contestant.run(5)
                    seconds[contestant.name] += taken if turn > 0 else []
        finally:
            end_all(ready)
        self.results["calls"] = [{"name": name, "milliseconds": round(1e3 * median(each), 4)} for name, each in seconds.items()]

    def write(self):
        results = self.results
        results["versions"] = sorted({each["version"] for row in results["rows"] for each in row["contestants"]} | set(self.tools.versions))
        results["stolen"] = round(machine.shares(self.ticks, machine.processor_time())[1], 4)
        results["goals"] = goals.evaluate(results)
        self.output.mkdir(parents=True, exist_ok=True)
        (self.output / "compare.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        (self.output / "compare.md").write_text(report.text(results))
        (self.output / "goals.md").write_text(report.goal_text(results))


def main():
    parser, given = arguments()
    parts = [part for part in given.only.split(",") if part]
    try:
        plan.chosen_groups([part for part in parts if part not in ("goals", "start", "calls")])
    except ValueError as error:
        parser.error(str(error))
    if given.ours is None:
        return 0
    # What ends this process ends all contestants, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    run = Run(given, parts)
    if given.check:
        run.check()
        return 1 if run.results["failures"] else 0
    status = 0
    try:
        run.everything()
    except KeyboardInterrupt:
        run.warn("The run was interrupted; what it had measured is here.")
        status = 130
    finally:
        run.write()
    print(report.text(run.results))
    run.say(f"written to {run.output}: compare.json, compare.md, goals.md")
    return status or (1 if run.results["failures"] else 0)


if __name__ == "__main__":
    sys.exit(main())
