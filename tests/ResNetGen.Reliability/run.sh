#!/usr/bin/env bash
# What loses nothing is shown here at length: kill -9 at random moments, every changed byte of a checkpoint, a disk that
# fills up and one that turns read-only under a run. ./build.sh nightly runs it; the tests have the short forms.
# usage: tests/ResNetGen.Reliability/run.sh [KILLS [SEED]]      (200 kills; a new seed each time, which is printed)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program="$here/bin/${CONFIGURATION:-Release}/net10.0/ResNetGen.Reliability.dll"
kills=${1:-200}
seed=${2:-$RANDOM}
[ -f "$program" ] || { echo "run.sh: $program is missing; build it: dotnet build -c Release $here" >&2; exit 1; }

# One thread for each process: thousands of short steps, and sums that are the same on every machine of a kind.
export OMP_NUM_THREADS=1

dotnet "$program" bytes

small=$(mktemp -d)
mounted='mount -t tmpfs -o size=8m tmpfs "$1" && dotnet "$0" disk "$1"'
if unshare --user --map-root-user --mount true 2>/dev/null; then
    unshare --user --map-root-user --mount sh -c "$mounted" "$program" "$small"
elif unshare --mount true 2>/dev/null; then
    unshare --mount sh -c "$mounted" "$program" "$small"
else
    echo "run.sh: a small file system cannot be mounted here (it takes user namespaces or root): the full disk was not tried" >&2
fi
rmdir "$small" 2>/dev/null || true

dotnet "$program" kill "$kills" "$seed"
