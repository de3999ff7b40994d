#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with_keyring.sh PROGRAM: runs it with a D-Bus session, a home and an unlocked keyring that nobody
# else uses, and removes them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/home"
mkdir -m 700 "$folder/run"

# The daemon is unlocked by one newline; with an empty input it stays locked.
# shellcheck disable=SC2016 # the inner shell expands it
env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS \
    -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME \
    HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" \
    dbus-run-session -- bash -c '
        echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        exec "$0"' "$1"
