#!/usr/bin/env bash
# The one entry point: ./build.sh help says what it does.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
configuration=Release

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }
die() { say "build.sh: $*"; exit 1; }

for part in "$root"/build/sh/*.sh; do
    # shellcheck source=/dev/null
    source "$part"
done

help() {
    cat <<'TEXT'
usage: ./build.sh COMMAND [arguments]

  train [options]   train a network on CIFAR-10 (or on built-in pictures, where there is no network)
                    ./build.sh train --help lists the options
  sample NAME [..]  run another program of samples/: Degradation, IdentityMappings, ImageNet, Classify, CustomNetwork;
                    ./build.sh sample Degradation --help lists its options
  report RUN… [-o FILE]
                    make a page of a training run, or compare several
  test [filter]     build everything and run all tests; closes with the count of passed and failed
  nightly           what takes longer: 1,000 random networks from a new seed, which a failure prints; 200 kills, changed
                    bytes, full disks; exported networks in ONNX Runtime; weights from PyTorch and back
  bench [options]   measure ours against PyTorch and ONNX Runtime, side by side; results go to bench/results/
                    ./build.sh bench --help lists the options; --quick shows in a minute that it works
  bench profile     where the time of a training step or of inference goes, by layer and by kind of operation
  bench loader      measure reading pictures against torchvision's
  bench scaling     measure two processes against one, next to PyTorch's DistributedDataParallel
  bench generator   measure the generator and the analyzers as an editor runs them
  pack              make the NuGet packages in artifacts/packages/, and use them in projects of their own first
  clean             remove everything that was built
  help              this text

Each command installs what is missing first (Debian and Ubuntu; with sudo when not root) and says so.

  LIBTORCH=DIR               use the libtorch in DIR (it has include/ and lib/; a pip PyTorch's torch/ folder is one)
  TorchProvider=TorchSharp   use the official TorchSharp packages instead of a libtorch on this machine
  TorchDevice=cuda|cpu       which of their native packages
TEXT
}

command=${1:-help}
[ $# -gt 0 ] && shift
case "$command" in
    train) ensure_tools; command_train "$@" ;;
    sample) ensure_tools; command_sample "$@" ;;
    report) ensure_dotnet; command_report "$@" ;;
    test)  ensure_tools; command_test "$@" ;;
    nightly) ensure_tools; command_nightly ;;
    bench) ensure_tools; command_bench "$@" ;;
    pack)  ensure_tools; command_pack "$@" ;;
    clean) command_clean ;;
    help|-h|--help) help ;;
    *) help >&2; die "unknown command '$command': expected train, report, sample, test, nightly, bench, pack, clean or help" ;;
esac
