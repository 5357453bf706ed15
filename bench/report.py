"""The results as text."""
import goals
import machine
from table import markdown, mebibytes, number, percent, ratio, times

MEANING = (
    "Milliseconds are medians over interleaved turns, warm-up left out; *ours fp32* and *ours Auto* say how many times as fast as this line ours is: "
    "above 1 ours is faster. *Of the peak*: floating-point operations of convolutions and linear layers (2 × multiply-adds, three times that for training) "
    "a second, as a share of this machine's fastest product of 2048 × 2048 matrices in the same arithmetic, measured in the same run. *Peak*: greatest resident "
    "size of the process from taking up the batch on. *Saved*: what autograd keeps of the forward pass, every storage once; in brackets what "
    "our cost model says. All train from the same weights on the same images; who does not get the reference's losses or logits is left out and named.")


def head(results):
    described = results["machine"]
    peaks = results.get("matrix_peak", {})
    lines = [f"Measured {results['date']} on {machine.text(described)}."]
    if peaks:
        lines.append("Fastest matrix product, 2048³: " + ", ".join(
            f"{name} {number(max(ways.values()))} GFLOP/s ({max(ways, key=ways.get)})" for name, ways in peaks.items()) + ".")
    if results.get("versions"):
        lines.append("Versions: " + ", ".join(results["versions"]) + ".")
    lines.append(f"During the run {percent(results['stolen'])} of the processors' time went to other guests of the host." if "stolen" in results else "")
    return [" ".join(line for line in lines if line), *[line for warning in results["warnings"] for line in ("", f"**{warning}**")]]


def peak_of(results, precision):
    ways = results.get("matrix_peak", {}).get("bf16" if precision == "bf16" else "fp32")
    return max(ways.values()) if ways else None


def row_lines(results, row):
    by_key = {each["key"]: each for each in row["contestants"]}
    train = row["mode"] == "train"
    columns = ["", " ms", " images/s", " ours fp32", " ours Auto", " of the peak", " peak MiB"] + ([" saved MiB"] if train else [])
    cells = []
    for each in row["contestants"]:
        ours = [times(ratio(each["milliseconds"], by_key.get(key, {}).get("milliseconds"))) for key in ("ours-fp32", "ours-auto")]
        name = each["name"] + (f" ({each['precision']})" if each["key"] == "ours-auto" else "")
        line = [name, number(each["milliseconds"]), number(each["images_per_second"]), *ours,
                percent(ratio(each["gflops"], peak_of(results, each["precision"]))), mebibytes(each["peak_bytes"]) + ("†" if each["peak_is_of_the_process"] else "")]
        if train:
            predicted = each["saved_bytes_predicted"]
            line.append(mebibytes(each["saved_bytes"]) + (f" ({mebibytes(predicted)})" if predicted else ""))
        cells.append(line)
    return [f"#### {row['title']}, batch {row['batch']}", "", *markdown(columns, cells), ""]


def start_lines(results):
    lines = ["### Start-up: process start to the end of the first training step", "",
             f"Ours is a program published as {results['published']}; with batch 128 and 8 the step itself is a good part of it.", ""]
    for row in results["start"]:
        ours = next((each["seconds"] for each in row["contestants"] if each["key"] == "ours-auto"), None)
        lines += markdown((f"{row['network']}, batch {row['batch']}", " seconds", " ours / this"),
                          [(each["name"], number(each["seconds"]), times(ratio(ours, each["seconds"]))) for each in row["contestants"]]) + [""]
    return lines


def call_lines(results):
    ours = results["calls"][0]["milliseconds"]
    return ["### The cost of a call: `add_` on one element, 10,000 times", "",
            *markdown(("", " ms", " ours / this"), [(each["name"], number(each["milliseconds"]), times(ratio(ours, each["milliseconds"]))) for each in results["calls"]]), ""]


def goal_text(results):
    return "\n".join(["# Goals", "", *head(results), "", *goals.lines(results["goals"]), "", *missing_lines(results)]).rstrip() + "\n"


def missing_lines(results):
    return ["Left out, or ended early:", "", *(f"- {failure}" for failure in results["failures"]), ""] if results["failures"] else []


def text(results):
    """All of it, goals first."""
    lines = ["# Ours and PyTorch, side by side", "", *head(results), ""]
    if any(row["met"] is not None for row in results["goals"]):
        lines += ["## Goals", "", *goals.lines(results["goals"]), ""]
    lines += missing_lines(results)
    if results["rows"]:
        lines += ["## All figures", "", MEANING, ""]
        if any(each["peak_is_of_the_process"] for row in results["rows"] for each in row["contestants"]):
            lines += ["† since the start of the process: the kernel does not start the peak anew.", ""]
        title = None
        for row in results["rows"]:
            if row["title"] != title:
                title = row["title"]
                lines += [f"### {title}", ""]
            lines += row_lines(results, row)
    if results.get("start"):
        lines += start_lines(results)
    if results.get("calls"):
        lines += call_lines(results)
    return "\n".join(lines).rstrip() + "\n"
