# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
#
# What run.sh, test.sh, try-deb.sh and .ci/run share: installing packages, configuring, building.
# To be sourced; the caller sets -euo pipefail.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# A specification is a package name, or names that stand for the same in different releases, joined
# by |, the preferred one first. With a trailing ? it is done without where there is none.
build_packages=(
    cmake ninja-build g++ ccache mold
    qt6-base-dev qt6-base-dev-tools 'libqt6opengl6-dev?'
    'qt6-charts-dev|libqt6charts6-dev' 'qt6-svg-dev|libqt6svg6-dev'
    qtkeychain-qt6-dev libexpected-dev libgl-dev zlib1g-dev
)
window_packages=('qt6-qpa-plugins?' 'qt6-wayland?' fonts-dejavu-core)
test_packages=(
    xvfb xauth xdotool
    dbus gnome-keyring at-spi2-core
    python3 python3-jsonschema
    desktop-file-utils appstream groff-base
)

say() { printf '==> %s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

cores() { nproc 2>/dev/null || echo 2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# installed_names: every installed package, one a line.
installed_names() {
    # shellcheck disable=SC2016 # dpkg-query fills in these variables
    dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u
}

# has_candidate NAME: whether apt can install it.
has_candidate() {
    local policy
    policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)
    case $policy in
        '' | *'Candidate: (none)'*) return 1 ;;
        *) return 0 ;;
    esac
}

# Set to 1 where packages were added, since CMake has to look again then.
packages_added=0

# install_packages SPECIFICATION…: installs what is missing, and touches apt only for that.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "There is no apt here, so nothing is installed. Needed are: CMake 3.22 or newer, Ninja, a"
        say "C++20 compiler, Qt 6.4 or newer (Base, Charts), QtKeychain for Qt 6, tl-expected and zlib;"
        say "for the tests also Xvfb, xdotool, D-Bus, gnome-keyring, at-spi2-core, Python 3 and its"
        say "jsonschema."
        say "Going on with what is here."
        return 0
    fi

    local specification name found
    local -a names missing=() chosen=()
    local present
    present=$(installed_names)
    for specification in "$@"; do
        found=no
        IFS='|' read -r -a names <<<"${specification%'?'}"
        for name in "${names[@]}"; do
            if grep -qxF -- "$name" <<<"$present"; then
                found=yes
                break
            fi
        done
        [ "$found" = yes ] || missing+=("$specification")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0

    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "these packages are missing: ${missing[*]}; install them as root, or install sudo."
    fi

    # What can be done without, and is not to be had, is not worth refreshing the lists for.
    local required=no offered=no
    for specification in "${missing[@]}"; do
        if [[ $specification != *'?' ]]; then
            required=yes
        elif has_candidate "${specification%'?'}"; then
            offered=yes
        fi
    done
    [ "$required $offered" != "no no" ] || return 0
    say "Refreshing the lists of packages"
    as_root apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 update >/dev/null ||
        say "Some lists could not be refreshed; going on with those there are"

    for specification in "${missing[@]}"; do
        found=no
        IFS='|' read -r -a names <<<"${specification%'?'}"
        for name in "${names[@]}"; do
            if has_candidate "$name"; then
                chosen+=("$name")
                found=yes
                break
            fi
        done
        if [ "$found" = no ] && [[ $specification != *'?' ]]; then
            fail "apt knows no package ${specification//|/ or }; add a source that has it (Debian 12 or" \
                "Ubuntu 24.04 with universe), and start again."
        fi
    done
    [ "${#chosen[@]}" -gt 0 ] || return 0

    say "Installing ${chosen[*]} (this can take some minutes)"
    local log
    log=$(mktemp)
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends \
        "${chosen[@]}" </dev/null >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        if [ "$required" = no ]; then
            say "Going on without ${chosen[*]}, which can be done without"
            return 0
        fi
        fail "apt could not install the packages; mend what it says above, and start again."
    fi
    rm -f "$log"
    packages_added=1
}

# prepare_ccache: objects are found again in a second checkout and with generated sources.
prepare_ccache() {
    export CCACHE_BASEDIR="$root"
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    export CCACHE_NOHASHDIR=1
    if [ -z "${CCACHE_DIR:-}" ] && { [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; }; then
        export CCACHE_DIR="$root/build/ccache"
    fi
}

# forget_other_checkout DIR: CMake refuses a build folder that was made at another place.
forget_other_checkout() {
    local cache="$1/CMakeCache.txt"
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        say "$1 was made for another place; configuring anew"
        rm -rf "$cache" "$1/CMakeFiles" "$1/build.ninja"
    fi
}

# configure PRESET: only where Ninja would not do it by itself.
configure() {
    local preset=$1 dir="$root/build/$1" log
    command -v cmake >/dev/null || fail "cmake is missing; install CMake 3.22 or newer, and start again."
    prepare_ccache
    forget_other_checkout "$dir"
    if [ "$packages_added" -eq 0 ] && [ -f "$dir/build.ninja" ] &&
        [ "$dir/build.ninja" -nt "$root/CMakePresets.json" ]; then
        return 0
    fi
    say "Configuring ($preset)"
    mkdir -p "$dir"
    log="$dir/configure.log"
    if ! (cd "$root" && cmake --preset "$preset") >"$log" 2>&1; then
        cat "$log" >&2
        fail "CMake could not configure; the lines above name what is missing."
    fi
}

# build PRESET [TARGET…]: everything, where no target is named.
build() {
    local preset=$1
    shift
    local -a targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    say "Building ($preset), with $(cores) jobs"
    (cd "$root" && cmake --build --preset "$preset" --parallel "$(cores)" "${targets[@]}") ||
        fail "the build failed; the first error above says where."
}
