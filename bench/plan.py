"""What is measured: networks, batches, and who takes part."""
import dataclasses
from dataclasses import dataclass

# glibc's own names; the threshold is the largest that it takes, as ResNetGen.Native's Allocator sets it.
RAISED = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(2047 << 20), "MALLOC_TOP_PAD_": str(256 << 20)}


@dataclass(frozen=True)
class Entry:
    """Who takes part: a program and how it is told to work."""
    key: str
    title: str
    program: str  # ours, pytorch or onnxruntime
    precision: str = "fp32"
    options: tuple = ()
    raised: bool = False


OURS_FP32 = Entry("ours-fp32", "ours, fp32", "ours", options=("--precision", "fp32"))
OURS_AUTO = Entry("ours-auto", "ours, Precision.Auto", "ours", "auto", ("--precision", "auto"))
NORMALISING_FP32 = Entry("ours-fp32-normalisation", "ours, fp32, Recompute = Normalisation", "ours", options=(*OURS_FP32.options, "--recompute", "normalisation"))
NORMALISING_AUTO = Entry("ours-auto-normalisation", "ours, Precision.Auto, Recompute = Normalisation", "ours", "auto",
                         (*OURS_AUTO.options, "--recompute", "normalisation"))
BY_BLOCK_AUTO = Entry("ours-auto-block", "ours, Precision.Auto, Recompute = Block", "ours", "auto", (*OURS_AUTO.options, "--recompute", "block"))
UNPLANNED = Entry("ours-unplanned", "ours, fp32, the network's own forward pass", "ours", options=(*OURS_FP32.options, "--plan", "no"))
NCHW = Entry("pytorch", "PyTorch fp32 NCHW (default)", "pytorch")
NCHW_RAISED = Entry("pytorch-raised", "PyTorch fp32 NCHW, allocator thresholds raised", "pytorch", raised=True)
LAST = Entry("pytorch-last", "PyTorch fp32 channels_last", "pytorch", options=("--layout", "channels_last"))
LAST_RAISED = Entry("pytorch-last-raised", "PyTorch fp32 channels_last, thresholds raised", "pytorch", options=("--layout", "channels_last"), raised=True)
BF16 = Entry("pytorch-bf16", "PyTorch bf16 channels_last", "pytorch", "bf16", ("--layout", "channels_last", "--precision", "bf16"))
FROZEN = Entry("pytorch-frozen", "torch.jit.optimize_for_inference", "pytorch", options=("--layout", "channels_last", "--compiler", "optimize_for_inference"))
COMPILED = Entry("pytorch-compile", "torch.compile, bf16 channels_last", "pytorch", "bf16",
                 ("--layout", "channels_last", "--precision", "bf16", "--compiler", "compile"))
ONNX = Entry("onnxruntime", "ONNX Runtime, fp32", "onnxruntime")

RECOMPUTING = (NORMALISING_FP32, NORMALISING_AUTO, BY_BLOCK_AUTO)
TRAINING = (OURS_FP32, OURS_AUTO, NCHW, NCHW_RAISED, LAST, LAST_RAISED, BF16, COMPILED)
INFERENCE = (OURS_FP32, OURS_AUTO, UNPLANNED, NCHW, NCHW_RAISED, LAST, BF16, FROZEN, COMPILED, ONNX)
# Networks whose weights alone are gigabytes with gradients and momentum: all contestants are in memory together.
HEAVY_TRAINING = (OURS_FP32, OURS_AUTO, NCHW, LAST, BF16)


@dataclass(frozen=True)
class Network:
    key: str
    title: str
    shape: tuple
    training: tuple  # batches, ascending
    inference: tuple
    heavy: bool = False
    recomputes: bool = True  # whether bench/ResNetGen.Bench has it with Recompute, too


NETWORKS = (
    Network("resnet20", "ResNet-20 (CIFAR)", (3, 32, 32), (1, 32, 128), (1, 32, 128)),
    Network("resnet110", "ResNet-110 (CIFAR)", (3, 32, 32), (1, 32, 128), (1, 32, 128)),
    Network("custom", "a [Network] of one's own, 64×64", (3, 64, 64), (1, 32, 128), (1, 32, 128), recomputes=False),
    Network("resnet50", "ResNet-50, 224×224", (3, 224, 224), (1, 8, 16), (1, 8, 32)),
    Network("resnet152", "ResNet-152, 224×224", (3, 224, 224), (1, 4, 8), (1, 8, 16)),
    Network("vgg16", "VGG-16 with batch normalisation, 224×224", (3, 224, 224), (1, 4, 8), (1, 8, 16), heavy=True, recomputes=False),
)


@dataclass(frozen=True)
class Group:
    """One network in training or inference: its contestants are started together and measured batch by batch."""
    network: Network
    mode: str  # train or infer
    batches: tuple
    entries: tuple
    starts: int = 1

    @property
    def title(self):
        return f"{self.network.title}, {'training step' if self.mode == 'train' else 'inference'}"


def entries_of(network, mode):
    if mode == "infer":
        return INFERENCE
    return HEAVY_TRAINING if network.heavy else (*TRAINING[:2], *RECOMPUTING, *TRAINING[2:]) if network.recomputes else TRAINING


def all_groups():
    return [Group(network, mode, network.training if mode == "train" else network.inference, entries_of(network, mode))
            for network in NETWORKS for mode in ("train", "infer")]


# What the goals are about; twice from the start, because where the heap happens to lie moves a peak by a tenth.
GOAL_BATCHES = {("resnet20", "train"): (128,), ("resnet50", "train"): (8,), ("resnet50", "infer"): (1, 8), ("resnet20", "infer"): (1,)}


def goal_groups():
    return [Group(network, mode, GOAL_BATCHES[network.key, mode], entries_of(network, mode), starts=2)
            for network in NETWORKS for mode in ("train", "infer") if (network.key, mode) in GOAL_BATCHES]


def merged_groups():
    """Everything, in which what the goals are about is started twice."""
    return [dataclasses.replace(group, starts=2) if (group.network.key, group.mode) in GOAL_BATCHES else group for group in all_groups()]


def quick_groups():
    return [Group(NETWORKS[0], "train", (8,), entries_of(NETWORKS[0], "train")), Group(NETWORKS[0], "infer", (1,), INFERENCE)]


def chosen_groups(only):
    """The groups that --only names: a network, or a network and a mode (resnet50:train)."""
    groups = []
    for name in only:
        key, _, mode = name.partition(":")
        found = [group for group in all_groups() if group.network.key == key and mode in ("", group.mode)]
        if not found:
            raise ValueError(f"--only {name}: there is no such part; there are goals, start, calls, "
                             f"{', '.join(network.key for network in NETWORKS)}, and a network's half, such as resnet50:train")
        groups += [group for group in found if group not in groups]
    return groups
