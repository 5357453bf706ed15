#!/usr/bin/env bash
# Exports networks, runs them in ONNX Runtime (npm's onnxruntime-node) and compares the results with our own forward.
#   tests/onnx/check.sh            compare, and print the table
#   tests/onnx/check.sh --update   then write the golden file of the fast tests and bench/results/onnx.md
# Where node, npm or the network is missing it says so and ends with 0: there is nothing to compare with.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools="$root/artifacts/onnxruntime"
version=1.30.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

skip() { printf 'onnx check: skipped: %s\n' "$*" >&2; exit 0; }

command -v node >/dev/null 2>&1 || skip "node is not installed"
if ! [ -d "$tools/node_modules/onnxruntime-node" ]; then
    command -v npm >/dev/null 2>&1 || skip "npm is not installed"
    mkdir -p "$tools"
    # Its install script would fetch CUDA libraries; the CPU ones are in the package.
    npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund "onnxruntime-node@$version" >"$folder/npm.log" 2>&1 ||
        skip "npm could not install onnxruntime-node: $(tail -n 1 "$folder/npm.log")"
fi

dotnet build "$root/tests/onnx/OnnxCheck.csproj" -c Release --nologo -v quiet -clp:NoSummary
dotnet "$root/tests/onnx/bin/Release/net10.0/OnnxCheck.dll" "$folder"
arguments=()
[ "${1:-}" = --update ] && arguments=(--update "$root/tests/ResNetGen.Tests/Export/onnx.golden.json" "$root/bench/results/onnx.md")
ONNXRUNTIME="$tools" node "$root/tests/onnx/check.mjs" "$folder" "${arguments[@]}"
