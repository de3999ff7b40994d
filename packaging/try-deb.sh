#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the Debian package, asks lintian about it, installs it in a fresh folder that holds nothing
# but a minimal system (debootstrap; same release and sources as this machine), and there plays
# busy_day and asks both programs for their version, as an ordinary user. Last it removes the
# package and looks for leftovers. Needs root or sudo, about 1.5 GB under TMPDIR, and some minutes.
# TRY_DEB_SUITE names another release; it has to be one that this machine's sources have.
set -euo pipefail

# shellcheck source=packaging/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v apt-get >/dev/null || fail "this needs a Debian or Ubuntu machine, and there is no apt here."

install_packages "${build_packages[@]}" "${window_packages[@]}" \
    dpkg-dev file lintian debootstrap 'debian-archive-keyring?' 'ubuntu-keyring?'
configure release
build release

say "Packing"
packages="$root/build/release/packages"
rm -rf "$packages"
(cd "$root/build/release" && cpack -G DEB -B "$packages" >"$root/build/release/cpack.log" 2>&1) || {
    cat "$root/build/release/cpack.log" >&2
    fail "cpack could not make the package."
}
shopt -s nullglob
debs=("$packages"/*.deb)
[ "${#debs[@]}" -eq 1 ] || fail "cpack made ${#debs[@]} packages, and one was expected."
deb=${debs[0]}
dpkg-deb --info "$deb" | sed 's/^/    /'
dpkg-deb --contents "$deb" | sed 's/^/    /'

say "Asking lintian"
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$deb" ||
    fail "lintian is not content."

# shellcheck source=/dev/null
suite=${TRY_DEB_SUITE:-$(. /etc/os-release && echo "${VERSION_CODENAME:-}")}
[ -n "$suite" ] || fail "this system does not say its release; name one in TRY_DEB_SUITE."

# Every source of this release that the machine has: "URI RELEASE COMPONENT" a line.
# shellcheck disable=SC2016 # apt fills in these variables
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | sort -u | awk -v s="$suite" '$2 == s || index($2, s "-") == 1')
mirror=$(awk -v s="$suite" '$2 == s && $3 == "main" { print $1; exit }' <<<"$sources")
[ -n "$mirror" ] || fail "apt has no source for $suite; run apt-get update, or name another release."

system=$(mktemp -d "${TMPDIR:-/tmp}/try-deb.XXXXXX")
cleanup() { as_root rm -rf --one-file-system "$system"; }
trap cleanup EXIT
chmod 755 "$system" # apt fetches as a user of its own

say "Making a minimal system of $suite"
as_root debootstrap --variant=minbase --include=ca-certificates "$suite" "$system" "$mirror" \
    >"$root/build/release/debootstrap.log" 2>&1 || {
    tail -n 20 "$root/build/release/debootstrap.log" >&2
    fail "debootstrap could not make the system; this needs the right to make devices."
}

# The same sources and the same way to them as here; nothing may start a service in there.
awk '{ print "deb " $1 " " $2 " " $3 }' <<<"$sources" |
    as_root tee "$system/etc/apt/sources.list" >/dev/null
apt-config dump Acquire | grep -E '^Acquire::(http|https)::' |
    as_root tee "$system/etc/apt/apt.conf.d/99host" >/dev/null || true
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    as_root cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/ca-certificates.crt"
fi
as_root cp /etc/resolv.conf "$system/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' | as_root tee "$system/usr/sbin/policy-rc.d" >/dev/null
as_root chmod 755 "$system/usr/sbin/policy-rc.d"
as_root cp "$deb" "$system/tmp/package.deb"

inside() {
    as_root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
        DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} \
        ${https_proxy:+https_proxy="$https_proxy"} chroot "$system" "$@"
}
# As somebody who owns nothing but a home, and has no display.
as_user() {
    as_root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/tmp/home QT_QPA_PLATFORM=offscreen \
        chroot --userspec=1000:1000 "$system" "$@"
}

say "Installing the package there, without what it only recommends"
inside apt-get -q update >/dev/null || fail "the minimal system cannot reach its sources."
inside apt-get -q -y install --no-install-recommends /tmp/package.deb \
    >"$root/build/release/install.log" 2>&1 || {
    tail -n 20 "$root/build/release/install.log" >&2
    fail "the package does not install on a minimal system."
}
as_root install -d -o 1000 -g 1000 "$system/tmp/home"

say "timeline-orchestrator-cli list"
as_user timeline-orchestrator-cli list </dev/null || fail "the command line does not list timelines."
say "timeline-orchestrator-cli run --timeline busy_day --speed 1000 --yes"
as_user timeline-orchestrator-cli run --timeline busy_day --speed 1000 --yes </dev/null ||
    fail "the command line does not play busy_day."
say "timeline-orchestrator --version"
as_user timeline-orchestrator --version </dev/null || fail "the window's program does not start."

say "Removing the package again"
inside apt-get -q -y -o Dpkg::Use-Pty=0 purge timeline-orchestrator >/dev/null || fail "the package cannot be removed."
left=$(as_root find "$system/usr" "$system/etc" "$system/var" -iname '*timeline[-_]orchestrator*' \
    -not -path '*/var/lib/dpkg/*' -not -path '*/var/log/*')
[ -z "$left" ] || fail "the package leaves behind: $left"

say "The package $(basename "$deb") installs, plays and goes away again on a clean $suite."
