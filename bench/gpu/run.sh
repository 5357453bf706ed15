#!/usr/bin/env bash
# Everything that is to be measured on a GPU, in steps that can be run one by one, each well below ten minutes:
#   bench/gpu/run.sh [--rehearse] [--data DIR] STEP...
#   describe   the machine: GPU, driver, PyTorch, memory bandwidth and matrix products
#   native     compiles the shims for the PyTorch at hand (needs g++; CMake where it is)
#   test       the tests: kernels against torch's operations, captured against eager, batches on the device
#   resnet50   training steps of ResNet-50, 224, batch 256, bf16: ours, PyTorch eager
#   resnet50-compiled     the same against torch.compile max-autotune, which takes minutes to tune and keeps what it has
#   resnet20, resnet110   training steps at batch 128: ours, PyTorch eager
#   cifar      ResNet-20 by He2015Cifar, 64,000 iterations; goes on where an earlier call was stopped
#   ranks      a process for each GPU, joined by NCCL (on one GPU too): exchanges, and a run that all train; a rehearsal takes Gloo
#   report     puts the results of all steps into one file
#   all        these, one after another; a step whose result is there already is left out
# Results are JSON files in results/ beside program/ (RESULTS=DIR for another place). --rehearse does the same steps on the processor
# with tiny sizes. A step ends after LIMIT seconds (570). Neither .NET nor a network is used; PyTorch is that of python3 (PYTHON=... for another).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
results=${RESULTS:-$root/results}
rehearse=()
data=$root/data
steps=()
usage() { sed -n '2,16s/^# \{0,1\}//p' "$0" >&2; exit 2; }
while [ $# -gt 0 ]; do
    case "$1" in
        --rehearse) rehearse=(--rehearse) ;;
        --data) data=${2:?--data needs a folder}; shift ;;
        describe|native|test|resnet50|resnet50-compiled|resnet20|resnet110|cifar|ranks|report) steps+=("$1") ;;
        all) steps+=(describe native test ranks resnet20 resnet50 resnet110 cifar resnet50-compiled report); skip_done=1 ;;
        *) echo "run.sh: unknown step '$1'" >&2; usage ;;
    esac
    shift
done
[ ${#steps[@]} -gt 0 ] || usage
[ -x "$root/program/ResNetGen.Gpu" ] || { echo "run.sh: no program in $root/program: unpack what bench/gpu/publish.sh made" >&2; exit 1; }
"$python" -c 'import torch' 2>/dev/null || { echo "run.sh: $python has no PyTorch; set PYTHON" >&2; exit 1; }
mkdir -p "$results"
# find-libtorch.sh asks python3: let it find the PyTorch that is compared with.
folder=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')
[ -e "$folder/include/ATen/ATen.h" ] && export LIBTORCH=${LIBTORCH:-$folder}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

limited() { timeout --foreground "${LIMIT:-570}" "$@"; }

# Fails as its command does; errexit is off within the condition that calls it.
run_step() {
    local step=$1
    case "$step" in
        describe) limited "$python" "$here/describe.py" --commit "$(cat "$root/commit" 2>/dev/null || echo unknown)" --output "$results/describe.json" "${rehearse[@]}" ;;
        native)
            limited bash "$here/native.sh" "$root" || return
            printf '{"seconds": %d}\n' $((SECONDS - started)) > "$results/native.json" ;;
        test) limited "$root/program/ResNetGen.Gpu" test --output "$results/test.json" ;;
        cifar) limited "$root/program/ResNetGen.Gpu" train --data "$data" --run "$results/cifar-run" --output "$results/cifar.json" "${rehearse[@]}" ;;
        ranks) limited "$root/program/ResNetGen.Gpu" ranks --run "$results/ranks-run" --output "$results/ranks.json" "${rehearse[@]}" ;;
        report) "$python" "$here/report.py" "$results" ;;
        *) limited "$python" "$here/compare.py" "$step" --program "$root/program/ResNetGen.Gpu" --output "$results/$step.json" "${rehearse[@]}" ;;
    esac
}

failed=0
for step in "${steps[@]}"; do
    if [ -n "${skip_done:-}" ] && [ "$step" != report ] && [ -s "$results/$step.json" ]; then
        echo "== $step: done already, see $results/$step.json"
        continue
    fi
    echo "== $step"
    started=$SECONDS
    # One step that fails does not keep the others from being measured, but for the libraries that they all need.
    if ! run_step "$step"; then
        echo "== $step: FAILED after $((SECONDS - started)) s"
        failed=1
        [ "$step" != native ] || exit 1
        continue
    fi
    echo "== $step: $((SECONDS - started)) s"
done
exit $failed
