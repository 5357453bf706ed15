#!/usr/bin/env python3
"""Writes ScheduleGoldens.cs from PyTorch's own schedulers: make_schedule_goldens.py > ScheduleGoldens.cs"""
import warnings
import torch

warnings.filterwarnings("ignore")


def rates(make, total, shown):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
    scheduler = make(optimizer)
    rows = []
    for iteration in range(total):
        if iteration in shown:
            rows.append((iteration, optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if iteration + 1 < total:
            scheduler.step()
    return rows


def table(name, rows):
    print(f"    public static TheoryData<double, double, long, long, double> {name} => new()")
    print("    {")
    for row in rows:
        print("        { " + ", ".join(repr(value) for value in row) + " },")
    print("    };")


one_cycle = []
for peak, rise, total in [(0.4, 0.3, 1560), (0.1, 0.25, 100), (1.0, 0.3, 10), (0.4, 0.3, 4), (0.4, 0.3, 3), (0.4, 0.3, 2)]:
    shown = {0, 1, 2, total // 4, int(total * rise) - 1, int(total * rise), total // 2, total - 2, total - 1}
    for iteration, rate in rates(
        lambda o: torch.optim.lr_scheduler.OneCycleLR(o, peak, total_steps=total, pct_start=rise, cycle_momentum=False), total, shown
    ):
        one_cycle.append((peak, rise, total, iteration, rate))

steps = []
for first, factor, total in [(0.1, 0.1, 64000)]:
    shown = {0, 1, 31999, 32000, 47999, 48000, 63999}
    for iteration, rate in rates(lambda o: torch.optim.lr_scheduler.MultiStepLR(o, [32000, 48000], factor), total, shown):
        steps.append((first, factor, total, iteration, rate))

print("namespace ResNetGen.Tests.Training;")
print()
print(f"/// <summary>Learning rates by PyTorch {torch.__version__.split('+')[0]}, written by make_schedule_goldens.py.</summary>")
print("public static class ScheduleGoldens")
print("{")
table("OneCycle", one_cycle)
print()
table("MultiStep", steps)
print("}")
