# The commands themselves.

msbuild_properties() {
    [ -n "${TorchProvider:-}" ] && printf -- '-p:TorchProvider=%s\n' "$TorchProvider"
    [ -n "${TorchDevice:-}" ] && printf -- '-p:TorchDevice=%s\n' "$TorchDevice"
    [ -n "${LIBTORCH:-}" ] && printf -- '-p:LIBTORCH=%s\n' "$LIBTORCH"
    return 0
}

# dotnet build of one project or the solution; quiet while all is well, whole output where it is not.
build() {
    local target=$1 log properties
    log=$(mktemp)
    mapfile -t properties < <(msbuild_properties)
    say "build.sh: building ${target#"$root"/}"
    if ! dotnet build "$target" -c "$configuration" --nologo -v minimal "${properties[@]}" >"$log" 2>&1; then
        grep -E 'error|warning' "$log" | sort -u | head -n 40 >&2 || true
        say "build.sh: the build failed; the whole log: $log"
        exit 1
    fi
    grep -h 'Torch provider:' "$log" | sed 's/^ *//' | sort -u >&2 || true
    rm -f "$log"
}

# True where a source is newer than what was built from it: an incremental dotnet build of nothing takes seconds.
is_stale() {
    local output=$1
    [ -f "$output" ] || return 0
    [ -n "$(find "$root"/src "$root"/generators "$root"/samples "$root"/build "$root"/Directory.* "$root"/global.json \
        \( -name bin -o -name obj \) -prune -o -type f -newer "$output" -print -quit)" ]
}

# Builds a program where its sources are newer, and becomes it.
# usage: run_program PROJECT_FOLDER ASSEMBLY FRONT_DOOR [arguments]
run_program() {
    local folder=$1 assembly=$2 front_door=$3
    shift 3
    local program="$folder/bin/$configuration/net10.0/$assembly.dll"
    local settings="$folder/obj/build.settings" wanted
    # Another libtorch, or the same place with a newer one in it, asks for another build.
    wanted="$(msbuild_properties; stat -c %Y "${LIBTORCH:-/usr}/include/torch/csrc/api/include/torch/version.h" 2>/dev/null || true)"
    if is_stale "$program" || [ ! -f "$settings" ] || [ "$(cat "$settings")" != "$wanted" ]; then
        build "$folder/$(basename "$folder").csproj"
        touch "$program"
        printf '%s\n' "$wanted" >"$settings"
    fi
    # The program repeats this name in the command that resumes an interrupted run.
    RESNETGEN_COMMAND="$front_door" exec dotnet "$program" "$@"
}

command_train() { run_program "$root/samples/Cifar10" ResNetGen.Samples.Cifar10 "$0 train" "$@"; }

# Needs no libtorch, so that a report can be made where nothing is trained.
command_report() { run_program "$root/src/ResNetGen.Tool" ResNetGen.Tool "$0 report" report "$@"; }

# The sample programs by their folders' names, whatever the case.
command_sample() {
    local wanted=${1:-} folder names=()
    [ $# -gt 0 ] && shift
    for folder in "$root"/samples/*/; do
        folder=${folder%/}
        [ "$(basename "$folder")" = Shared ] && continue
        names+=("$(basename "$folder")")
        if [ "$(basename "${folder,,}")" = "${wanted,,}" ]; then
            run_program "$folder" "ResNetGen.Samples.$(basename "$folder")" "$0 sample $(basename "$folder")" "$@"
        fi
    done
    die "there is no sample '$wanted': expected one of ${names[*]}"
}

command_test() {
    local log status=0 arguments=()
    build "$root/ResNetGen.sln"
    [ $# -gt 0 ] && arguments=(--filter "$1")
    log=$(mktemp)
    dotnet test "$root/ResNetGen.sln" -c "$configuration" --no-build --nologo "${arguments[@]}" 2>&1 | tee "$log" || status=$?
    # One line for all projects, which is also what continuous integration reads.
    awk '/(Passed|Failed|Skipped)! +-/ {
             for (i = 1; i < NF; i++) {
                 if ($i == "Failed:") failed += $(i + 1)
                 if ($i == "Passed:") passed += $(i + 1)
                 if ($i == "Skipped:") skipped += $(i + 1)
             }
         }
         END {
             printf "%d passed, %d failed", passed, failed
             if (skipped > 0) printf ", %d skipped", skipped
             printf "\n"
             exit passed == 0 || failed > 0
         }' "$log" || status=1
    rm -f "$log"
    # The yardstick's own arithmetic: a second, where there is a Python at all.
    if [ $# -eq 0 ] && command -v python3 >/dev/null 2>&1 && ! python3 -B -m unittest discover -q -s "$root/bench/tests" >"$log" 2>&1; then
        cat "$log" >&2
        say "build.sh: the benchmarks' own arithmetic is wrong; see above"
        status=1
    fi
    rm -f "$log"
    return $status
}

command_nightly() {
    local status=0
    RESNETGEN_RANDOM_NETWORKS=1000 RESNETGEN_RANDOM_SEED=random command_test RandomNetworks || status=1
    say "build.sh: kill -9, changed bytes, full disks"
    "$root/tests/ResNetGen.Reliability/run.sh" || status=1
    "$root/tests/onnx/check.sh" || status=1
    ensure_torchvision
    say "build.sh: kill -9, SIGSTOP, a pulled cable and torchrun's restarts among several processes"
    "$root/tests/ResNetGen.Reliability/distributed.sh" || status=1
    say "build.sh: one group with a process of PyTorch"
    command_test InteropTests || status=1
    say "build.sh: weights from PyTorch and back"
    "$root/tests/ResNetGen.RoundTrip/run.sh" "$(mktemp)" || status=1
    return $status
}

command_bench() {
    case "${1:-}" in
        generator|profile) ;;
        *) ensure_torchvision ;;
    esac
    exec "$root/bench/run" "$@"
}

command_pack() {
    local properties made
    mapfile -t properties < <(msbuild_properties)
    build "$root/ResNetGen.sln"
    # Packages that were good stay until there are new ones.
    made=$(mktemp -d)
    dotnet pack "$root/ResNetGen.sln" -c "$configuration" --no-build --nologo -v quiet -o "$made" "${properties[@]}"
    if uses_own_libtorch; then
        say "build.sh: using the packages in projects of their own (compiles the shims: a minute or two)"
        RESNETGEN_PACKAGES=$made dotnet test "$root/tests/ResNetGen.Package.Tests" -c "$configuration" --no-build --nologo
    else
        say "build.sh: the packages are not tried: a program over the official packages needs a machine that has them"
    fi
    mkdir -p "$root/artifacts/packages"
    rm -f "$root"/artifacts/packages/*.nupkg "$root"/artifacts/packages/*.snupkg
    mv "$made"/*.nupkg "$made"/*.snupkg "$root/artifacts/packages/"
    rmdir "$made"
    ls -1 "$root"/artifacts/packages/*.nupkg
}

command_clean() {
    # Only where projects are: a virtual environment beside them has a bin/ of its own.
    find "$root"/{src,generators,tests,samples,bench,templates} -type d \( -name bin -o -name obj -o -name TestResults \) -prune -print0 | xargs -0 -r rm -rf
    rm -rf "$root/artifacts"
    say "build.sh: removed bin/, obj/, TestResults/ and artifacts/"
}
