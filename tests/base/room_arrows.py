#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the arrows between the rooms with those that their CMakeLists.txt name.

Usage: room_arrows.py [--fix] [ROOT]

A room is a folder of app/ or ui/. Its arrows are its #include lines, and DEPENDS of its
orchestrator_room() allows them. The check fails on an include of a room that DEPENDS does not name,
on a name in DEPENDS that no include needs, on an include of a file that does not exist, on a room of
app/ that includes one of ui/, on a file of app/ or ui/ that is in no room, on a source that its
CMakeLists.txt does not list or that does not exist, and on rooms that depend on each other in a
circle; and on a source of more than 500 lines whose head has no reason for it. With --fix, it first writes DEPENDS as the includes need it; whether an arrow should be there
remains your decision.
"""
import pathlib
import re
import sys

SIDES = ("app", "ui")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
CALL = re.compile(r"^orchestrator_room\(([^\s)]+)([^)]*)\)", re.MULTILINE)
KEYWORDS = ("PROGRAM", "DEPENDS", "QT", "PRIVATE", "SOURCES")
PROGRAM_FILE = {"ui/window/main.cpp"}  # a program, linked with its room
WIDTH = 100
LONGEST = 500  # lines, without a reason
REASON = "// Longer than most sources: "


def sources(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".cpp", ".h"))


def declared(text):
    """The room that a CMakeLists.txt declares, and its words by keyword; None if it declares none."""
    call = CALL.search(re.sub(r"#.*", "", text))
    if not call:
        return None
    words = {keyword: [] for keyword in KEYWORDS}
    keyword = None
    for word in call.group(2).split():
        if word in words:
            keyword = word
        elif keyword:
            words[keyword].append(word)
    return call.group(1), words


def included(root, room, problems):
    """The rooms that the files of a room include, each with the lines that do so."""
    found = {}
    for path in sources(root / room):
        name = path.relative_to(root).as_posix()
        for target in INCLUDE.findall(path.read_text()):
            parts = target.split("/")
            if len(parts) != 3 or parts[0] not in SIDES:
                problems.append(f'{name} includes "{target}"; say "app/room/file.h" or "ui/room/file.h"')
                continue
            if not (root / target).is_file():
                problems.append(f'{name} includes "{target}", which does not exist')
            other = "/".join(parts[:2])
            if other != room:
                found.setdefault(other, []).append(f'{name} includes "{target}"')
    return found


def circle(arrows):
    """Rooms of which each depends on the next, and the last on the first; empty if there are none."""
    done = set()

    def search(room, path):
        if room in path:
            return path[path.index(room):] + [room]
        if room in done:
            return []
        for other in sorted(arrows.get(room, ())):
            if rooms := search(other, path + [room]):
                return rooms
        done.add(room)
        return []

    for room in sorted(arrows):
        if rooms := search(room, []):
            return rooms
    return []


def depends(names):
    """The lines of DEPENDS."""
    lines = ["    DEPENDS"] if names else []
    for name in names:
        if len(lines[-1]) + 1 + len(name) > WIDTH:
            lines.append("       ")
        lines[-1] += f" {name}"
    return "".join(f"{line}\n" for line in lines)


def fix(path, names):
    text = path.read_text()
    text = re.sub(r"^    DEPENDS(?:\s+(?:app|ui)/\w+)+\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(orchestrator_room\(.*\n)", lambda call: call.group(1) + depends(names), text,
                  flags=re.MULTILINE)
    path.write_text(text)


def check(root, fixing):
    problems = []
    arrows = {"includes": {}, "DEPENDS": {}}
    for side in SIDES:
        for path in sorted((root / side).iterdir()):
            if path.is_file() and path.name != "CMakeLists.txt":
                problems.append(f"{path.relative_to(root)} is in no room")
    rooms = sorted(path for side in SIDES for path in (root / side).iterdir() if path.is_dir())
    for folder in rooms:
        room = folder.relative_to(root).as_posix()
        lists = folder / "CMakeLists.txt"
        if not lists.exists() or not (found := declared(lists.read_text())):
            problems.append(f"{room} has no CMakeLists.txt with orchestrator_room()")
            continue
        needed = included(root, room, problems)
        if fixing:
            fix(lists, sorted(needed))
            found = declared(lists.read_text())
        name, words = found
        if name != room:
            problems.append(f"{room}/CMakeLists.txt declares {name}")
        allowed = words["DEPENDS"]
        if allowed != sorted(set(allowed)):
            problems.append(f"DEPENDS of {room} is not sorted, or names a room twice")
        for other, lines in sorted(needed.items()):
            if side_up(room, other):
                problems.append(f"{lines[0]}, but app/ knows nothing of ui/")
            elif other not in allowed:
                problems.append(f"{lines[0]}, but DEPENDS of {room} does not name {other}")
        for other in allowed:
            if side_up(room, other):
                problems.append(f"DEPENDS of {room} names {other}, but app/ knows nothing of ui/")
            elif not (root / other).is_dir():
                problems.append(f"DEPENDS of {room} names {other}, which does not exist")
            elif other not in needed:
                problems.append(f"DEPENDS of {room} names {other}, which no file of {room} includes")
        listed = {f"{room}/{source}" for source in words["SOURCES"]}
        present = {path.relative_to(root).as_posix() for path in sources(folder)}
        problems += [f"{source} is not in {room}/CMakeLists.txt"
                     for source in sorted(present - listed - PROGRAM_FILE)]
        problems += [f"{room}/CMakeLists.txt lists {source}, which does not exist"
                     for source in sorted(listed - present)]
        problems += [f"{path.relative_to(root)} has more than {LONGEST} lines, and no reason in its head"
                     for path in sources(folder) if is_too_long(path.read_text())]
        arrows["includes"][room] = needed
        arrows["DEPENDS"][room] = allowed
    for what, graph in arrows.items():
        if names := circle(graph):
            problems.append(f"by their {what}, rooms depend on each other: {' > '.join(names)}")
    count = sum(len(names) for names in arrows["DEPENDS"].values())
    return len(rooms), count, problems


def is_too_long(text):
    """True for a long source without the line that says why."""
    lines = text.splitlines()
    return len(lines) > LONGEST and not any(line.startswith(REASON) for line in lines[:6])


def side_up(room, other):
    """True if a room of the core names one of the window."""
    return room.startswith("app/") and other.startswith("ui/")


def main():
    words = sys.argv[1:]
    fixing = "--fix" in words
    words = [word for word in words if word != "--fix"]
    root = pathlib.Path(words[0]) if words else pathlib.Path(__file__).resolve().parents[2]
    rooms, count, problems = check(root, fixing)
    print("\n".join(problems + [f"{rooms} rooms, {count} arrows, {len(problems)} problems"]))
    sys.exit(1 if problems or rooms < 30 else 0)


main()
