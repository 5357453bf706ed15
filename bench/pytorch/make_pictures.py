"""Makes JPEG files to measure loaders with: about 500 x 375 pixels as ImageNet's are, from a fixed seed, with as much detail
as photographs have (noise of many scales, and some edges): about 95 KB a file at quality 90, where ImageNet's have 110 KB on average."""
import pathlib
import numpy as np
from PIL import Image, ImageFilter


def picture(random, width, height):
    """Noise of every scale, each octave weaker than the one below it: the spectrum of photographs, 1/f."""
    total = np.zeros((height, width, 3), np.float32)
    grey = np.zeros((height, width, 1), np.float32)
    for octave in range(8):
        h, w = max(2, height >> (7 - octave)), max(2, width >> (7 - octave))
        for target, channels, strength in ((grey, 1, 60), (total, 3, 18)):
            noise = random.standard_normal((h, w, channels)).astype(np.float32) * strength * 0.8 ** octave
            for c in range(channels):
                target[..., c] += np.asarray(Image.fromarray(noise[..., c]).resize((width, height), Image.BICUBIC))
    # A few sharp-edged shapes, in front.
    y, x = np.mgrid[0:height, 0:width]
    for _ in range(6):
        cx, cy, r = random.uniform(0, width), random.uniform(0, height), random.uniform(20, 90)
        inside = (x - cx) ** 2 + (y - cy) ** 2 < r * r
        total[inside] += random.uniform(-70, 70, 3).astype(np.float32)
    values = np.clip(total + grey + random.uniform(90, 160, 3).astype(np.float32), 0, 255).astype(np.uint8)
    return Image.fromarray(values)


def make(folder, classes=10, each=40, seed=2015):
    """folder/train/class_N/*.jpg; what is there already is kept."""
    folder = pathlib.Path(folder)
    done = folder / f"made-{classes}-{each}-{seed}"
    if done.exists():
        return
    random = np.random.default_rng(seed)
    for label in range(classes):
        target = folder / "train" / f"class_{label}"
        target.mkdir(parents=True, exist_ok=True)
        for i in range(each):
            long_side = int(random.integers(450, 551))
            short_side = long_side * 3 // 4
            size = (long_side, short_side) if random.random() < 0.75 else (short_side, long_side)
            picture(random, *size).save(target / f"{i:04}.jpg", quality=90)
    done.touch()
