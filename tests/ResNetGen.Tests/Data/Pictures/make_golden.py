#!/usr/bin/python3
"""Makes the small picture files beside it, and golden.json with golden.bin: what Pillow and torchvision make of them.
golden.json: a list of cases {name, file, width, height, at}; golden.bin holds each case's pixels at byte `at`, height x width x 3.
The operations of RandAugment are applied by Pillow, by the definitions of timm's documentation of each operation."""
import json, pathlib, warnings
import numpy as np
from PIL import Image, ImageEnhance, ImageOps
from torchvision import transforms
from torchvision.transforms import functional as F

here = pathlib.Path(__file__).parent
random = np.random.default_rng(7)


def smooth(width, height, channels=3):
    small = random.uniform(0, 255, (height // 6 + 2, width // 6 + 2, channels)).astype(np.uint8)
    planes = [np.asarray(Image.fromarray(small[..., c]).resize((width, height), Image.BICUBIC)) for c in range(channels)]
    noise = random.integers(-12, 13, (height, width, channels))
    return np.clip(np.stack(planes, -1).astype(int) + noise, 0, 255).astype(np.uint8)


rgb = Image.fromarray(smooth(61, 43))
files = {}


def save(name, picture, **options):
    picture.save(here / name, **options)
    files[name] = Image.open(here / name).convert("RGB")


save("420.jpg", rgb, quality=85)
save("444-progressive.jpg", rgb, quality=85, subsampling=0, progressive=True)
save("422.jpg", rgb, quality=70, subsampling=1)
save("grey.jpg", rgb.convert("L"), quality=85)
save("cmyk.jpg", Image.fromarray(smooth(40, 30, 4), "CMYK"), quality=90)
exif = Image.Exif()
exif[0x0112] = 6  # turned by a quarter, which torchvision does not look at
save("exif.jpg", rgb, quality=85, exif=exif)
save("rgb.png", rgb)
save("grey.png", rgb.convert("L"))
save("bit.png", rgb.convert("1"))
save("grey-alpha.png", Image.fromarray(smooth(20, 15, 2), "LA"))
save("alpha.png", Image.fromarray(smooth(20, 15, 4), "RGBA"))
palette = rgb.quantize(17)
save("palette.png", palette, transparency=3)
# A content that the name does not say: the bytes decide.
save("jpeg-inside.png", rgb, format="JPEG", quality=85)
save("large.jpg", Image.fromarray(smooth(320, 240)), quality=88)

cases, data = [], b""


def add(name, file, picture):
    global data
    cases.append({"name": name, "file": file, "width": picture.width, "height": picture.height, "at": len(data)})
    data += np.asarray(picture.convert("RGB")).tobytes()


for file, picture in files.items():
    if file != "large.jpg":
        add("whole", file, picture)

for file in ("420.jpg", "palette.png"):
    picture = files[file]
    add("part 24", file, F.resized_crop(picture, 5, 7, 31, 40, (24, 24), Image.BILINEAR))
    add("enlarged 50", file, F.resized_crop(picture, 2, 3, 20, 15, (50, 50), Image.BILINEAR))
    resized = F.resize(picture, 30)
    add("resize 30", file, resized)
    for i, view in enumerate(transforms.TenCrop(24)(resized)):
        add(f"ten {i}", file, view)
    add("centre 20 in 24", file, F.center_crop(F.resize(picture, 20), 24))
large = files["large.jpg"]
add("part 48 of half", "large.jpg", F.resized_crop(large, 20, 30, 200, 260, (48, 48), Image.BILINEAR))

# RandAugment: level 0.6 of 1, both signs, on a small picture.
level, fill = 0.6, (124, 116, 104)
small = files["420.jpg"].resize((29, 21), Image.BILINEAR)
add("small", "operations", small)


def affine(matrix):
    return small.transform(small.size, Image.AFFINE, matrix, resample=Image.BILINEAR, fillcolor=fill)


for sign in (1, -1):
    factor = max(0.1, 1 + sign * level * 0.9)
    results = {
        "AutoContrast": ImageOps.autocontrast(small),
        "Equalize": ImageOps.equalize(small),
        "Invert": ImageOps.invert(small),
        "Rotate": small.rotate(sign * level * 30, resample=Image.BILINEAR, fillcolor=fill),
        "PosterizeIncreasing": ImageOps.posterize(small, 4 - int(level * 4)),
        "SolarizeIncreasing": ImageOps.solarize(small, 256 - int(level * 256)),
        "SolarizeAdd": small.point([min(255, v + int(level * 110)) if v < 128 else v for v in range(256)] * 3),
        "ColorIncreasing": ImageEnhance.Color(small).enhance(factor),
        "ContrastIncreasing": ImageEnhance.Contrast(small).enhance(factor),
        "BrightnessIncreasing": ImageEnhance.Brightness(small).enhance(factor),
        "SharpnessIncreasing": ImageEnhance.Sharpness(small).enhance(factor),
        "ShearX": affine((1, sign * level * 0.3, 0, 0, 1, 0)),
        "ShearY": affine((1, 0, 0, sign * level * 0.3, 1, 0)),
        "TranslateXRel": affine((1, 0, sign * level * 0.45 * small.width, 0, 1, 0)),
        "TranslateYRel": affine((1, 0, 0, 0, 1, sign * level * 0.45 * small.height)),
    }
    for name, picture in results.items():
        add(f"{name} {'+' if sign > 0 else '-'}", "operations", picture)

# fb.resnet.torch's colour jitter in the order brightness, saturation, contrast: floats, not cut off.
values = np.asarray(small).astype(np.float64)
weights = np.array([0.299, 0.587, 0.114])
values = values * 1.3
values = 0.7 * values + 0.3 * (values @ weights)[..., None]
values = 1.2 * values - 0.2 * (values @ weights).mean()
jitter = values.astype("<f4").tobytes()
cases.append({"name": "jitter", "file": "operations", "width": small.width, "height": small.height, "at": len(data)})
data += jitter

# torchvision's distribution of random resized crops on 500 x 375: mean and deviation of width, height, left and top.
import torch
torch.manual_seed(0)
draws = np.array([transforms.RandomResizedCrop.get_params(Image.new("L", (500, 375)), (0.08, 1.0), (3 / 4, 4 / 3)) for _ in range(20000)])
moments = {n: [float(draws[:, i].mean()), float(draws[:, i].std())] for i, n in enumerate(("top", "left", "height", "width"))}
extremes = {}
for size in ((1000, 20), (20, 1000), (40, 30)):
    extremes[f"{size[0]}x{size[1]}"] = transforms.RandomResizedCrop.get_params(Image.new("L", size), (1.0, 1.0), (3 / 4, 4 / 3))
(here / "golden.json").write_text(json.dumps({"cases": cases, "moments": moments, "extremes": extremes}, indent=0) + "\n")
(here / "golden.bin").write_bytes(data)
print(len(cases), "cases,", len(data), "bytes;", sum((here / f).stat().st_size for f in files), "bytes of pictures")
