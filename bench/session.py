"""Measures a group of contestants: all are started, compared for doing the same work, and timed in turns."""
import dataclasses
import tempfile

import checks
import machine
import plan
from contestant import ContestantEnded, end_all, start_all
from table import median, number


@dataclasses.dataclass(frozen=True)
class Effort:
    """How long is measured."""
    rounds: int = 4  # turns of each contestant that count, in each start
    turn_seconds: float = 0.5
    most_iterations: int = 500


class Session:
    def __init__(self, tools, threads, effort, say):
        self.tools, self.threads, self.effort, self.say = tools, threads, effort, say
        self.failures = []

    # -- starting ---------------------------------------------------------------------------------------------------------

    def specification(self, group, entry, folder):
        environment = {"OMP_NUM_THREADS": str(self.threads), **(plan.RAISED if entry.raised else {})}
        common = ["--network", group.network.key, "--folder", folder, "--threads", str(self.threads), *entry.options]
        if entry.program == "ours":
            command = [*self.tools.ours, group.mode, *common]
        elif entry.program == "pytorch":
            command = [*self.tools.pytorch, "--work", group.mode, *common]
        else:
            command = [*self.tools.onnxruntime, folder, str(self.threads), *(str(side) for side in group.network.shape)]
            environment["ONNXRUNTIME"] = self.tools.onnxruntime_home
        return entry.key, command, environment

    def prepare(self, group, folder, largest, racers, running):
        """Starts everybody, gives all the same weights, and keeps those in `racers` that compute what the reference computes."""
        entries = {entry.key: entry for entry in group.entries if self.tools.has(entry)}
        # The reference makes the files that the others read.
        first, failed = start_all([self.specification(group, plan.NCHW, folder)])
        running += first
        if failed:
            raise ContestantEnded(failed[plan.NCHW.key])
        reference = first[0]
        reference.ask("make", largest)
        others = [entry for entry in entries.values() if entry.key != plan.NCHW.key and entry.program != "onnxruntime"]
        started, failed = start_all([self.specification(group, entry, folder) for entry in others])
        running += started
        for key, why in failed.items():
            self.fail(group, entries[key].title, why)
        contestants = {contestant.name: contestant for contestant in [reference, *started]}
        facts = {}
        self.load(group, contestants, entries, facts)
        if plan.ONNX.key in entries and plan.OURS_FP32.key in contestants:
            contestants[plan.OURS_FP32.key].ask("export")
            started, failed = start_all([self.specification(group, plan.ONNX, folder)])
            running += started
            for why in failed.values():
                self.fail(group, plan.ONNX.title, why)
            for contestant in started:
                contestant.ask("load")
                contestants[contestant.name] = contestant
        self.compare(group, contestants, entries)
        racers += [(entries[key], contestants[key]) for key in entries if key in contestants]
        return facts

    def load(self, group, contestants, entries, facts):
        parameters = None
        for key, contestant in list(contestants.items()):
            try:
                said = contestant.ask("load")
            except ContestantEnded as ended:
                self.fail(group, entries[key].title, str(ended))
                del contestants[key]
                continue
            facts[key] = said
            parameters = parameters or said["parameters"]
            if said["parameters"] != parameters:
                raise ContestantEnded(f"{group.title}: {entries[key].title} has {said['parameters']:,} parameters, the reference {parameters:,}")

    def compare(self, group, contestants, entries):
        """Outputs and losses of everybody with the reference's, on a few images."""
        batch = 8 if group.network.shape[1] < 100 else 2
        answers = {}
        for key, contestant in list(contestants.items()):
            try:
                contestant.ask("open", batch)
                answers[key] = contestant.ask("check")
            except ContestantEnded as ended:
                self.fail(group, entries[key].title, str(ended))
                del contestants[key]
        reference = answers[plan.NCHW.key]
        for key, answer in answers.items():
            precision = "bf16" if entries[key].precision != "fp32" else "fp32"
            peer = answers.get((plan.LAST if precision == "fp32" else plan.BF16).key, {}).get("values")
            wrong = checks.difference(group.mode, precision, answer["values"], reference["values"], peer)
            if answer["output"] != reference["output"]:
                wrong = f"gives {answer['output']}, the reference {reference['output']}"
            if wrong:
                self.fail(group, entries[key].title, f"does not do the same work: {wrong}")
                del contestants[key]

    def fail(self, group, who, why):
        self.failures.append(f"{group.title}: {who}: {why}")
        self.say(f"  ! {who}: {why}")

    # -- timing -----------------------------------------------------------------------------------------------------------

    def turns(self, batch, racers, shift):
        """Seconds of every iteration that counts, by contestant; the first turn of each warms up and is left out."""
        counts, seconds = {}, {entry.key: [] for entry, _ in racers}
        resets = {entry.key: contestant.ask("open", batch)["reset"] for entry, contestant in racers}
        for entry, contestant in racers:
            contestant.run(1)
            once = min(contestant.run(2))
            # Two at least: the one that comes first in a turn finds others' data in the caches, and is left out.
            fit = max(2, min(self.effort.most_iterations, round(self.effort.turn_seconds / once)))
            counts[entry.key] = fit
            if fit > 4:
                contestant.run(fit // 2)
        for round_ in range(self.effort.rounds):
            for place in range(len(racers)):
                # Whoever comes after an idle turn could find a cooler machine: the order turns with the round.
                entry, contestant = racers[(place + round_ + shift) % len(racers)]
                seconds[entry.key] += contestant.run(1 + counts[entry.key])[1:]
        return seconds, resets

    def measure(self, group):
        """The rows of a group, one a batch; whoever ends early is left out and named."""
        merged = {}
        facts = {}
        for start in range(group.starts):
            running, racers = [], []
            with tempfile.TemporaryDirectory(prefix="resnetgen-bench-") as folder:
                try:
                    facts.update(self.prepare(group, folder, max(8, group.batches[-1]), racers, running))
                    for batch in group.batches:
                        if self.fits(group, batch, facts, racers):
                            self.measure_with_survivors(group, batch, racers, start, merged.setdefault(batch, {}))
                finally:
                    end_all(running)
        return [self.row(group, batch, facts, figures) for batch, figures in merged.items() if figures]

    def measure_with_survivors(self, group, batch, racers, start, merged):
        """Goes on without whoever ends early, for example because it was out of memory."""
        while racers:
            try:
                return self.measure_batch(group, batch, racers, start, merged)
            except ContestantEnded as ended:
                self.fail(group, f"batch {batch}", str(ended))
                alive = [racer for racer in racers if racer[1].process.poll() is None]
                if len(alive) == len(racers):
                    raise
                racers[:] = alive

    def check(self, group):
        """Only whether all compute the same."""
        running, racers = [], []
        with tempfile.TemporaryDirectory(prefix="resnetgen-bench-") as folder:
            try:
                self.prepare(group, folder, 8, racers, running)
            finally:
                end_all(running)
        self.say(f"  the same work: {', '.join(entry.key for entry, _ in racers)}")

    def measure_batch(self, group, batch, racers, start, merged):
        seconds, resets = self.turns(batch, racers, start)
        for entry, contestant in racers:
            figures = merged.setdefault(entry.key, {"entry": entry, "seconds": [], "peaks": [], "let_go": [], "version": contestant.version, "reset": resets[entry.key]})
            figures["seconds"] += seconds[entry.key]
            peak, let_go = contestant.memory()
            figures["peaks"].append(peak)
            figures["let_go"].append(let_go)
            if group.mode == "train" and entry.program in ("ours", "pytorch"):
                figures.update(contestant.ask("saved"))
        self.say(f"  batch {batch}: " + ", ".join(f"{key} {number(1e3 * median(each['seconds']))}" for key, each in merged.items()) + " ms")

    def fits(self, group, batch, facts, racers):
        """Whether all contestants' batches go into memory together, by the cost model's figures and with room to spare."""
        ours = facts.get(plan.OURS_FP32.key)
        if ours is None:
            return True
        # Weights, and where they train gradients and momentum, are there already; what comes is maps and temporary gradients.
        weights = 4 * ours["parameters"] * (2 if group.mode == "train" else 0)
        maps = ours["saved_an_image"] * batch * (1.2 if group.mode == "train" else 0.3)
        needs = [(entry, weights + maps * (1 if entry.precision == "fp32" else 0.6)) for entry, _ in racers]
        # With raised thresholds memory stays with the process when it rests; without, one process at a time has it.
        keep = sum(need for entry, need in needs if entry.raised or entry.program == "ours")
        needed = keep + max((need for entry, need in needs if not entry.raised and entry.program != "ours"), default=0)
        free = machine.memory("MemAvailable")
        if needed <= free:
            return True
        self.fail(group, f"batch {batch}", f"left out: {len(racers)} contestants need about {needed / 2**30:.0f} GiB together, {free / 2**30:.0f} GiB are free")
        return False

    def row(self, group, batch, facts, merged):
        ours = facts.get(plan.OURS_FP32.key, facts.get(plan.OURS_AUTO.key, {}))
        flops = 2 * ours["multiply_adds"] * batch * (3 if group.mode == "train" else 1) if ours else None
        contestants = []
        for key, each in merged.items():
            middle = median(each["seconds"])
            precision = facts[key].get("arithmetic", each["entry"].precision) if key in facts else each["entry"].precision
            contestants.append({
                "key": key, "name": each["entry"].title, "version": each["version"], "precision": precision,
                "milliseconds": round(1e3 * middle, 4), "fastest": round(1e3 * min(each["seconds"]), 4), "iterations": len(each["seconds"]),
                "images_per_second": round(batch / middle, 2), "gflops": round(flops / middle / 1e9, 2) if flops else None,
                "peak_bytes": round(median(each["peaks"])), "peaks": each["peaks"], "files_let_go": round(median(each["let_go"])), "peak_is_of_the_process": not each["reset"],
                "saved_bytes": each.get("saved"), "saved_bytes_predicted": each.get("predicted")})
        return {"network": group.network.key, "mode": group.mode, "title": group.title, "batch": batch, "contestants": contestants}
