#!/usr/bin/env python3
"""Writes recipe.golden.json: what PyTorch (or, for LAMB, NumPy after the paper) makes of the recipes' choices.

make_recipe_goldens.py > recipe.golden.json
"""
import copy
import json
import math
import warnings

import numpy as np
import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.manual_seed(5)
golden = {"torch": torch.__version__.split("+")[0]}


def flat(tensor):
    return [float(v) for v in tensor.detach().reshape(-1).float().tolist()]


# Gradients of three steps for a weight [4, 3], which decays, and a bias [3], which does not; the second ones are long.
weight = torch.randn(4, 3)
bias = torch.randn(3)
gradients = [(torch.randn(4, 3) * s, torch.randn(3) * s) for s in (0.1, 5.0, 0.02)]
golden["weight"], golden["bias"] = flat(weight), flat(bias)
golden["gradients"] = [[flat(w), flat(b)] for w, b in gradients]


def lamb(rate, decay, beta1=0.9, beta2=0.999, eps=1e-6, longest=1.0):
    """You et al. 2019, algorithm 2, in doubles, with the choices of timm's Lamb."""
    parameters = [(weight.numpy().astype(np.float64), decay), (bias.numpy().astype(np.float64), 0.0)]
    means = [np.zeros_like(p) for p, _ in parameters]
    squares = [np.zeros_like(p) for p, _ in parameters]
    steps = []
    for t, step_gradients in enumerate(gradients, 1):
        step_gradients = [g.numpy().astype(np.float64) for g in step_gradients]
        length = math.sqrt(sum((g * g).sum() for g in step_gradients))
        if longest is not None and length > longest:
            step_gradients = [g * longest / length for g in step_gradients]
        updated = []
        for i, ((p, lam), g) in enumerate(zip(parameters, step_gradients)):
            means[i] = beta1 * means[i] + (1 - beta1) * g
            squares[i] = beta2 * squares[i] + (1 - beta2) * g * g
            r = (means[i] / (1 - beta1**t)) / (np.sqrt(squares[i] / (1 - beta2**t)) + eps)
            ratio = 1.0
            if lam != 0:
                r = r + lam * p
                ratio = np.linalg.norm(p) / np.linalg.norm(r)
            updated.append((p - rate * ratio * r, lam))
        parameters = updated
        steps.append([p.reshape(-1).tolist() for p, _ in parameters])
    return {"steps": steps, "mean": means[0].reshape(-1).tolist(), "square": squares[0].reshape(-1).tolist()}


golden["lamb"] = lamb(0.01, 0.02)
golden["lamb_unclipped"] = lamb(0.01, 0.02, longest=None)


def torch_steps(make):
    w, b = torch.nn.Parameter(weight.clone()), torch.nn.Parameter(bias.clone())
    optimizer = make(w, b)
    steps = []
    for gw, gb in gradients:
        w.grad, b.grad = gw.clone(), gb.clone()
        optimizer.step()
        steps.append([flat(w), flat(b)])
    return steps


def groups(w, b):
    return [{"params": [w], "weight_decay": 0.1}, {"params": [b], "weight_decay": 0}]


golden["sgd"] = torch_steps(lambda w, b: torch.optim.SGD(groups(w, b), lr=0.1, momentum=0.9))
golden["sgd_nesterov"] = torch_steps(lambda w, b: torch.optim.SGD(groups(w, b), lr=0.1, momentum=0.9, nesterov=True))

# The moving average: torch's averaged model takes the first weights as they are.
net = torch.nn.Linear(3, 4)
with torch.no_grad():
    net.weight.copy_(weight)
averaged = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda a, p, n: 0.9 * a + 0.1 * p)
averaged.update_parameters(net)
golden["average"] = []
for gw, _ in gradients:
    with torch.no_grad():
        net.weight.sub_(gw)
    averaged.update_parameters(net)
    golden["average"].append(flat(averaged.module.weight))

# Clipping by the norm of all gradients.
golden["clipped"] = []
for most in (0.5, 100.0):
    w, b = torch.nn.Parameter(weight.clone()), torch.nn.Parameter(bias.clone())
    w.grad, b.grad = gradients[1][0].clone(), gradients[1][1].clone()
    norm = torch.nn.utils.clip_grad_norm_([w, b], most)
    golden["clipped"].append({"most": most, "norm": float(norm), "weight": flat(w.grad), "bias": flat(b.grad)})

# Losses: smoothed, mixed, both; binary cross-entropy. The others are the labels in reverse order, as timm pairs them.
logits = torch.randn(4, 5) * 2
labels = torch.tensor([0, 3, 3, 1])
golden["logits"], golden["labels"] = flat(logits), labels.tolist()


def soft(mixed_weight, smoothing):
    off = smoothing / 5
    rows = [torch.full((4, 5), off).scatter_(1, l.view(-1, 1), 1 - smoothing + off) for l in (labels, labels.flip(0))]
    return rows[0] * mixed_weight + rows[1] * (1 - mixed_weight)


def graded(compute):
    x = logits.clone().requires_grad_()
    loss = compute(x)
    loss.backward()
    return {"loss": float(loss), "gradient": flat(x.grad)}


losses = []
for smoothing in (0.0, 0.1):
    plain = graded(lambda x: F.cross_entropy(x, labels, label_smoothing=smoothing))
    losses.append({"kind": "ce", "weight": 1.0, "smoothing": smoothing, **plain})
    for mixed in (0.3, 0.85):
        target = soft(mixed, smoothing)
        entry = graded(lambda x: torch.sum(-target * F.log_softmax(x, -1), -1).mean())
        losses.append({"kind": "ce", "weight": mixed, "smoothing": smoothing, **entry})
        for threshold in (None, 0.2):
            wanted = target if threshold is None else (target > threshold).float()
            entry = graded(lambda x: F.binary_cross_entropy_with_logits(x, wanted))
            losses.append({"kind": "bce", "weight": mixed, "smoothing": smoothing, "threshold": threshold, **entry})
golden["losses"] = losses


# Schedules.
def rates_of(make, steps, feed=None):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.4)
    scheduler = make(optimizer)
    rates = []
    for i in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([feed[i]] if feed else []))
    return rates


errors = [0.9, 0.5, 0.5, 0.4, 0.41, 0.3999, 0.42, 0.39999, 0.3, 0.31, 0.32, 0.33, 0.34, 0.35, 0.36, 0.3, 0.2999, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
golden["plateau"] = [
    {
        "patience": p, "threshold": t, "least": m, "errors": errors,
        "rates": rates_of(lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.1, patience=p, threshold=t, min_lr=m), len(errors), errors),
    }
    for p, t, m in [(2, 1e-3, 0.0), (0, 1e-4, 0.0), (1, 0.05, 0.005)]
]
golden["cosine"] = [
    {"total": n, "final": f, "rates": rates_of(lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, n, eta_min=f), n)} for n, f in [(10, 0.0), (7, 1e-3)]
]
golden["linear"] = [
    {"total": n, "from": 0.4 * s, "rates": rates_of(lambda o: torch.optim.lr_scheduler.LinearLR(o, start_factor=s, total_iters=n), n + 2)} for n, s in [(5, 0.01), (3, 0.25)]
]
golden["steps"] = rates_of(lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.1), 10)

# Cutmix's rectangle, counted on a picture of zeros (Yun et al. 2019: what is left is the label's weight).
boxes = []
for lam, y, x in [(0.75, 8, 10), (0.75, 0, 0), (0.2, 15, 3), (0.999, 4, 4), (0.0, 8, 10), (0.5, 2, 19)]:
    height, width = 16, 20
    side = math.sqrt(1 - lam)
    h, w = int(height * side), int(width * side)
    picture = np.zeros((height, width))
    top, left = np.clip(y - h // 2, 0, height), np.clip(x - w // 2, 0, width)
    picture[top:np.clip(y + h // 2, 0, height), left:np.clip(x + w // 2, 0, width)] = 1
    boxes.append({"weight": lam, "y": y, "x": x, "top": int(top), "left": int(left), "rows": int(picture.max(1).sum()),
                  "columns": int(picture.max(0).sum()), "left_weight": 1 - picture.mean()})
golden["boxes"] = boxes

# A step of SGD over sub-batches of two, each through a replica of its own, as DataParallel does it; running statistics from
# each in turn.
images, targets = torch.randn(6, 3, 2, 2), torch.tensor([0, 1, 2, 3, 1, 0])
net = torch.nn.Sequential()
net.add_module("conv", torch.nn.Conv2d(3, 4, 1, bias=False))
net.add_module("bn", torch.nn.BatchNorm2d(4))
net.add_module("flat", torch.nn.Flatten())
net.add_module("fc", torch.nn.Linear(16, 4))
golden["ghost"] = {"images": flat(images), "labels": targets.tolist(), "before": {k: flat(v) for k, v in net.state_dict().items()}}
for name, size in [("ghost", 2), ("whole", 6)]:
    trained = copy.deepcopy(net)
    for start in range(0, 6, size):
        replica = copy.deepcopy(net)
        F.cross_entropy(replica(images[start:start + size]), targets[start:start + size]).backward()
        for p, r in zip(trained.parameters(), replica.parameters()):
            p.grad = r.grad * size / 6 if p.grad is None else p.grad + r.grad * size / 6
        trained(images[start:start + size])
    torch.optim.SGD(trained.parameters(), lr=0.1, momentum=0.9).step()
    golden["ghost"]["after_" + name] = {k: flat(v) for k, v in trained.state_dict().items()}

# The mixed pictures of the same six.
pairs = images.flip(0)
cut = images.clone()
cut[:, :, 0:1, 1:2] = pairs[:, :, 0:1, 1:2]
golden["mixed"] = {"mixup": flat(images * 0.3 + pairs * 0.7), "cutmix": flat(cut)}

text = json.dumps(golden, indent=None, separators=(",", ":"))
print(text.replace(',"', ',\n"'))
