#!/usr/bin/python3
"""Writes pytorch/*.pth with PyTorch itself (made with 1.13 and torchvision 0.14), so that our reader is held against files that it
did not shape. The values are stated in PyTorchFileTests.cs and PyTorchHostileTests.cs."""
import collections
import os
import pathlib
import zipfile

import torch
import torchvision

out = pathlib.Path(__file__).with_name("pytorch")
out.mkdir(exist_ok=True)


def save(name, value, **options):
    torch.save(value, out / name, **options)


OLD = {"_use_new_zipfile_serialization": False}

# Every element type; views of one storage; 0-dim, empty and expanded tensors.
base = torch.arange(6, dtype=torch.float32).reshape(2, 3)
tensors = collections.OrderedDict(
    weight=torch.arange(12, dtype=torch.float32).reshape(2, 3, 2) * 0.5 - 1,
    whole=base, turned=base.t(), row=base[1], column=base[:, 1],
    scalar=torch.tensor(1234567890123), empty=torch.zeros(0, 4), expanded=torch.tensor([2.5]).expand(2, 3),
    flags=torch.tensor([True, False, True]),
    half=torch.tensor([1.0, -2.0, 65504.0], dtype=torch.float16), brain=torch.tensor([1.0, -2.5], dtype=torch.bfloat16),
    double=torch.tensor([1e-300, 0.1], dtype=torch.float64),
    i32=torch.tensor([-1, 2147483647], dtype=torch.int32), i16=torch.tensor([-32768, 7], dtype=torch.int16),
    i8=torch.tensor([-128, 7], dtype=torch.int8), u8=torch.tensor([255, 7], dtype=torch.uint8),
)
save("tensors.pth", tensors)
save("tensors_legacy.pth", tensors, **OLD)
for protocol in (3, 4, 5):
    save(f"tensors_protocol{protocol}.pth", {"größe": base.t(), "scalar": tensors["scalar"]}, pickle_protocol=protocol)

# A small network, its state_dict with its _metadata, and what people wrap around it.
torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3, bias=False), torch.nn.BatchNorm2d(2), torch.nn.Flatten(), torch.nn.Linear(2, 3))
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) / 8)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
net(torch.ones(2, 1, 3, 3)).sum().backward()
optimizer.step()
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) / 8)

save("state_dict.pth", net.state_dict())
save("parameters.pth", dict(net.named_parameters()))
save("wrapped.pth", {"epoch": 3, "state_dict": torch.nn.DataParallel(net).state_dict()})
for name, options in (("checkpoint.pth", {}), ("checkpoint_legacy.pth", OLD)):
    save(name, {
        "epoch": 90, "arch": "resnet", "best_acc1": 76.13, "done": False, "note": None, "lr": [0.1, 0.01], "big": 1 << 70,
        "rng": torch.arange(4, dtype=torch.uint8), "model": net.state_dict(), "optimizer": optimizer.state_dict(),
    }, **options)

# torchvision's keys and shapes in a few kilobytes: each tensor repeats one element, number i of its kind, i / 8.
state = torchvision.models.resnet18().state_dict()
numbers, counters = torch.arange(len(state)) / 8, torch.arange(len(state))
save("resnet18.pth", {
    "epoch": 90, "arch": "resnet18",
    "state_dict": collections.OrderedDict(
        ("module." + key, (numbers if value.is_floating_point() else counters)[i].expand(value.shape)) for i, (key, value) in enumerate(state.items())),
})


class Touch:
    """Unpickled by Python, this makes a file."""
    def __reduce__(self):
        return os.system, ("touch resnetgen-pickle-ran",)


class Execute:
    def __reduce__(self):
        return exec, ("open('resnetgen-pickle-ran', 'w')",)


save("hostile.pth", {"weight": base, "extra": Touch()})
save("hostile_legacy.pth", {"weight": base, "extra": Touch()}, **OLD)
save("hostile_protocol4.pth", {"weight": base, "extra": Execute()}, pickle_protocol=4)
save("module.pth", torch.nn.Linear(1, 1))

# The same file packed, which torch.save never does.
with zipfile.ZipFile(out / "wrapped.pth") as source, zipfile.ZipFile(out / "packed.pth", "w", zipfile.ZIP_DEFLATED) as target:
    for entry in source.namelist():
        target.writestr(entry, source.read(entry))

# With the 64-bit records that archives over 4 GiB have.
zipfile.ZIP64_LIMIT = 1
with zipfile.ZipFile(out / "wrapped.pth") as source, zipfile.ZipFile(out / "zip64.pth", "w") as target:
    for entry in source.namelist():
        with target.open(zipfile.ZipInfo(entry), "w", force_zip64=True) as writer:
            writer.write(source.read(entry))

# What training scripts keep beside the weights: timm's average, and that of torchvision's AveragedModel.
average = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda old, new, count: new)
with torch.no_grad():
    for parameter in average.parameters():
        parameter.add_(1)
save("averaged_timm.pth", {"epoch": 3, "state_dict": net.state_dict(), "state_dict_ema": average.module.state_dict()})
save("averaged_torchvision.pth", {"epoch": 3, "model": net.state_dict(), "model_ema": average.state_dict()})
