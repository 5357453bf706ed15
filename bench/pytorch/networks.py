"""The networks that are compared, under the names of plan.py: torchvision's own where it has them."""
from cifar import CifarResNet
from custom import CustomNet


def torchvision_network(name):
    import torchvision

    make = getattr(torchvision.models, name)
    try:
        return make(weights=None)
    except TypeError:  # torchvision before 0.13
        return make(pretrained=False)


# Name: how it is made, the shape of an image, the number of classes.
NETWORKS = {
    "resnet20": (lambda: CifarResNet(20), (3, 32, 32), 10),
    "resnet110": (lambda: CifarResNet(110), (3, 32, 32), 10),
    "custom": (CustomNet, (3, 64, 64), 100),
    "resnet50": (lambda: torchvision_network("resnet50"), (3, 224, 224), 1000),
    "resnet152": (lambda: torchvision_network("resnet152"), (3, 224, 224), 1000),
    "vgg16": (lambda: torchvision_network("vgg16_bn"), (3, 224, 224), 1000),
}
