# ONNX Runtime, from npm; what tests/onnx/check.sh and the benchmarks compare with. Expects $root.

# Prints the folder whose node_modules has it, after installing it there; where it cannot be had, says why and fails.
ensure_onnxruntime() {
    local home="$root/artifacts/onnxruntime" log
    command -v node >/dev/null 2>&1 || { echo "ONNX Runtime is left out: node is not installed" >&2; return 1; }
    if ! [ -d "$home/node_modules/onnxruntime-node" ]; then
        command -v npm >/dev/null 2>&1 || { echo "ONNX Runtime is left out: npm is not installed" >&2; return 1; }
        log=$(mktemp)
        mkdir -p "$home"
        # Its install script would fetch CUDA libraries; the CPU ones are in the package.
        if ! npm install --prefix "$home" --ignore-scripts --no-audit --no-fund onnxruntime-node@1.30.0 >"$log" 2>&1; then
            echo "ONNX Runtime is left out: npm could not install onnxruntime-node: $(tail -n 1 "$log")" >&2
            rm -f "$log"
            return 1
        fi
        rm -f "$log"
    fi
    printf '%s\n' "$home"
}
