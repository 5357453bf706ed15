"""The programs that take part, and which of them are here."""
import pathlib
import platform
import subprocess

import plan

here = pathlib.Path(__file__).resolve().parent


class Tools:
    def __init__(self, ours, python, onnxruntime):
        self.ours = [ours]
        self.pytorch = [python, str(here / "pytorch" / "worker.py")]
        self.first_step = [python, str(here / "pytorch" / "first_step.py")]
        self.onnxruntime = ["node", str(here / "onnxruntime" / "worker.mjs")]
        self.onnxruntime_home = onnxruntime
        probe = "import torch, torchvision; print(torch.__version__, torchvision.__version__)"
        torch, torchvision = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
        runtimes = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        self.can_compile = int(torch.split(".")[0]) >= 2
        self.versions = [f"torchvision {torchvision}", f"Python {platform.python_version()}", f".NET SDK {runtimes}"]
        self.missing = [] if onnxruntime else ["ONNX Runtime: not here (node and npm, and the network once, are needed)"]

    def has(self, entry):
        if entry is plan.COMPILED:
            return self.can_compile
        return entry.program != "onnxruntime" or bool(self.onnxruntime_home)
