#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles the sources in ways in which no build does, for their syntax alone.

Usage: units.py BUILD_FOLDER JOBS, of a folder that was configured for Clang, without unity batches.

Each library is compiled as one unit: whether names in anonymous namespaces collide must depend
neither on which sources share a batch nor on the version of CMake that makes the batches. And each
source is compiled by itself: whether it includes what it uses must not depend on its neighbors.
"""
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys

LIBRARY = re.compile(r"CMakeFiles/(timeline-[a-z]+)\.dir/")


def commands(folder):
    """(library or None, source, words of the command without its output) for each source of ours."""
    found = []
    for entry in json.loads((folder / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if folder in source.parents:  # what moc and rcc write; a build makes it
            continue
        words = shlex.split(entry["command"])
        while "clang" not in words[0]:  # ccache, which gains nothing here
            words.pop(0)
        output = words[words.index("-o") + 1]
        kept = [word for word in words if word not in ("-c", "-o", output, entry["file"])]
        library = LIBRARY.search(output)
        found.append((library and library.group(1), source, kept, entry["directory"]))
    return found


def compiled(name, words, source, directory):
    """Nothing, or what the compiler says."""
    run = subprocess.run(
        [*words, "-fsyntax-only", "-fno-caret-diagnostics", str(source)],
        cwd=directory, capture_output=True, text=True, check=False)
    return f"{name}:\n{run.stderr}" if run.returncode else ""


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    found = commands(folder)
    if not found:
        sys.exit(f"units: {folder} has no sources")

    jobs = []
    for library in sorted({entry[0] for entry in found if entry[0]}):
        sources = [entry for entry in found if entry[0] == library]
        whole = folder / f"{library}.cpp"
        whole.write_text("".join(f'#include "{source}"\n' for _, source, _, _ in sources))
        _, _, words, directory = sources[0]
        jobs.append((f"{library} as one unit ({len(sources)} sources)", words, whole, directory))
    jobs += [(str(source), words, source, directory) for _, source, words, directory in found]

    with concurrent.futures.ThreadPoolExecutor(int(sys.argv[2])) as pool:
        problems = [text for text in pool.map(lambda job: compiled(*job), jobs) if text]
    print("\n".join(problems), end="")
    print(f"{len(jobs)} units, {len(problems)} of them do not compile")
    sys.exit(1 if problems else 0)


main()
