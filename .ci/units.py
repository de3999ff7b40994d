#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles the sources in ways in which no build does, for their syntax alone.

Usage: units.py BUILD_FOLDER JOBS, of a folder that was configured for Clang, without unity batches.

Each room of more than one batch is compiled as one unit: whether names in anonymous namespaces
collide must depend neither on which sources share a batch nor on the version of CMake that makes the
batches. Each source is compiled by itself: whether it includes what it uses must not depend on its
neighbors. So is each header, by the source that includes it first or else by its own.

What nearly every source includes of Qt and of the standard library is parsed once, which halves the
time; whether a source includes these is left to luck.
"""
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys

COMMON = ("QCoreApplication", "QDateTime", "QHash", "QJsonArray", "QJsonObject", "QList", "QObject", "algorithm",
          "chrono", "functional", "map", "memory", "optional", "variant", "vector")
ROOM = re.compile(r"CMakeFiles/((?:app|ui)-[a-z]+)\.dir/")
BATCH = re.compile(r"^set\(ORCHESTRATOR_BATCH (\d+)\)$", re.MULTILINE)
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def commands(folder):
    """(room or None, source, words of the command without its output, folder) for each source of ours."""
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
        room = ROOM.search(output)
        found.append((room and room.group(1), source, kept, entry["directory"]))
    return found


def headers(root, found):
    """(header, words, folder) for each header of the rooms that no source proves to be complete."""
    first = set()
    commands_in = {}
    for _, source, words, directory in found:
        if include := INCLUDE.search(source.read_text()):
            first.add(root / include.group(1))
        commands_in.setdefault(source.parent, (words, directory))
    for folder, (words, directory) in commands_in.items():
        if folder.parent in (root / "app", root / "ui"):
            for header in sorted(set(folder.glob("*.h")) - first):
                yield header, words, directory


def compiled(name, words, source, directory):
    """Nothing, or what the compiler says."""
    run = subprocess.run(
        [*words, "-fsyntax-only", "-fno-caret-diagnostics", str(source)],
        cwd=directory, capture_output=True, text=True, check=False)
    return f"{name}:\n{run.stderr}" if run.returncode else ""


def precompiled(folder, words, directory):
    """The option that includes what is common, parsed with the words of a room that needs the least."""
    header = folder / "common.h"
    header.write_text("".join(f"#include <{name}>\n" for name in COMMON))
    subprocess.run([*words, "-x", "c++-header", str(header), "-o", f"{header}.pch"], cwd=directory, check=True)
    return ["-include-pch", f"{header}.pch"]


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    found = commands(folder)
    if not found:
        sys.exit(f"units: {folder} has no sources")

    root = pathlib.Path(__file__).resolve().parents[1]
    batch = int(BATCH.search((root / "cmake" / "room.cmake").read_text()).group(1))
    jobs = []
    for room in sorted({entry[0] for entry in found if entry[0]}):
        sources = [entry for entry in found if entry[0] == room]
        if len(sources) < batch:  # it is one unit in every build, with what moc writes
            continue
        whole = folder / f"{room}.cpp"
        whole.write_text("".join(f'#include "{source}"\n' for _, source, _, _ in sources))
        _, _, words, directory = sources[0]
        jobs.append((f"{room} as one unit ({len(sources)} sources)", words, whole, directory))
    jobs += [(str(source), words, source, directory) for _, source, words, directory in found]
    for header, words, directory in headers(root, found):
        jobs.append((str(header), [*words, "-x", "c++", "-Wno-pragma-once-outside-header"], header, directory))

    _, _, words, directory = next(entry for entry in found if entry[0] == "app-base")
    common = precompiled(folder, words, directory)
    jobs = [(name, [*words, *common], source, directory) for name, words, source, directory in jobs]
    with concurrent.futures.ThreadPoolExecutor(int(sys.argv[2])) as pool:
        problems = [text for text in pool.map(lambda job: compiled(*job), jobs) if text]
    print("\n".join(problems), end="")
    print(f"{len(jobs)} units, {len(problems)} of them do not compile")
    sys.exit(1 if problems else 0)


main()
