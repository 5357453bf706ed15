#!/usr/bin/env bash
# What happens when a process, or the network between two machines, is lost: kill -9 at random moments, SIGSTOP, a pulled cable,
# torchrun's restarts.
# ./build.sh nightly runs it; artifacts/distributed.md has the table, which bench/results/distributed.md is a copy of.
# usage: tests/ResNetGen.Reliability/distributed.sh [KILLS [SEED]]      (20 kills; a new seed each time, which is printed)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
program="$here/bin/${CONFIGURATION:-Release}/net10.0/ResNetGen.Reliability.dll"
kills=${1:-20}
seed=${2:-$RANDOM}
[ -f "$program" ] || { echo "distributed.sh: $program is missing; build it: dotnet build -c Release $here" >&2; exit 1; }

# Before OMP_NUM_THREADS says something else: nproc takes it for the number of cores.
cores=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)
load=$(cut -d ' ' -f 1 /proc/loadavg)

# One thread for each process: sums that are the same on every machine of a kind.
export OMP_NUM_THREADS=1
mkdir -p "$root/artifacts"
export RESNETGEN_REPORT="$root/artifacts/distributed.md"
cat >"$RESNETGEN_REPORT" <<TEXT
# When a process or a machine is lost

\`tests/ResNetGen.Reliability/distributed.sh\` (part of \`./build.sh nightly\`), $cores cores (load average at the start: $load),
gradients through shared memory on one machine and through Gloo between two, $(date -u +%Y-%m-%d). The network is a \`[CifarResNet(Depth = 8)]\` on 8×8 pictures with \`[DropPath(0.2)]\`, BatchNorm, momentum and augmentation;
300 iterations, a checkpoint after each.

| what | count | result |
|---|---|---|
TEXT

dotnet "$program" peers "$kills" "$seed"
dotnet "$program" hang "$seed"

# The PyTorch that the script's own interpreter finds.
python=$(sed -n '1s/^#! *//p' "$(command -v torchrun || echo /dev/null)")
if version=$($python -c 'import torch; print(torch.__version__.split("+")[0])' 2>/dev/null </dev/null) && [ -n "$version" ]; then
    dotnet "$program" torchrun "$seed" "$version"
else
    echo "distributed.sh: torchrun is not here (Debian: apt-get install python3-torch): its restarts were not tried" >&2
    echo "| kill -9 of one of two processes under torchrun | – | not tried: it takes PyTorch |" >>"$RESNETGEN_REPORT"
fi

name=rng$$ # a network interface's name has 15 letters at most
clean() {
    ip netns delete "$name-a" 2>/dev/null || true
    ip netns delete "$name-b" 2>/dev/null || true
}
if [ "$(id -u)" -eq 0 ] && command -v ip >/dev/null 2>&1 && ip netns add "$name-a" 2>/dev/null; then
    trap clean EXIT
    ip netns add "$name-b"
    ip link add "$name-a" netns "$name-a" type veth peer name "$name-b" netns "$name-b"
    ip -n "$name-a" address add 10.111.0.1/24 dev "$name-a"
    ip -n "$name-b" address add 10.111.0.2/24 dev "$name-b"
    for side in a b; do
        ip -n "$name-$side" link set lo up
        ip -n "$name-$side" link set "$name-$side" up
    done
    dotnet "$program" network "$name" 10.111.0.1 "$seed"
else
    echo "distributed.sh: network namespaces cannot be made here (it takes root and iproute2): the pulled cable was not tried" >&2
    echo "| the cable between two machines pulled | – | not tried: it takes root and iproute2 |" >>"$RESNETGEN_REPORT"
fi
echo "distributed.sh: $RESNETGEN_REPORT" >&2
