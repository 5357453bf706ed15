"""Memory of this process and of autograd's graph."""
import ctypes
import gc

import torch


def peak_resident_bytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def reset_peak():
    """Starts the peak anew where the kernel allows it; whether it did. What loading, checking or an earlier batch left behind is not this
    batch's; bench/ResNetGen.Bench/PeakMemory.cs does the same, and what our trainer does besides."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5\n")
        return True
    except OSError:
        return False


def storage_of(tensor):
    """Address and bytes of a tensor's storage."""
    storage = tensor.untyped_storage() if hasattr(tensor, "untyped_storage") else tensor.storage()
    return storage.data_ptr(), storage.nbytes()


def saved_bytes(network, forward):
    """Bytes that autograd keeps for the backward pass, each storage once, parameters left out."""
    own = {storage_of(parameter)[0] for parameter in network.parameters()}
    saved = {}

    def pack(tensor):
        address, size = storage_of(tensor)
        if address not in own:
            saved[address] = size
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = forward()
    del output
    return sum(saved.values())
