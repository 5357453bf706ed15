"""Whether two contestants compute the same: otherwise the one that does less would be called the faster."""

# How far a contestant may be off the reference, PyTorch's fp32 NCHW. Sums in another order differ in the last digits, and bfloat16
# has 8 bits of mantissa, an error of 0.4 %; an untrained network of 152 layers magnifies both. So twice what PyTorch's own other way in the
# same arithmetic is off (fp32 in channels_last, bf16) is allowed, where that is more.
LIMITS = {
    "fp32": {"logits": 1e-3, "the first loss": 1e-3, "the change of the loss by two updates": 0.1},
    "bf16": {"logits": 0.1, "the first loss": 0.02, "the change of the loss by two updates": 0.3},
}
PEER_FACTOR = 2
# A change that is smaller than this share of the loss is lost in rounding.
LEAST_CHANGE = 0.01


def errors(mode, values, reference):
    """How far values are off the reference's, by what they are."""
    if mode == "infer":
        return {"logits": max(abs(a - b) for a, b in zip(values, reference)) / max(abs(value) for value in reference)}
    change, expected = values[-1] - values[0], reference[-1] - reference[0]
    return {
        "the first loss": abs(values[0] - reference[0]) / abs(reference[0]),
        # Wrong gradients, or none, change it by something else.
        "the change of the loss by two updates": abs(change - expected) / max(abs(expected), LEAST_CHANGE * abs(reference[0]))}


def difference(mode, precision, values, reference, peer=None):
    """None where the values say that the same was computed, else what differs, in words."""
    if len(values) != len(reference):
        return f"gives {len(values)} values, the reference {len(reference)}"
    if any(value != value for value in values):
        return "gives values that are not numbers"
    known = errors(mode, peer, reference) if peer else {}
    for what, error in errors(mode, values, reference).items():
        allowed = max(LIMITS[precision][what], PEER_FACTOR * known.get(what, 0))
        if not error <= allowed:
            return f"{what} is off by {error:.2g} of the reference's; {allowed:.2g} is allowed"
    return None
