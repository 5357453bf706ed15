#!/usr/bin/env bash
# Builds one native library with CMake: native-library.sh SOURCE_DIR BUILD_DIR
# The library lands in BUILD_DIR. Quiet when all is well; errors in MSBuild's form, one a cause, with what to do.
set -u
source_dir=$1
build_dir=$2
here=$(cd "$(dirname "$0")" && pwd)

fail() {
    echo "native : error $*"
    exit 1
}

compiler=${CXX:-c++}
for tool in cmake "$compiler"; do
    command -v "$tool" > /dev/null || fail "RNGBUILD1: '$tool' was not found, and $source_dir is C++." \
        "Install the tools (Debian, Ubuntu: sudo apt-get install g++ cmake make), or build with -p:TorchProvider=TorchSharp."
done

mkdir -p "$build_dir" || fail "RNGBUILD3: cannot create $build_dir."
if command -v flock > /dev/null; then exec 9> "$build_dir/.lock" && flock 9; fi

found=$(bash "$here/find-libtorch.sh") || { echo "$found"; exit 1; }
value() { echo "$found" | sed -n "s/^$1=//p"; }

log=$build_dir/native.log
configure() {
    cmake -S "$source_dir" -B "$build_dir" -DCMAKE_BUILD_TYPE=Release \
        "-DLIBTORCH_INCLUDE=$(value include)" "-DLIBTORCH_LIB=$(value lib)" "-DLIBTORCH_CXX11_ABI=$(value cxx11abi)" \
        > "$log" 2>&1
}
# A build folder of another libtorch or of another place is of no use: begin anew rather than explain.
configure || { rm -rf "$build_dir/CMakeCache.txt" "$build_dir/CMakeFiles"; configure; } || {
    fail "RNGBUILD4: CMake could not configure $source_dir for the libtorch of $(value from):" \
        "$(grep -m1 -A3 'CMake Error' "$log" | tr '\n' ' ') The whole log: $log"
}

jobs=$(nproc 2> /dev/null || sysctl -n hw.ncpu 2> /dev/null || echo 2)
# A compiler takes about 1.5 GiB on ATen's headers: fewer jobs rather than a machine out of memory.
memory=$(awk '/MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo 2> /dev/null || echo "$jobs")
[ "${memory:-$jobs}" -lt "$jobs" ] && jobs=$((memory > 0 ? memory : 1))
cmake --build "$build_dir" --parallel "$jobs" > "$log" 2>&1 || {
    grep -E '(^|[ :])(fatal )?error: ' "$log" | head -n 5 | sed -E 's/: (fatal )?error: /: error RNGBUILD5: /'
    fail "RNGBUILD5: compiling $source_dir against the libtorch of $(value from) ($(value lib)) failed. The whole log: $log"
}
