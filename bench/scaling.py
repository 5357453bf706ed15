#!/usr/bin/env python3
"""Measures what a second process brings: ResNet-50 on two processes with one core each against one process with one core, ours
next to PyTorch's DistributedDataParallel. PyTorch exchanges gradients over Gloo; ours do through memory that the two share, or over Gloo
where RESNETGEN_SHARED_MEMORY is 0.

Every process has the same number of images, so that with nothing lost a step takes as long on two as on one: the efficiency is one's
time over two's. "Apart" are two processes that have nothing to do with each other: what they lose, they lose to the memory and
the clock that they share. Turns are interleaved, in an order that rotates; the first of each is left out; figures are medians.
"""
import argparse
import datetime
import json
import os
import pathlib
import socket
import sys
import tempfile

import checks
import machine
import plan
from contestant import Contestant, ContestantEnded, end_all
from table import markdown, median, number, percent

here = pathlib.Path(__file__).resolve().parent
SHARED = "shared memory"
GRADIENT_BYTES = 4 * 25_557_032  # ResNet-50's parameters in fp32, which gradients are under autocast, too


def some_of(*names):
    """Names with commas between them."""
    def parse(text):
        chosen = text.split(",")
        strangers = [name for name in chosen if name not in names]
        if strangers:
            raise argparse.ArgumentTypeError(f"expected {' or '.join(names)}, or both with a comma; got \"{strangers[0]}\"")
        return chosen
    return parse


def arguments():
    parser = argparse.ArgumentParser(prog="./build.sh bench scaling", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    # Without our program the arguments are only looked at: bench/run does so before it builds one.
    parser.add_argument("--ours", help=argparse.SUPPRESS)
    parser.add_argument("--python", default=sys.executable, help=argparse.SUPPRESS)
    parser.add_argument("--only", type=some_of("ours", "pytorch"), default="ours,pytorch", help="who takes part (default: %(default)s)")
    parser.add_argument("--precision", type=some_of("fp32", "bf16"), default="fp32,bf16", help="which arithmetic (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="how many; those beyond the cores share them (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=4, help="images of each process (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=8, help="turns of each contestant that count (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=1, help="steps of a turn (default: %(default)s)")
    parser.add_argument("--update", action="store_true", help="write results/scaling.json and scaling.md anew, with more than two processes scaling-N.json and scaling-N.md")
    given = parser.parse_args()
    for name, least in (("processes", 2), ("batch", 1), ("rounds", 1), ("steps", 1)):
        if getattr(given, name) < least:
            parser.error(f"--{name} takes a whole number from {least} on; got {getattr(given, name)}")
    return given


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Crew:
    """Processes that work at the same time, each on a core of its own as far as there are some; joined in a group or apart."""

    def __init__(self, given, program, precision, count, joined, folder, cores):
        self.program, self.precision, self.count, self.joined = program, precision, count, joined
        self.key = f"{program}-{precision}-{'joined' if joined else 'one' if count == 1 else 'apart'}"
        port = str(free_port())
        layout = "nchw" if precision == "fp32" else "channels_last"
        self.processes = []
        for rank in range(count):
            command = ["taskset", "-c", str(cores[rank % len(cores)])]
            work = ["--network", "resnet50", "--folder", folder, "--threads", "1", "--precision", precision]
            if program == "ours":
                command += [given.ours, "train", *work, "--batch", str(given.batch)]
            else:
                command += [given.python, str(here / "pytorch" / "worker.py"), "--work", "train", "--layout", layout, *work]
            environment = {"OMP_NUM_THREADS": "1"}
            if program == "pytorch":
                # As our library sets them for its process.
                environment |= plan.RAISED
            if joined:
                environment |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(count), "LOCAL_WORLD_SIZE": str(count),
                                "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "GLOO_SOCKET_IFNAME": "lo"}
            self.processes.append(Contestant(f"{self.key}, rank {rank}", command, environment))

    def ready(self):
        for process in self.processes:
            process.wait_until_ready()
        return self.processes[0].version

    def ask(self, *words):
        """The same question to all at once: they may have to answer it together."""
        for process in self.processes:
            process.send(*words)
        return [process.read() for process in self.processes]

    def seconds(self, steps):
        """Of a step: that of the slowest process."""
        return max(median(answer["seconds"]) for answer in self.ask("run", steps))


def check_same(crews, say):
    """All start from the same weights and get images of their own: the losses of three steps, rank by rank, are the reference's."""
    failures = []
    for precision in {crew.precision for crew in crews}:
        for joined in (False, True):
            some = [crew for crew in crews if crew.precision == precision and crew.joined == joined and (joined or crew.count == 1)]
            answers = {crew.key: crew.ask("check") for crew in some}
            reference = next((answers[crew.key] for crew in some if crew.program == "pytorch"), None)
            for crew in some if reference else []:
                for rank, (own, other) in enumerate(zip(answers[crew.key], reference)):
                    wrong = checks.difference("train", precision, own["values"], other["values"])
                    if wrong:
                        failures.append(f"{crew.key}, rank {rank}: {wrong}")
    for failure in failures:
        say(f"  ! {failure}")
    return failures


def ask_exchange(crew):
    """What carries the gradients of a crew's steps, and the seconds of an exchange by itself each way that there is."""
    answers = crew.ask("exchange", GRADIENT_BYTES // 4)
    if crew.program == "pytorch":
        return {"way": "gloo", "gloo": max(median(answer["seconds"]) for answer in answers)}
    found = {"way": answers[0]["way"]}
    for way in ("shared", "gloo"):
        if answers[0][way]:
            found[way] = max(median(answer[way]) for answer in answers)
    return found


def measure(given, precision, folder, cores, say):
    programs = given.only
    crews = []
    try:
        for program in programs:
            for count, joined in ((1, False), (given.processes, True), (given.processes, False)):
                crews.append(Crew(given, program, precision, count, joined, folder, cores))
        versions = {crew.program: crew.ready() for crew in crews}
        for crew in crews:
            crew.ask("load")
        for crew in crews:
            crew.ask("open", given.batch)
        failures = check_same(crews, say)
        seconds = {crew.key: [] for crew in crews}
        for round_ in range(given.rounds + 1):
            for place in range(len(crews)):
                crew = crews[(round_ + place) % len(crews)]
                took = crew.seconds(given.steps)
                if round_ > 0:
                    seconds[crew.key].append(took)
        exchange = {crew.program: ask_exchange(crew) for crew in crews if crew.joined}
    finally:
        end_all([process for crew in crews for process in crew.processes])
    rows = []
    for program in programs:
        one, joined, apart = (seconds[f"{program}-{precision}-{kind}"] for kind in ("one", "joined", "apart"))
        # Processes that share a core take turns on it.
        ideal = median(one) * max(1, given.processes / len(cores))
        row = {"program": program, "version": versions[program], "precision": precision,
               "one_ms": 1e3 * median(one), "joined_ms": 1e3 * median(joined), "apart_ms": 1e3 * median(apart),
               "efficiency": ideal / median(joined), "efficiency_apart": ideal / median(apart),
               "images_per_second": given.processes * given.batch / median(joined), "all": {"one": one, "joined": joined, "apart": apart}}
        way = exchange[program]
        row["way"] = way["way"]
        # The core that computes also copies and adds: nothing is hidden.
        row["predicted_joined_ms"] = row["apart_ms"] + 1e3 * way["shared" if way["way"] == SHARED else "gloo"]
        rows.append(row)
        say(f"  {program}, {precision}, through {row['way']}: one {number(row['one_ms'])} ms, {given.processes} joined {number(row['joined_ms'])} ms, efficiency {percent(row['efficiency'])}; apart {number(row['apart_ms'])} ms")
    return rows, failures, exchange


NAMES = {"ours": "ours", "pytorch": "PyTorch DistributedDataParallel"}


def text_of(results):
    rows = [(f"{NAMES[row['program']]}, {row['precision']}", number(row["one_ms"]), number(row["apart_ms"]), number(row["joined_ms"]),
             percent(row["efficiency"]), percent(row["efficiency_apart"]), number(row["images_per_second"]),
             number(row["predicted_joined_ms"]), row["way"]) for row in results["rows"]]
    count = results["processes"]
    many = "two" if count == 2 else str(count)
    threads = results["machine"]["threads"]
    place = "one core a process" if count <= threads else f"one thread a process, on {threads} cores for all"
    lines = ["# What a second process brings" if count == 2 else f"# What {count} processes bring", "",
             f"Measured {results['date']} on {machine.text(results['machine'])}. ResNet-50, 224×224, {results['batch']} images a process and step, {place}; "
             f"PyTorch's fp32 in NCHW, as a user gets it, its bf16 in channels_last, both with the allocator's thresholds raised as ours has them. "
             f"Medians of {results['rounds']} interleaved turns. {'; '.join(results['versions'])}.", "",
             *markdown(("", " one process, ms", f" {many} apart, ms", f" {many} joined, ms", " efficiency", " of it apart", f" images/s of {many}", f" {many} joined, predicted, ms", "exchange through"), rows), "",
             f"Efficiency: one's time{'' if count <= threads else f', times {count / threads:g},'} over that of {many} joined. Apart, they have nothing to do with each other, and lose what they lose to the memory and "
             "the clock that they share."]
    for precision, exchange in results["exchange"].items():
        ways = [f"{NAMES[program]} through {SHARED if way == 'shared' else 'Gloo over loopback'} {1e3 * found[way]:.0f} ms ({GRADIENT_BYTES / found[way] / 1e9:.2f} GB/s)"
                for program, found in exchange.items() for way in ("shared", "gloo") if way in found]
        lines += ["", f"Mean of ResNet-50's gradients ({GRADIENT_BYTES / 1e6:.1f} MB) over {many} processes that do nothing else, measured beside {precision}: {'; '.join(ways)}. "
                      "Predicted is the time apart and that: with one core a process nothing is hidden ([docs/scaling.md](../../docs/scaling.md))."]
    goal = goal_of(results) if count == 2 else []
    lines += ["", *goal] if goal else []
    lines += ["", *(f"Failed: {failure}" for failure in results["failures"])] if results["failures"] else []
    return "\n".join(lines) + "\n"


def goal_of(results):
    by = {(row["program"], row["precision"]): row["efficiency"] for row in results["rows"]}
    lines = []
    for precision in dict.fromkeys(row["precision"] for row in results["rows"]):
        ours, theirs = by.get(("ours", precision)), by.get(("pytorch", precision))
        if ours and theirs:
            lines.append(f"Goal, {precision}: an efficiency of at least PyTorch's: {percent(ours)} against {percent(theirs)}, {'reached' if ours >= theirs else 'missed'}.")
    return [line for each in lines for line in (each, "")][:-1] if lines else []


def main():
    given = arguments()
    if given.ours is None:
        return 0
    say = lambda text: print(text, file=sys.stderr, flush=True)
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        sys.exit("bench scaling: two processes with one core each need two cores; this machine has one for this program.")
    described, busy = machine.describe(min(given.processes, len(cores))), machine.busy_share()
    results = {"date": datetime.date.today().isoformat(), "machine": described, "processes": given.processes, "batch": given.batch, "rounds": given.rounds, "rows": [], "failures": [], "exchange": {}, "versions": []}
    if busy > machine.BUSY_SHARE:
        say(f"warning: others use {100 * busy:.0f} % of the processors; the figures say little")
    with tempfile.TemporaryDirectory(prefix="resnetgen-scaling-") as folder:
        sys.path.insert(0, str(here / "pytorch"))
        maker = Contestant("files", [given.python, str(here / "pytorch" / "worker.py"), "--work", "train", "--network", "resnet50", "--folder", folder, "--threads", str(len(cores))])
        try:
            maker.wait_until_ready().ask("make", max(8, given.processes * given.batch))
        finally:
            end_all([maker])
        try:
            for precision in given.precision:
                rows, failures, exchange = measure(given, precision, folder, cores, say)
                results["rows"] += rows
                results["failures"] += failures
                results["exchange"][precision] = exchange
        except ContestantEnded as ended:
            sys.exit(f"bench scaling: {ended}")
    results["versions"] = sorted({row["version"] for row in results["rows"]})
    text = text_of(results)
    print(text)
    if given.update:
        name = "scaling" if given.processes == 2 else f"scaling-{given.processes}"
        (here / "results" / f"{name}.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        (here / "results" / f"{name}.md").write_text(text)
        say(f"written to {here}/results/{name}.json and {name}.md")
    return 1 if results["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
