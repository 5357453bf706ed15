"""Whether two contestants compute the same: otherwise the one that does less would be called the faster."""

# Relative to the reference, PyTorch's fp32. Sums in another order differ in the last digits, and an untrained network of 152
# layers magnifies them; bfloat16 has 8 bits of mantissa, whose error of 0.4 % adds up over the layers.
LOGITS = {"fp32": 1e-3, "bf16": 0.15}
FIRST_LOSS = {"fp32": 1e-3, "bf16": 0.03}
# What two updates change in the loss: wrong gradients, or none, change it by something else.
CHANGE = {"fp32": 0.2, "bf16": 0.5}


def difference(mode, precision, values, reference):
    """None where the values say that the same was computed, else what differs, in words."""
    if len(values) != len(reference) or any(value != value for value in values):
        return f"gives {len(values)} values, the reference {len(reference)}" if len(values) != len(reference) else "gives values that are not numbers"
    if mode == "infer":
        scale = max(abs(value) for value in reference)
        worst = max(abs(a - b) for a, b in zip(values, reference)) / scale
        return None if worst <= LOGITS[precision] else f"logits are off by {worst:.2g} of the largest"
    first = abs(values[0] - reference[0]) / abs(reference[0])
    if first > FIRST_LOSS[precision]:
        return f"the first loss is {values[0]:.5g}, the reference's {reference[0]:.5g}"
    change, expected = values[-1] - values[0], reference[-1] - reference[0]
    # A change that is small against the loss is lost in rounding.
    allowed = max(CHANGE[precision] * abs(expected), FIRST_LOSS[precision] * abs(reference[0]))
    return None if abs(change - expected) <= allowed else f"two updates change the loss by {change:.4g}, the reference's by {expected:.4g}"
