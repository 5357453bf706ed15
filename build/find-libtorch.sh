#!/usr/bin/env bash
# Finds a libtorch with headers and prints, one per line:
#   include=DIR[;DIR]   where ATen/ and torch/csrc/ lie
#   lib=DIR             where libtorch.so lies
#   cxx11abi=0|1        the string ABI it was built with (pip wheels up to 2.6 use the old one)
#   from=TEXT           how it was found
# Order: $LIBTORCH (a directory with include/ and lib/), the system's headers, the PyTorch of python3.
# Exit 1 with one line in MSBuild's error form where there is none.
set -u

fail() {
    echo "libtorch : error RNGBUILD2: $*"
    exit 1
}

# The toolkit's headers, which a PyTorch with CUDA is built with and does not bring: ";DIR", or nothing. NVIDIA's wheels beside it fit it
# best; without any, everything works but fused kernels and recorded steps.
cuda_include() { # lib-dir
    [ -e "$1/libc10_cuda.so" ] || return 0
    local nvcc="" candidate
    nvcc=$(readlink -f "$(command -v nvcc)" 2> /dev/null)
    for candidate in "${CUDA_HOME:-}/include" "$1"/../../nvidia/cu[0-9]*/include "$1"/../../nvidia/cuda_runtime/include \
        "${nvcc%/bin/nvcc}/include" /usr/local/cuda/include; do
        [ -e "$candidate/cuda_runtime_api.h" ] && { printf ';%s' "$candidate"; return 0; }
    done
}

describe() { # include-dirs lib-dir how
    local c10=""
    for candidate in "$2/libc10.so" "$2/libc10.dylib"; do [ -e "$candidate" ] && c10=$candidate; done
    [ -n "$c10" ] || fail "no libc10 in $2 ($3). Point LIBTORCH at a directory with include/ and lib/."
    local abi=1
    # Every libtorch defines c10::Error's constructor; the new string ABI shows in its mangled name.
    if command -v nm > /dev/null && nm -D --defined-only "$c10" 2> /dev/null | grep '_ZN3c105ErrorC' > /dev/null; then
        nm -D --defined-only "$c10" | grep '_ZN3c105ErrorC' | grep '__cxx11' > /dev/null || abi=0
    fi
    echo "include=$1$(cuda_include "$2")"
    echo "lib=$2"
    echo "cxx11abi=$abi"
    echo "from=$3"
    exit 0
}

with_root() { # root how
    describe "$1/include;$1/include/torch/csrc/api/include" "$1/lib" "$2"
}

has_headers() { [ -e "$1/ATen/ATen.h" ] && [ -e "$1/torch/csrc/autograd/autograd.h" ]; }

if [ -n "${LIBTORCH:-}" ]; then
    has_headers "$LIBTORCH/include" || fail "LIBTORCH is $LIBTORCH, but $LIBTORCH/include/ATen/ATen.h does not exist." \
        "Set LIBTORCH to a directory with include/ and lib/, as an unpacked libtorch or pip's torch/ folder is."
    with_root "$LIBTORCH" "LIBTORCH"
fi

for prefix in /usr /usr/local; do
    has_headers "$prefix/include" || continue
    for lib in "$prefix/lib/$(uname -m)-linux-gnu" "$prefix/lib64" "$prefix/lib"; do
        [ -e "$lib/libtorch.so" ] || continue
        describe "$prefix/include;$prefix/include/torch/csrc/api/include" "$lib" "system headers in $prefix/include"
    done
done

if command -v python3 > /dev/null; then
    root=$(python3 -c "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')" 2> /dev/null)
    if [ -n "$root" ] && has_headers "$root/include"; then with_root "$root" "python3's torch"; fi
fi

fail "no libtorch with headers was found. Install one (Debian, Ubuntu: sudo apt-get install libtorch-dev; anywhere:" \
    "pip install torch), or set LIBTORCH to a directory with include/ and lib/, or build with -p:TorchProvider=TorchSharp."
