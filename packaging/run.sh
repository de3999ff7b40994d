#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds a release and opens the window with the timeline busy_day, ready
# to play on the embedded sandbox. Without a display busy_day is played on the command line, sixty
# times as fast. Arguments are passed on to the program instead.
set -euo pipefail

# shellcheck source=packaging/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install_packages "${build_packages[@]}" "${window_packages[@]}"
configure release
build release timeline-orchestrator timeline-orchestrator-cli shipped-data

bin="$root/build/release/bin"
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    [ $# -gt 0 ] || set -- --timeline busy_day
    say "Opening the window: timeline-orchestrator $*"
    exec "$bin/timeline-orchestrator" "$@"
fi
if [ $# -eq 0 ]; then
    say "There is no display, so busy_day is played here, sixty times as fast (about 15 seconds)"
    set -- run --timeline busy_day --speed 60 --yes
fi
say "timeline-orchestrator-cli $*"
exec "$bin/timeline-orchestrator-cli" "$@"
