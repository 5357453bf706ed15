#!/usr/bin/env bash
# Compiles the native libraries beside the published program: bench/gpu/native.sh ROOT
# With CMake as anywhere else; without it by calling the compiler, with the same sources and options.
set -euo pipefail
root=$1
program=$root/program
work=$root/native-build
fail() { echo "native.sh: $*" >&2; exit 1; }
compiler=${CXX:-g++}
command -v "$compiler" >/dev/null || fail "'$compiler' was not found: a C++17 compiler is needed"

found=$(bash "$root/build/find-libtorch.sh") || fail "$found"
value() { sed -n "s/^$1=//p" <<<"$found"; }
echo "native.sh: libtorch of $(value from) in $(value lib)"

with_cmake() { # SOURCE NAME
    bash "$root/build/native-library.sh" "$1" "$work/$2" || fail "lib$2.so was not built; see $work/$2/native.log"
}

with_compiler() { # SOURCE NAME
    local source=$1 out=$work/$2 native=$root/src/ResNetGen.Native/native options=() libraries=(-ltorch -ltorch_cpu -lc10) standard=17 folder
    mkdir -p "$out"
    # As kernels/text.cmake makes it.
    { printf 'static const char kernel_source[] = R"cuda(\n'
      for part in prelude.cu arguments.h elements.cu batch_norm.cu batch_norm_backward.cu optimizer.cu; do cat "$native/kernels/$part"; done
      printf ')cuda";\n'; } > "$out/kernel_text.inc"
    IFS=';' read -ra folders <<<"$(value include)"
    for folder in "${folders[@]}"; do
        # Where the compiler looks anyway, and after its own headers, which count on that.
        [ "$folder" = /usr/include ] || options+=(-isystem "$folder")
        grep -qs '__cplusplus < 202002L' "$folder/torch/all.h" && standard=20
    done
    for folder in torch_cuda c10_cuda; do [ -e "$(value lib)/lib$folder.so" ] && libraries+=("-l$folder"); done
    [ -e "$(value lib)/libc10_cuda.so" ] && options+=(-DRT_CUDA=1)
    options+=("-std=c++$standard" -fPIC -fopenmp -fvisibility=hidden -fvisibility-inlines-hidden "-D_GLIBCXX_USE_CXX11_ABI=$(value cxx11abi)"
        -I"$source" -I"$out" -I"$native" -I"$native/kernels")
    # As distributed.cmake and inference.cmake find them.
    if [ "$2" = resnetgen_native ]; then
        local lib nccl
        lib=$(value lib)
        nccl=$lib/../../nvidia/nccl/include
        if [ -e "$lib/libc10_cuda.so" ] && { [ -e "$nccl/nccl.h" ] || [ -e /usr/include/nccl.h ]; }; then
            options+=(-DRN_HAS_NCCL=1)
            [ ! -e "$nccl/nccl.h" ] || options+=(-isystem "$nccl")
        fi
        local gloo
        for gloo in "$lib/libgloo.so" "$lib/../libgloo.so"; do
            [ -e "${folders[0]}/gloo/transport/pair.h" ] && [ -e "$gloo" ] || continue
            options+=(-DRN_HAS_GLOO=1)
            libraries+=("$gloo")
            break
        done
        if [ -e /usr/include/oneapi/dnnl/dnnl.hpp ] && [ -e "$lib/libdnnl.so" ]; then
            options+=(-DRN_HAS_DNNL=1)
            libraries+=("$lib/libdnnl.so")
        fi
    fi
    local sources=("$source"/*.cpp)
    [ "$2" = resnetgen_emulation ] && sources+=("$native/cuda_batch_norm.cpp" "$native/cuda_optimizer.cpp" "$native/guard.cpp")
    # Files are named by their instructions, as CMakeLists.txt has it; where a product and a sum become one is written in the code.
    options+=(-O3 -ffp-contract=off -fno-math-errno -fno-trapping-math)
    printf '%s\0' "${sources[@]}" | OUT=$out xargs -0 -P "$(nproc)" -I{} bash -c '
        source=$1 object=$OUT/$(basename "$1" .cpp).o instructions=()
        shift
        case "$(uname -m)/$source" in
            x86_64/*_avx2.cpp) instructions=(-mavx2 -mfma) ;;
            x86_64/*_avx512.cpp) instructions=(-mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl) ;;
            x86_64/*_avx512_bf16.cpp) instructions=(-mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512bf16) ;;
        esac
        [ "$object" -nt "$source" ] || "$@" "${instructions[@]}" -c "$source" -o "$object"' _ {} "$compiler" "${options[@]}" ||
        fail "lib$2.so was not compiled"
    # The OpenMP runtime that libtorch carries: two would each have threads of their own.
    local openmp=(-fopenmp) carried
    for carried in "$(value lib)"/libgomp*.so* "$(value lib)"/libiomp5*.so*; do [ -e "$carried" ] && openmp=("$carried"); done
    "$compiler" -shared "${openmp[@]}" -o "$out/lib$2.so" "$out"/*.o -L"$(value lib)" -Wl,--no-as-needed "${libraries[@]}" -ldl \
        "-Wl,-rpath,\$ORIGIN:$(value lib)" || fail "lib$2.so was not linked"
}

build=with_compiler
if command -v cmake >/dev/null && [ -z "${RESNETGEN_NO_CMAKE:-}" ]; then build=with_cmake; fi
"$build" "$root/src/ResNetGen.LibTorch/native" resnetgen_torch
"$build" "$root/src/ResNetGen.Native/native" resnetgen_native
"$build" "$root/tests/ResNetGen.Cuda.Tests/emulation" resnetgen_emulation
cp "$work"/resnetgen_*/libresnetgen_*.so "$program/"
echo "native.sh: three libraries, by ${build#with_}"
