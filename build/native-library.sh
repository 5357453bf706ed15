#!/usr/bin/env bash
# Builds one native library with CMake: native-library.sh SOURCE_DIR BUILD_DIR [LIST]
# The library lands in BUILD_DIR; LIST gets the names of the libraries that a program opens before libtorch, one a line. Quiet
# when all is well; errors in MSBuild's form, one a cause, with what to do.
set -u
source_dir=$1
build_dir=$2
list=${3:-}
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

# Opened as one, a library and all that it needs look their symbols up in each other: Debian's libtorch with its 280 libraries takes
# 30 % longer than the same ones after another. Who is needed usually stands behind who needs it, so from the last to the first.
# Left out is what cannot stand alone, since it would miss symbols for good; and all of a libtorch with a search path of its own:
# the names alone might find others.
opened_first() { # LIBTORCH_DIR
    local library=$1/libtorch_cpu.so dynamic found name path
    command -v readelf > /dev/null && command -v ldd > /dev/null || return 0
    dynamic=$(readelf -d "$library" 2> /dev/null) || return 0
    grep -qE '\((RPATH|RUNPATH)\)' <<< "$dynamic" && return 0
    found=$(ldd "$library" 2> /dev/null)
    sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p' <<< "$dynamic" | tac | while read -r name; do
        path=$(awk -v name="$name" '$1 == name && $2 == "=>" { print $3; exit }' <<< "$found")
        [ -e "$path" ] && ! ldd -r "$path" 2>&1 | grep -q 'undefined symbol' && printf '%s\n' "$name"
    done
    return 0
}

if [ -n "$list" ]; then opened_first "$(value lib)" > "$list" || fail "RNGBUILD3: cannot write $list."; fi
