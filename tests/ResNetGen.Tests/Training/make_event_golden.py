#!/usr/bin/env python3
"""Writes events.golden.bin: an event file made by TensorBoard's own record writer and protocol buffers.

usage: make_event_golden.py                 write events.golden.bin beside this script
       make_event_golden.py --read FOLDER   print, as TensorBoard's own reader sees it, every scalar in an event folder

Needs TensorBoard (pip install tensorboard); the tests need only the file.
"""

import os
import sys

# TensorBoard's own reader, whether or not TensorFlow is there.
os.environ.setdefault("TENSORBOARD_NO_TF", "1")

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

START = 1_700_000_000.0


def scalars(time, step, **values):
    summary = summary_pb2.Summary(
        value=[summary_pb2.Summary.Value(tag=name.replace("_", ".", 1), simple_value=value) for name, value in values.items()]
    )
    return event_pb2.Event(wall_time=time, step=step, summary=summary)


def write(path):
    events = [
        event_pb2.Event(wall_time=START, file_version="brain.Event:2"),
        event_pb2.Event(wall_time=START + 0.25, step=301, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)),
        scalars(START + 1.5, 0, train_loss=2.302585092994046),
        scalars(START + 2.5, 350, train_loss=0.1, train_error=12.5, train_lr=1e-4, train_total_ips=1234.5),
        scalars(START + 3.0, 64_000, val_loss=0.4, val_top1=91.25, val_top5=99.5),
        scalars(START + 4.0, 2**40, val_loss=-1e30),
    ]
    with open(path, "wb") as file:
        writer = RecordWriter(file)
        for event in events:
            writer.write(event.SerializeToString(deterministic=True))


def read(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    accumulator = EventAccumulator(folder, size_guidance={"scalars": 0})
    accumulator.Reload()
    for tag in sorted(accumulator.Tags()["scalars"]):
        print(tag, " ".join(f"{event.step}:{event.value:.7g}" for event in accumulator.Scalars(tag)))


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--read":
        read(sys.argv[2])
    elif len(sys.argv) == 1:
        write(os.path.join(os.path.dirname(os.path.abspath(__file__)), "events.golden.bin"))
    else:
        sys.exit(__doc__)
