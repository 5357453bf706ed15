#!/usr/bin/env bash
# Weights from PyTorch into our networks and back, for every CIFAR depth of the papers and two of torchvision's networks:
#   tests/ResNetGen.RoundTrip/run.sh [REPORT]
# Prints a table and writes it to REPORT (bench/results/weights.md). Exits with 1 where anything differs.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
report=${1:-$here/../../bench/results/weights.md}

# torchvision has its own networks; Debian's python3-torch does not bring it.
for python in python3 /usr/bin/python3; do
    "$python" -c 'import torch, torchvision' 2>/dev/null && break
    python=
done
if [ -z "$python" ]; then
    echo "run.sh: PyTorch and torchvision are needed: pip install torch torchvision, or apt-get install python3-torch python3-torchvision" >&2
    exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" "$here/roundtrip.py" make "$folder"
dotnet run --project "$here" -c Release --no-launch-profile -- "$folder"
"$python" "$here/roundtrip.py" compare "$folder" "$report"
