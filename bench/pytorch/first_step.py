#!/usr/bin/env python3
"""Start-up: a training step as a short script makes it, and a line when it is done.

usage: first_step.py NETWORK BATCH THREADS
"""
import sys

import torch
import torch.nn.functional as F

from networks import NETWORKS

name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
make, shape, classes = NETWORKS[name]
network = make().train()
optimizer = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9, weight_decay=1e-4)
images, labels = torch.randn(batch, *shape), torch.randint(classes, (batch,))
loss = F.cross_entropy(network(images), labels)
loss.backward()
optimizer.step()
print(f"PyTorch {torch.__version__}: {loss.item():.4f}", flush=True)
