"""What a measurement was made on, and what else the machine did meanwhile."""
import os
import platform
import time

BUSY_SHARE = 0.1  # of the processors, used by others, from which on a warning is due


def field(path, name, otherwise="?"):
    try:
        with open(path) as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith(name)), otherwise)
    except OSError:
        return otherwise


def describe(threads):
    # x86 calls them flags, ARM Features.
    flags = set(field("/proc/cpuinfo", "flags", field("/proc/cpuinfo", "Features", "")).split())
    vector = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("sve", "SVE"), ("asimd", "NEON")) if flag in flags), "?")
    model = field("/proc/cpuinfo", "model name", platform.processor() or platform.machine())
    return {
        "processor": model,
        "processors": os.cpu_count(),
        "threads": threads,
        "vector": vector,
        "bf16": bool(flags & {"avx512_bf16", "amx_bf16", "bf16"}),
        "memory_gib": round(memory("MemTotal") / 2**30, 1),
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "?") if hasattr(platform, "freedesktop_os_release") else platform.platform(),
        "load_at_start": os.getloadavg()[0],
    }


def memory(name):
    """A figure of /proc/meminfo in bytes, such as MemAvailable."""
    return int(field("/proc/meminfo", name, "0 kB").split()[0]) * 1024


def processor_time():
    """Idle, stolen and all time of all processors so far, in ticks."""
    with open("/proc/stat") as file:
        ticks = [int(tick) for tick in file.readline().split()[1:9]]
    return ticks[3] + ticks[4], ticks[7], sum(ticks)


def shares(before, after):
    """Between two readings of processor_time: the share that was busy, and the share that the hypervisor gave to others."""
    idle, stolen, all_ = (b - a for a, b in zip(before, after))
    return (0.0, 0.0) if all_ <= 0 else (1 - idle / all_, stolen / all_)


def busy_share(seconds=1.0):
    """How busy the processors are while we do nothing."""
    before = processor_time()
    time.sleep(seconds)
    return shares(before, processor_time())[0]


def text(machine):
    """The description in one sentence."""
    return (f"{machine['processor']}, {machine['threads']} of {machine['processors']} processors, {machine['vector']}"
            f"{', bf16' if machine['bf16'] else ', no bf16'}, {machine['memory_gib']:.0f} GiB, Linux {machine['kernel']}, {machine['system']}, "
            f"load {machine['load_at_start']:.1f} at the start")
