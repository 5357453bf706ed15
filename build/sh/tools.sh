# What the commands need on the machine, found or installed.

# The official packages bring their own libtorch, so that nothing native is compiled here.
uses_own_libtorch() { [ "${TorchProvider:-LibTorch}" != TorchSharp ]; }

has_system_libtorch() {
    [ -f /usr/include/torch/csrc/api/include/torch/torch.h ] || [ -f /usr/local/include/torch/csrc/api/include/torch/torch.h ]
}

# A pip-installed PyTorch is a whole libtorch, headers included; Debian's python3-torch is not.
pip_libtorch() {
    command -v python3 >/dev/null 2>&1 || return 1
    local folder
    folder=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null) || return 1
    [ -n "$folder" ] && [ -f "$folder/include/torch/csrc/api/include/torch/torch.h" ] && printf '%s\n' "$folder"
}

# Debian's default BLAS is the reference one, about thirty times slower than OpenBLAS.
has_fast_blas() {
    local library
    # ldconfig is in sbin, which is not on an ordinary user's path.
    library=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | awk '/libblas\.so\.3 /{print $NF; exit}')
    [ -n "$library" ] || return 1
    case "$(readlink -f "$library")" in *openblas*|*mkl*|*blis*|*atlas*) return 0 ;; *) return 1 ;; esac
}

# Whoever chose another BLAS among those installed is not argued with.
is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep ' installed$' >/dev/null; }

# What the benchmarks and the weights' round trip compare with; Debian's PyTorch is the same libtorch as ours.
# Whoever brings a PyTorch of their own brings torchvision for it, too.
ensure_torchvision() {
    python3 -c 'import torch, torchvision' >/dev/null 2>&1 || /usr/bin/python3 -c 'import torch, torchvision' >/dev/null 2>&1 && return 0
    command -v apt-get >/dev/null 2>&1 || die "PyTorch and torchvision are needed to compare with: pip install torch torchvision"
    install_packages python3-torch python3-torchvision
}

install_packages() {
    local sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || die "these packages are missing: $*. Install them as root: apt-get install --no-install-recommends $*"
        sudo=sudo
    fi
    say "build.sh: installing $*"
    local log
    log=$(mktemp)
    if ! { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        die "the packages could not be installed (the whole log: $log). Install by hand: apt-get install --no-install-recommends $*"
    fi
    rm -f "$log"
}

ensure_dotnet() {
    if ! command -v dotnet >/dev/null 2>&1; then
        die "the .NET 10 SDK is missing: 'dotnet' was not found. Install it from https://dot.net (or your distribution) and try again."
    fi
    local sdks
    sdks=$(cd / && dotnet --list-sdks 2>/dev/null || true)
    if ! grep -qE '^(1[0-9]|[2-9][0-9])\.' <<<"$sdks"; then
        die "the .NET 10 SDK is needed, found: ${sdks:-none}. Install it from https://dot.net and try again."
    fi
}

# A shared library that a program finds at run time, by the name that it asks for. Not grep -q: it leaves at the first hit, and
# under pipefail the broken pipe of what is still writing counts as no hit.
has_library() {
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep "^[[:space:]]*$1 " >/dev/null
}

# Needed at run time only, and only for JPEG and PNG files: who cannot install them goes on, and is told again when it matters.
ensure_image_libraries() {
    command -v apt-get >/dev/null 2>&1 || return 0
    local missing=()
    has_library libturbojpeg.so.0 || missing+=(libturbojpeg0)
    has_library libpng16.so.16 || missing+=(libpng16-16)
    [ ${#missing[@]} -eq 0 ] || (install_packages "${missing[@]}") || say "build.sh: going on without ${missing[*]}: JPEG or PNG files cannot be read"
}

# Inference plans call oneDNN, which the system's libtorch links to, directly. Who cannot install its headers goes on: plans then run
# as libtorch's operations, slower.
ensure_onednn_headers() {
    [ -z "${LIBTORCH:-}" ] && has_system_libtorch && [ ! -f /usr/include/oneapi/dnnl/dnnl.hpp ] || return 0
    has_library libdnnl.so.2 || has_library libdnnl.so.3 || return 0
    command -v apt-get >/dev/null 2>&1 || return 0
    (install_packages libdnnl-dev) || say "build.sh: going on without libdnnl-dev: inference plans run as libtorch's operations"
}

# Training in several processes goes through Gloo, which the system's libtorch links to. Who cannot install its headers goes on: one process
# trains as before.
ensure_gloo_headers() {
    [ -z "${LIBTORCH:-}" ] && has_system_libtorch && [ ! -f /usr/include/gloo/transport/pair.h ] || return 0
    has_library libgloo.so.0 || return 0
    command -v apt-get >/dev/null 2>&1 || return 0
    (install_packages libgloo-dev) || say "build.sh: going on without libgloo-dev: there is no training in several processes"
}

ensure_tools() {
    ensure_dotnet
    ensure_image_libraries
    uses_own_libtorch || return 0

    local missing=()
    command -v g++ >/dev/null 2>&1 || [ -n "${CXX:-}" ] || missing+=(g++)
    command -v cmake >/dev/null 2>&1 || missing+=(cmake)
    command -v make >/dev/null 2>&1 || command -v ninja >/dev/null 2>&1 || missing+=(make)

    if [ -n "${LIBTORCH:-}" ]; then
        [ -f "$LIBTORCH/include/torch/csrc/api/include/torch/torch.h" ] ||
            die "LIBTORCH=$LIBTORCH has no include/torch/csrc/api/include/torch/torch.h. Point it at a folder with include/ and lib/, such as a pip PyTorch's torch/ folder."
    else
        local folder
        # A PyTorch with CUDA that the user installed goes before the system's libtorch, which has none.
        if folder=$(pip_libtorch) && { ! has_system_libtorch || [ -e "$folder/lib/libtorch_cuda.so" ]; }; then
            say "build.sh: using the libtorch of the PyTorch in $folder"
            export LIBTORCH=$folder
        elif ! has_system_libtorch; then
            missing+=(libtorch-dev libdnnl-dev libgloo-dev libopenblas0-openmp)
        elif ! has_fast_blas && ! is_installed libopenblas0-openmp; then
            missing+=(libopenblas0-openmp)
        fi
    fi

    ensure_onednn_headers
    ensure_gloo_headers
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        die "missing: ${missing[*]} (and there is no apt-get to install them).
  Bring a libtorch with LIBTORCH=/path (a folder with include/ and lib/), or 'pip install torch', which is found by itself;
  a C++17 compiler and cmake are needed with it. Or use the official packages: TorchProvider=TorchSharp TorchDevice=cpu ./build.sh ..."
    fi
    install_packages "${missing[@]}"
}
