#!/usr/bin/env python3
"""Puts the results of all steps into one file, gpu.json, and prints what there is: report.py RESULTS"""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
steps = ["describe", "native", "test", "ranks", "resnet50", "resnet50-compiled", "resnet20", "resnet110", "cifar"]
found = {step: json.loads((folder / f"{step}.json").read_text()) for step in steps if (folder / f"{step}.json").exists()}
(folder / "gpu.json").write_text(json.dumps(found, indent=1) + "\n")
for step in steps:
    if step not in found:
        print(f"{step}: not run")
    elif step == "test":
        print("test: {passed} passed, {failed} failed, {skipped} skipped".format(**found[step]))
    elif step == "ranks":
        exchange, train = found[step]["exchange"], found[step]["train"]
        print(f"ranks: {found[step]['ranks']} by {found[step]['backend']}{', a rehearsal' if found[step]['rehearsal'] else ''}: {exchange['gradient_bytes']} bytes of "
              f"gradients in {exchange['milliseconds']} ms through {exchange['way']}; {train['iterations']} iterations in {train['seconds']} s, the weights of all ranks equal")
    elif step == "cifar":
        print("cifar: {iterations} iterations in {seconds:.1f} s, test error {error} %".format(**found[step]))
    elif "contestants" in found[step]:
        print(f"{step}: " + ", ".join(f"{row['name']} {row['milliseconds']} ms" for row in found[step]["contestants"]))
print(f"all in {folder / 'gpu.json'}")
