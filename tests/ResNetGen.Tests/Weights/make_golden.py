#!/usr/bin/python3
"""Writes golden.safetensors by the published format with struct and json alone, so that our reader and writer are held
against bytes that they did not make. The values are stated in SafetensorsGoldenTests.cs."""
import json
import pathlib
import struct

tensors = [
    # name, dtype, shape, bytes: largest elements first, then by name, as the reference implementation orders them
    ("step", "I64", [], struct.pack("<q", 1234567890123)),
    ("weight", "F32", [2, 3], struct.pack("<6f", 0.0, -1.0, 0.5, 3.25, 1e-30, 65504.0)),
    ("ids", "I32", [3], struct.pack("<3i", -1, 0, 2147483647)),
    ("half", "F16", [2, 2], struct.pack("<4e", 1.0, -2.0, 0.333251953125, 65504.0)),
    ("brain", "BF16", [2], b"\x80\x3f\x20\xc0"),  # 1.0 and -2.5: the upper halves of 0x3f800000 and 0xc0200000
    ("empty", "U8", [0, 4], b""),
    ("flags", "BOOL", [3], b"\x01\x00\x01"),
    ("größe", "U8", [2], b"\x07\xff"),
]
tensors.sort(key=lambda t: (-{"I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2}.get(t[1], 1), t[0]))

header = {"__metadata__": {"format": "pt", "note": "written by struct and json"}}
place = 0
for name, dtype, shape, data in tensors:
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [place, place + len(data)]}
    place += len(data)
text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
text += b" " * (-len(text) % 8)

out = pathlib.Path(__file__).with_name("golden.safetensors")
out.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data for *_, data in tensors))
