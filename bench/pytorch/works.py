"""The pieces of work that are compared; each is a class with run(), one iteration, and what can be asked of it besides."""
import os
import time

import torch
import torch.distributed as dist
import torch.nn as nn
import torch.nn.functional as F

from case import Case
from memory import reset_peak, saved_bytes

CHECKED_OUTPUTS = 64


def world_size():
    return int(os.environ.get("WORLD_SIZE", 1))


def learning_rate(side):
    """As bench/ResNetGen.Bench/TrainingWork.cs has it: deep networks on large images, untrained, take small steps only."""
    return 0.01 if side < 100 else 0.001


class NetworkWork:
    """What training and inference share. `variant` has layout, precision and the compiler."""

    def __init__(self, network, folder, variant):
        self.case = Case(network, folder)
        self.variant = variant
        self.layout = torch.channels_last if variant.layout == "channels_last" else torch.contiguous_format
        self.network = self.compiled = None

    def make(self, count):
        self.case.write(count)
        return {}

    def load(self):
        self.network = self.prepare(self.case.network())
        self.compiled = torch.compile(self.network, mode="max-autotune") if self.variant.compiler == "compile" else self.network
        return {"parameters": sum(parameter.numel() for parameter in self.network.parameters())}

    def open(self, count):
        """Takes up a batch; what a larger or smaller one left behind is freed first."""
        self.images = self.labels = None
        reset = reset_peak()
        # Of several processes each has images of its own.
        rank = int(os.environ.get("RANK", 0)) if world_size() > 1 else 0
        images, labels = self.case.batch((rank + 1) * count)
        self.images, self.labels = self.lay_out(images[rank * count:]), labels[rank * count:]
        return {"reset": reset}

    def lay_out(self, images):
        return images.contiguous(memory_format=self.layout)

    def autocast(self):
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.variant.precision == "bf16")


class Training(NetworkWork):
    """Steps of SGD with momentum, on one batch over and over."""

    def prepare(self, network):
        network = network.train().to(memory_format=self.layout)
        self.optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate(self.case.shape[1]), momentum=0.9, weight_decay=1e-4)
        return network

    def load(self):
        facts = super().load()
        if world_size() > 1:
            dist.init_process_group("gloo")
            self.compiled = nn.parallel.DistributedDataParallel(self.compiled)
        return facts

    def exchange(self, count):
        """All-reduces that many float32 with the other processes, a few times."""
        values, times = torch.zeros(count), []
        for _ in range(6):
            dist.barrier()
            start = time.perf_counter()
            dist.all_reduce(values)
            times.append(time.perf_counter() - start)
        return {"seconds": times[1:]}

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        with self.autocast():
            logits = self.compiled(self.images)
        loss = F.cross_entropy(logits.float(), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss, logits

    def run(self):
        self.step()

    def check(self):
        """The losses of three steps. Dropout would draw other numbers in every contestant: it rests meanwhile."""
        dropouts = [module for module in self.network.modules() if isinstance(module, nn.Dropout)]
        for module in dropouts:
            module.eval()
        steps = [self.step() for _ in range(3)]
        for module in dropouts:
            module.train()
        return {"values": [loss.item() for loss, _ in steps], "output": list(steps[0][1].shape)}

    def saved(self):
        def forward():
            with self.autocast():
                return self.network(self.images)

        return {"saved": saved_bytes(self.network, forward)}


class Inference(NetworkWork):
    """Logits of one batch. In bfloat16 the weights are converted once, not at every pass as autocast would."""

    def prepare(self, network):
        network = network.eval().to(memory_format=self.layout)
        if self.variant.precision == "bf16":
            network = network.to(torch.bfloat16)
        if self.variant.compiler == "optimize_for_inference":
            example = self.lay_out(torch.zeros(1, *self.case.shape))
            self.parameters = sum(parameter.numel() for parameter in network.parameters())
            with torch.no_grad():
                network = torch.jit.optimize_for_inference(torch.jit.trace(network, example))
        return network

    def load(self):
        facts = super().load()
        # A frozen network has its weights as constants.
        return {"parameters": getattr(self, "parameters", facts["parameters"])}

    def lay_out(self, images):
        images = super().lay_out(images)
        return images.to(torch.bfloat16) if self.variant.precision == "bf16" else images

    def logits(self):
        with torch.no_grad():
            return self.compiled(self.images).float()

    def run(self):
        self.logits()

    def check(self):
        logits = self.logits()
        return {"values": logits.flatten()[:CHECKED_OUTPUTS].tolist(), "output": list(logits.shape)}


class Addition:
    """10,000 in-place additions on one element: the cost of a call."""

    def __init__(self):
        self.x = torch.zeros(1)

    def run(self):
        for _ in range(10_000):
            self.x.add_(1)


class MatrixProduct:
    """The machine's greatest speed in products of 2048 × 2048: by torch.mm, and by the same product as a 1×1 convolution, which
    oneDNN computes; whichever is faster."""

    SIDE = 2048

    def peak(self, seconds):
        answer = {}
        for name, dtype in (("fp32", torch.float32), ("bf16", torch.bfloat16)):
            a, b = torch.randn(self.SIDE, self.SIDE).to(dtype), torch.randn(self.SIDE, self.SIDE).to(dtype)
            map_ = a.reshape(1, self.SIDE, 1, self.SIDE).permute(0, 3, 1, 2)
            filters = b.t().contiguous().reshape(self.SIDE, self.SIDE, 1, 1).contiguous(memory_format=torch.channels_last)
            ways = {"torch.mm": lambda: torch.mm(a, b), "1x1 convolution": lambda: F.conv2d(map_, filters)}
            best = {}
            with torch.no_grad():
                for way, product in ways.items():
                    product()
                    until, times = time.perf_counter() + seconds, []
                    while len(times) < 2 or time.perf_counter() < until:
                        start = time.perf_counter()
                        product()
                        times.append(time.perf_counter() - start)
                    best[way] = 2 * self.SIDE ** 3 / min(times) / 1e9
            answer[name] = best
        return answer


class Pictures:
    """bench/loader.py's: what torchvision's own training script does to ImageNet, as torchvision ships it."""

    def __init__(self, folder, workers):
        from torchvision import datasets, transforms

        self.pictures = datasets.ImageFolder(folder + "/train", transforms.Compose([
            transforms.RandomResizedCrop(224),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]))
        # The workers stay between passes, so that starting them is not counted.
        self.loader = torch.utils.data.DataLoader(self.pictures, batch_size=50, shuffle=True, num_workers=workers, persistent_workers=True)

    def run(self):
        seen = sum(len(labels) for _, labels in self.loader)
        assert seen == len(self.pictures)
