#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing, builds everything and runs all tests; the summary of ctest comes last.
# ORCHESTRATOR_PRESET names another preset than release, CTEST_PARALLEL_LEVEL how many tests run at
# a time (one, unless set). Arguments are passed on to ctest.
set -euo pipefail

# shellcheck source=packaging/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=${ORCHESTRATOR_PRESET:-release}

install_packages "${build_packages[@]}" "${window_packages[@]}" "${test_packages[@]}"
configure "$preset"
build "$preset"

say "Testing ($preset)"
cd "$root"
ctest --preset "$preset" "$@" ||
    fail "not all tests passed; the list above names those that failed."
