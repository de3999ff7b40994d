#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with_reader.sh PROGRAM [ARGUMENT…]: runs it with a home, a D-Bus session and an accessibility bus
# that nobody else uses, as if a screen reader were there, and removes them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/home"
mkdir -m 700 "$folder/run"

# Asking for its address starts the bus, which the program looks for once, when it starts.
# shellcheck disable=SC2016 # the inner shell expands it
env -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u AT_SPI_BUS_ADDRESS \
    -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME \
    HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 \
    dbus-run-session -- bash -c '
        dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus \
            org.a11y.Bus.GetAddress >/dev/null
        exec "$0" "$@"' "$@"
