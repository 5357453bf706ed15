"""Start-up: from the start of a process to the end of its first training step."""
import plan
from contestant import ContestantEnded, seconds_to_first_line
from table import median, number

CASES = (("resnet20", 128), ("resnet50", 8))
ENTRIES = (plan.OURS_AUTO, plan.OURS_FP32, plan.NCHW)


def command(tools, entry, network, batch, threads):
    if entry.program == "ours":
        return [tools.ours[0], "first-step", "--network", network, "--batch", str(batch), "--threads", str(threads), *entry.options]
    return [*tools.first_step, network, str(batch), str(threads)]


def measure(tools, threads, starts, cases, say, failures):
    """Rows of medians; the first start of everybody fills the file cache and is left out."""
    rows = []
    for network, batch in cases:
        seconds, lines, out = {entry: [] for entry in ENTRIES}, {}, set()
        for turn in range(starts + 1):
            for entry in ENTRIES:
                if entry in out:
                    continue
                try:
                    took, lines[entry] = seconds_to_first_line(command(tools, entry, network, batch, threads), {"OMP_NUM_THREADS": str(threads)})
                except ContestantEnded as ended:
                    failures.append(f"start-up, {network}: {entry.title}: {ended}")
                    say(f"  ! {ended}")
                    out.add(entry)
                    continue
                if turn > 0:
                    seconds[entry].append(took)
        contestants = [
            {"key": entry.key, "name": entry.title, "version": lines[entry].split(":")[0], "seconds": round(median(seconds[entry]), 4),
             "all": [round(each, 4) for each in seconds[entry]]}
            for entry in ENTRIES if entry not in out]
        say(f"  {network}, batch {batch}: " + ", ".join(f"{each['key']} {number(each['seconds'])} s" for each in contestants))
        rows.append({"network": network, "batch": batch, "contestants": contestants})
    return rows
