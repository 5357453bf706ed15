#!/usr/bin/python3
"""Makes batch.golden.bin: one augmented batch of 20 small pictures, computed here with numpy and plain integers from the
definitions (Philox4x32-10 by its paper, Fisher-Yates, pad-crop-flip by slicing), not from our C#.
Layout: order (20 int32), then for each of 8 pictures its label (float32) and 3x6x6 values (float32), for per-pixel mean; then
the same pictures' values for per-channel mean and deviation, in N x H x W x C order."""
import pathlib
import numpy as np

M = 0xFFFFFFFF
SHUFFLE, AUGMENT = 1, 2
SEED, EPOCH, BATCH, ITERATION, PAD = -3, 5, 8, 1, 2
N, C, H, W = 20, 3, 6, 6


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & M, (p0 >> 32) ^ c[3] ^ k[1], p0 & M]
        k = [(k[0] + 0x9E3779B9) & M, (k[1] + 0xBB67AE85) & M]
    return c


# The paper's own known answers (Random123, kat_vectors).
assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0]) == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def draw(stream, a, b):
    seed = SEED & 0xFFFFFFFFFFFFFFFF
    return philox([b & M, b >> 32, a, stream], [seed & M, seed >> 32])


# The pictures and labels, by a rule that the test repeats.
flat = np.arange(N * C * H * W, dtype=np.int64)
pixels = ((flat * 7919 + flat * flat % 251 * 31) % 256).astype(np.uint8).reshape(N, C, H, W)
labels = (np.arange(N) * 7) % 10

order = list(range(N))
for i in range(N - 1, 0, -1):
    w = draw(SHUFFLE, EPOCH, i)
    j = ((w[0] | w[1] << 32) * (i + 1)) >> 64
    order[i], order[j] = order[j], order[i]

pixel_mean = pixels.astype(np.float64).mean(0)
channel_mean = pixels.astype(np.float64).mean((0, 2, 3))
channel_std = pixels.astype(np.float64).std((0, 2, 3))


def augment(image, position):
    w = draw(AUGMENT, EPOCH, position)
    top, left = (w[0] * (2 * PAD + 1)) >> 32, (w[1] * (2 * PAD + 1)) >> 32
    padded = np.pad(image, ((0, 0), (PAD, PAD), (PAD, PAD)))
    window = padded[:, top:top + H, left:left + W]
    return window[:, :, ::-1] if w[2] >> 31 else window


out = np.array(order, np.int32).tobytes()
positions = range(ITERATION * BATCH, (ITERATION + 1) * BATCH)
for p in positions:
    image = (pixels[order[p]] - pixel_mean) / 255
    out += np.float32(labels[order[p]]).tobytes() + augment(image, p).astype(np.float32).tobytes()
for p in positions:
    image = (pixels[order[p]] - channel_mean[:, None, None]) / channel_std[:, None, None]
    out += augment(image, p).transpose(1, 2, 0).astype(np.float32).tobytes()
pathlib.Path(__file__).with_name("batch.golden.bin").write_bytes(out)
