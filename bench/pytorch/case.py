"""What all contestants of a comparison share: initial weights, images and labels, as files in one folder."""
import pathlib

import torch
import torch.nn as nn

from networks import NETWORKS


class Case:
    def __init__(self, network, folder):
        self.make_network, self.shape, self.classes = NETWORKS[network]
        self.folder = pathlib.Path(folder)

    def write(self, count):
        """Makes weights and `count` images with their labels. The running statistics are those of some of the images: with
        fresh ones an untrained network's maps grow from block to block."""
        torch.manual_seed(2015)
        network = self.make_network().train()
        images, labels = torch.randn(count, *self.shape), torch.randint(self.classes, (count,))
        norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
        for norm in norms:
            norm.momentum = None
        with torch.no_grad():
            network(images[:8])
        torch.save(network.state_dict(), self.folder / "weights.pth")
        torch.from_file(str(self.folder / "images.f32"), shared=True, size=images.numel()).copy_(images.flatten())
        torch.from_file(str(self.folder / "labels.i64"), shared=True, size=count, dtype=torch.int64).copy_(labels)

    def network(self):
        network = self.make_network()
        network.load_state_dict(torch.load(self.folder / "weights.pth"))
        return network

    def batch(self, count):
        """The first images and labels; the same for every contestant."""
        size = count
        for side in self.shape:
            size *= side
        images = torch.from_file(str(self.folder / "images.f32"), size=size).reshape(count, *self.shape).clone()
        labels = torch.from_file(str(self.folder / "labels.i64"), size=count, dtype=torch.int64).clone()
        return images, labels
