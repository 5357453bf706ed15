#!/usr/bin/env bash
# Exports networks, runs them in ONNX Runtime (npm's onnxruntime-node) and compares the results with our own forward.
#   tests/onnx/check.sh            compare, and print the table
#   tests/onnx/check.sh --update   then write the golden file of the fast tests and bench/results/onnx.md
# Where node, npm or the network is missing it says so and ends with 0: there is nothing to compare with.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=../../build/sh/onnxruntime.sh
source "$root/build/sh/onnxruntime.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if ! home=$(ensure_onnxruntime); then
    echo "onnx check: skipped" >&2
    exit 0
fi

dotnet build "$root/tests/onnx/OnnxCheck.csproj" -c Release --nologo -v quiet -clp:NoSummary
dotnet "$root/tests/onnx/bin/Release/net10.0/OnnxCheck.dll" "$folder"
arguments=()
[ "${1:-}" = --update ] && arguments=(--update "$root/tests/ResNetGen.Tests/Export/onnx.golden.json" "$root/bench/results/onnx.md")
ONNXRUNTIME="$home" node "$root/tests/onnx/check.mjs" "$folder" "${arguments[@]}"
