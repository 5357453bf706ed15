"""The goals, and what was reached."""
from dataclasses import dataclass

import plan
from table import markdown, mebibytes, number, ratio


@dataclass(frozen=True)
class Goal:
    """`work`: rival / ours (speed) or ours / rival (memory, start-up) should be at least, or at most, `bound`."""
    work: str
    figure: str  # milliseconds, peak_bytes or start
    network: str
    mode: str
    batch: int
    ours: plan.Entry
    rivals: tuple  # the best of them counts
    bound: float

    @property
    def faster_is_more(self):
        return self.figure == "milliseconds"

    def text(self):
        rivals = " or ".join(rival.title for rival in self.rivals)
        return f"{'≥' if self.faster_is_more else '≤'} {self.bound:g} × {rivals}"


def speed(work, network, mode, batch, ours, rival, bound):
    return Goal(work, "milliseconds", network, mode, batch, ours, (rival,), bound)


def peak(work, network, batch, ours, rivals):
    return Goal(work, "peak_bytes", network, "train", batch, ours, rivals, 0.75)


AUTO, FP32 = plan.OURS_AUTO, plan.OURS_FP32
R20, R50 = "ResNet-20 training, batch 128", "ResNet-50 training, 224, batch 8"
GOALS = (
    speed(f"{R20}, Precision.Auto", "resnet20", "train", 128, AUTO, plan.NCHW, 3.2),
    speed(f"{R20}, Precision.Auto", "resnet20", "train", 128, AUTO, plan.BF16, 1.5),
    speed(f"{R50}, Precision.Auto", "resnet50", "train", 8, AUTO, plan.NCHW, 2.8),
    speed(f"{R50}, Precision.Auto", "resnet50", "train", 8, AUTO, plan.BF16, 1.2),
    speed(f"{R20}, fp32", "resnet20", "train", 128, FP32, plan.LAST, 1.1),
    speed(f"{R50}, fp32", "resnet50", "train", 8, FP32, plan.LAST, 1.1),
    *(speed(f"ResNet-50 inference, fp32, batch {batch}", "resnet50", "infer", batch, FP32, plan.ONNX, 1.0) for batch in (1, 8)),
    *(speed(f"ResNet-50 inference, Precision.Auto, batch {batch}", "resnet50", "infer", batch, AUTO, plan.ONNX, 1.8) for batch in (1, 8)),
    speed("ResNet-20 inference, fp32, batch 1", "resnet20", "infer", 1, FP32, plan.ONNX, 1.0),
    peak(f"peak memory, {R20}, fp32", "resnet20", 128, FP32, (plan.NCHW, plan.LAST)),
    peak(f"peak memory, {R20}, Precision.Auto", "resnet20", 128, AUTO, (plan.BF16,)),
    peak(f"peak memory, {R50}, fp32", "resnet50", 8, FP32, (plan.NCHW, plan.LAST)),
    peak(f"peak memory, {R50}, Precision.Auto", "resnet50", 8, AUTO, (plan.BF16,)),
    peak(f"peak memory, {R20}, fp32, Recompute = Normalisation", "resnet20", 128, plan.NORMALISING_FP32, (plan.NCHW, plan.LAST)),
    peak(f"peak memory, {R20}, Precision.Auto, Recompute = Normalisation", "resnet20", 128, plan.NORMALISING_AUTO, (plan.BF16,)),
    peak(f"peak memory, {R50}, fp32, Recompute = Normalisation", "resnet50", 8, plan.NORMALISING_FP32, (plan.NCHW, plan.LAST)),
    peak(f"peak memory, {R50}, Precision.Auto, Recompute = Normalisation", "resnet50", 8, plan.NORMALISING_AUTO, (plan.BF16,)),
    peak(f"peak memory, {R20}, Precision.Auto, Recompute = Block", "resnet20", 128, plan.BY_BLOCK_AUTO, (plan.BF16,)),
    peak(f"peak memory, {R50}, Precision.Auto, Recompute = Block", "resnet50", 8, plan.BY_BLOCK_AUTO, (plan.BF16,)),
    Goal("start-up to the end of the first step, ResNet-20, batch 128", "start", "resnet20", "train", 128, AUTO, (plan.NCHW,), 0.5),
)


def figures(goal, results):
    """Ours, and the best rival's; None where it was not measured."""
    def of(entry):
        if goal.figure == "start":
            starts = [row for row in results.get("start", []) if row["network"] == goal.network and row["batch"] == goal.batch]
            return next((each["seconds"] for row in starts for each in row["contestants"] if each["key"] == entry.key), None)
        rows = [row for row in results["rows"] if (row["network"], row["mode"], row["batch"]) == (goal.network, goal.mode, goal.batch)]
        return next((each[goal.figure] for row in rows for each in row["contestants"] if each["key"] == entry.key), None)

    measured = [value for value in map(of, goal.rivals) if value is not None]
    return of(goal.ours), min(measured, default=None)


def let_go(goal, results):
    """Bytes of program files that ours would hold besides, had it not let go of them; None for other figures than memory."""
    rows = [row for row in results["rows"] if (row["network"], row["mode"], row["batch"]) == (goal.network, goal.mode, goal.batch)]
    return next((each.get("files_let_go") for row in rows for each in row["contestants"] if each["key"] == goal.ours.key), None) if goal.figure == "peak_bytes" else None


def limit(goal, results):
    """Milliseconds that ours' convolutions, computed directly, and linear layers take at this machine's fastest matrix product."""
    if not goal.faster_is_more:
        return None
    row = next((row for row in results["rows"] if (row["network"], row["mode"], row["batch"]) == (goal.network, goal.mode, goal.batch)), None)
    ours = row and next((each for each in row["contestants"] if each["key"] == goal.ours.key), None)
    ways = results.get("matrix_peak", {}).get("bf16" if ours and ours["precision"] == "bf16" else "fp32")
    return ours["milliseconds"] * ours["gflops"] / max(ways.values()) if ours and ways else None


def model_goal(results):
    """The cost model's bytes against the measured ones, where they are furthest apart."""
    pairs = [(each["saved_bytes_predicted"], each["saved_bytes"]) for row in results["rows"] for each in row["contestants"] if each.get("saved_bytes_predicted")]
    apart = [abs(predicted - measured) / measured for predicted, measured in pairs]
    worst = max(range(len(pairs)), key=apart.__getitem__) if pairs else None
    return {"work": f"saved activations as the cost model has them, {len(pairs)} cases, the furthest off", "goal": "within 5 %", "figure": "peak_bytes", "bound": 0.05,
            "ours": pairs[worst][0] if pairs else None, "rival": pairs[worst][1] if pairs else None,
            "reached": round(pairs[worst][0] / pairs[worst][1], 3) if pairs else None, "met": apart[worst] <= 0.05 if pairs else None}


def evaluate(results):
    """Each goal with what was measured and whether it is met; None for those that were not measured."""
    rows = []
    for goal in GOALS:
        ours, rival = figures(goal, results)
        reached = ratio(rival, ours) if goal.faster_is_more else ratio(ours, rival)
        met = None if reached is None else reached >= goal.bound if goal.faster_is_more else reached <= goal.bound
        rows.append({"work": goal.work, "goal": goal.text(), "figure": goal.figure, "bound": goal.bound,
                     "ours": ours, "rival": rival, "reached": reached and round(reached, 3), "met": met,
                     "limit": limit(goal, results), "files_let_go": let_go(goal, results)})
    return [*rows, model_goal(results)]


def shown(figure, value):
    if value is None:
        return "–"
    return {"milliseconds": lambda: f"{number(value)} ms", "peak_bytes": lambda: f"{mebibytes(value)} MiB", "start": lambda: f"{number(value)} s"}[figure]()


def close(value):
    """Three decimals: 1.198 misses a goal of 1.2, and should be seen to."""
    return "–" if value is None else f"{value:.3f} ×"


def shortfalls(evaluated):
    """What stands between a missed goal of speed and ours: the time of the products alone, beside what the goal leaves for everything."""
    for row in evaluated:
        if row["met"] is False and row.get("limit"):
            asked, products = row["rival"] / row["bound"], row["limit"]
            rest = f"{number(asked - products)} ms for everything else" if asked > products else "less than that for everything"
            yield (f"- {row['work']}, {row['goal']}: the goal asks for {number(asked)} ms. Direct convolutions and linear layers alone would take "
                   f"{number(products)} ms at this machine's fastest matrix product (ours computes those of 3x3 in bf16 by fewer products), which leaves {rest}; ours takes {number(row['ours'])} ms, "
                   f"{100 * products / row['ours']:.0f} % of that peak.")


def with_files(evaluated):
    """What each goal of memory would be without the pages of program files that ours lets go of and the rivals do not."""
    rows = [row for row in evaluated if row.get("files_let_go") and row["reached"] is not None]
    if rows:
        yield "Before training ours lets go of pages of program files that only opening them touched (docs/memory.md); PyTorch does not. Without that:"
        yield ""
    for row in rows:
        without = (row["ours"] + row["files_let_go"]) / row["rival"]
        yield f"- {row['work']}: {mebibytes(row['files_let_go'])} MiB more, {close(without)}, {'met' if without <= row['bound'] else '**not met**'}."


def lines(evaluated):
    met = sum(row["met"] is True for row in evaluated)
    measured = sum(row["met"] is not None for row in evaluated)
    answers = {True: "yes", False: "**no**", None: "not measured"}
    return [f"{met} of {measured} goals that were measured are met"
            + (f"; {len(evaluated) - measured} were not measured." if measured < len(evaluated) else "."), "",
            *markdown(("work", "goal", " reached", "met", " ours", " rival"),
                      [(row["work"], row["goal"], close(row["reached"]), answers[row["met"]], shown(row["figure"], row["ours"]), shown(row["figure"], row["rival"]))
                       for row in evaluated]),
            *(["", *missed] if (missed := list(shortfalls(evaluated))) else []),
            *(["", *files] if (files := list(with_files(evaluated))) else [])]
