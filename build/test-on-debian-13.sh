#!/usr/bin/env bash
# Proves the libtorch 2.x half: builds and tests this commit in a Debian 13 tree, whose libtorch is 2.6.
#
# usage: build/test-on-debian-13.sh [TREE]        needs root; TREE (default artifacts/debian-13) is kept for the next run
#
# The tree is made with debootstrap from the mirror that this machine's apt uses; the .NET SDK and the NuGet cache of this
# machine are mounted into it, and the last commit is cloned there, so that nothing of the working tree is touched.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=${1:-$root/artifacts/debian-13}

fail() { echo "test-on-debian-13: $*" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || fail "needs root, for debootstrap and chroot; run it with sudo"
command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing"
command -v debootstrap >/dev/null || { apt-get update -q >/dev/null; apt-get install -y -q --no-install-recommends debootstrap >/dev/null; }

mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(COMPONENT)' 2>/dev/null | awk '$2 == "Debian" && $3 == "main" && $1 !~ /security/ {print $1; exit}')
mirror=${MIRROR:-${mirror:-http://deb.debian.org/debian}}

if [ ! -e "$tree/usr/include/torch/csrc/api/include/torch/torch.h" ]; then
    echo "making a Debian 13 tree in $tree"
    mkdir -p "$tree"
    [ -x "$tree/bin/sh" ] || debootstrap --variant=minbase trixie "$tree" "$mirror" >"$tree.log" 2>&1 || fail "debootstrap failed; see $tree.log"
    cp /etc/resolv.conf "$tree/etc/resolv.conf"
    cp -rn /etc/apt/apt.conf.d/. "$tree/etc/apt/apt.conf.d/"
    rm -f "$tree"/etc/apt/apt.conf.d/*packagekit* "$tree"/etc/apt/apt.conf.d/*appstream*
    chroot "$tree" sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        ca-certificates git libicu-dev libtorch-dev libdnnl-dev libgloo-dev libopenblas0-openmp g++ cmake make' >>"$tree.log" 2>&1 ||
        fail "packages could not be installed in the tree; see $tree.log"
fi

dotnet_folder=$(dirname "$(readlink -f "$(command -v dotnet)")")
nuget_packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
mkdir -p "$tree/usr/share/dotnet" "$tree/root/.nuget/packages" "$tree/root/.nuget/NuGet" "$nuget_packages"
[ -f "$HOME/.nuget/NuGet/NuGet.Config" ] && cp "$HOME/.nuget/NuGet/NuGet.Config" "$tree/root/.nuget/NuGet/"

mounted=()
unmount() { for place in "${mounted[@]}"; do umount "$place" || umount -l "$place"; done; }
trap unmount EXIT
attach() { mount --bind "$1" "$tree$2"; mounted=("$tree$2" "${mounted[@]}"); }
attach "$dotnet_folder" /usr/share/dotnet
attach "$nuget_packages" /root/.nuget/packages
attach /proc /proc
attach /sys /sys
attach /dev /dev
attach /dev/pts /dev/pts
attach /dev/shm /dev/shm

rm -rf "$tree/root/resnetgen"
git clone -q "$root" "$tree/root/resnetgen"
echo "libtorch in the tree: $(chroot "$tree" dpkg-query -W -f '${Version}' libtorch-dev); commit $(git -C "$root" rev-parse --short HEAD)"
chroot "$tree" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false \
    PATH=/usr/share/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c 'cd /root/resnetgen && ./build.sh test'
