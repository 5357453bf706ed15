#!/usr/bin/env bash
# Makes what a GPU machine without .NET and without a network needs, as one archive: bench/gpu/publish.sh [ARCHIVE] [DATA]
#   ARCHIVE  where to (artifacts/gpu.tar.xz)
#   DATA     a folder with cifar-10-batches-bin to take along
# There: unpack it and run bench/gpu/run.sh. The native shims are not in it: they fit one libtorch only and are compiled there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
archive=${1:-$root/artifacts/gpu.tar.xz}
data=${2:-}
[ -z "$data" ] || [ -d "$data/cifar-10-batches-bin" ] || { echo "publish.sh: $data has no cifar-10-batches-bin" >&2; exit 1; }

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
dotnet publish "$root/bench/gpu/ResNetGen.Gpu/ResNetGen.Gpu.csproj" -c Release -r linux-x64 --self-contained --nologo -v quiet -o "$stage/program"
rm -f "$stage"/program/libresnetgen_*.so "$stage"/program/libresnetgen_*.first "$stage"/program/*.pdb "$stage"/program/*.xml

cd "$root"
mkdir -p "$stage/bench"
cp -r --parents build/find-libtorch.sh build/native-library.sh build/libtorch.cmake \
    src/ResNetGen.LibTorch/native src/ResNetGen.Native/native tests/ResNetGen.Cuda.Tests/emulation bench/pytorch "$stage"
mkdir -p "$stage/bench/gpu"
cp bench/gpu/*.sh bench/gpu/*.py "$stage/bench/gpu"
find "$stage" -name __pycache__ -prune -exec rm -rf {} +
[ -z "$data" ] || { mkdir -p "$stage/data" && cp -r "$data/cifar-10-batches-bin" "$stage/data/"; }
git rev-parse --short HEAD > "$stage/commit" 2>/dev/null || echo unknown > "$stage/commit"
mkdir -p "$(dirname "$archive")"
tar -C "$stage" -cJf "$archive" .
echo "$archive: $(du -h "$archive" | cut -f1), commit $(cat "$stage/commit")"
