#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the JSON Schema of timelines and the program's own check together.

Each file of tests/data/schema shows one rule. Both accept those in good/ and refuse those in bad/,
at the same place; what a schema cannot see is in bad-program-only/ and put to the program alone.
Those in warned/ are accepted by both, and the program warns where they differ from what the schema
hints at with "anyOf": [hint, true]. The shipped timelines count as good ones.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]


def without_comments(text):
    """The text with blanks in place of // and /* */ comments; what stands in strings stays."""
    out = []
    i = 0
    while i < len(text):
        if text[i] == '"':
            end = i + 1
            while end < len(text) and text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[i:end + 1])
            i = end + 1
        elif text.startswith("//", i):
            end = text.find("\n", i)
            i = len(text) if end < 0 else end
        elif text.startswith("/*", i):
            end = text.find("*/", i + 2)
            if end < 0:
                raise ValueError("a comment is not closed")
            out.append(" ")
            i = end + 2
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def pointer_of(path):
    """The JSON pointer of a path of keys and indexes."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def schema_errors(validator, path):
    """The pointers of what the schema finds wrong."""
    document = json.loads(without_comments(path.read_text(encoding="utf-8")))
    return [pointer_of(error.absolute_path) for error in validator.iter_errors(document)]


def with_hints(schema):
    """The schema with each hint as a rule: {"anyOf": [hint, true]} becomes the hint."""
    if isinstance(schema, list):
        return [with_hints(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: with_hints(part) for key, part in schema.items()}
    choices = strict.get("anyOf")
    if isinstance(choices, list) and len(choices) == 2 and choices[1] is True:
        del strict["anyOf"]
        strict = {**strict, "allOf": strict.get("allOf", []) + [choices[0]]}
    return strict


def program_problems(program, path, environment):
    """The problems that the program finds, by errors and others; checks its exit code."""
    run = subprocess.run(
        [program, "check", "--file", str(path), "--json"],
        stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60, check=False)
    said = run.stderr.decode("utf-8", "replace").strip()
    if run.returncode not in (0, 2):
        raise ValueError(f"the program exits with {run.returncode}: {said}")
    try:
        answer = json.loads(run.stdout.decode("utf-8"))
    except ValueError as error:
        raise ValueError(f"the program's standard output is not JSON: {error}; {said}") from error
    errors = [p for p in answer["problems"] if p["kind"] == "error"]
    if bool(errors) != (run.returncode == 2):
        raise ValueError(f"exit code {run.returncode} with {len(errors)} errors: {errors}")
    return errors, [p for p in answer["problems"] if p["kind"] != "error"]


def is_within(first, second):
    """Whether one of two JSON pointers is the other or leads to it."""
    shorter, longer = sorted((first, second), key=len)
    return longer == shorter or longer.startswith(shorter + "/")


def check(path, kind, validator, hints, program, environment):
    """Nothing, or the sentence that says what is wrong."""
    found, remarks = program_problems(program, path, environment)
    told = "; ".join(f"{p.get('pointer', '')}: {p['message']}" for p in found)
    if kind == "bad-program-only":
        return None if found else "the program accepts it"

    expected = schema_errors(validator, path)
    if kind in ("good", "warned"):
        if expected:
            return f"the schema refuses it at {expected}"
        if found:
            return f"the program refuses it: {told}"
        hinted = sorted(set(schema_errors(hints, path)))
        warned = sorted(p["pointer"] for p in remarks
                        if p["rule"] in ("foreign-type", "severity-spelling"))
        if hinted != warned:
            return f"the schema hints at {hinted}, the program warns at {warned}"
        return "nobody warns" if kind == "warned" and not warned else None

    if not expected:
        return "the schema accepts it"
    if not found:
        return "the program accepts it"
    places = [p["pointer"] for p in found if p.get("pointer")]
    if places and not any(is_within(e, p) for e in expected for p in places):
        return f"the schema points to {expected}, the program to {places}"
    return None


def main():
    parser = argparse.ArgumentParser(description="Compare the timeline schema with the program.")
    parser.add_argument("program", help="path of timeline-orchestrator-cli")
    arguments = parser.parse_args()
    if not os.access(arguments.program, os.X_OK):
        parser.error(f"there is no program {arguments.program}")

    schema = json.loads((ROOT / "resources/timeline.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    hints = jsonschema.Draft202012Validator(with_hints(schema))

    data = ROOT / "tests/data/schema"
    files = [(p, kind) for kind in ("good", "warned", "bad", "bad-program-only")
             for p in sorted((data / kind).glob("*.json"))]
    files += [(p, "good") for p in sorted((ROOT / "timelines").glob("*.json"))]

    passed = failed = 0
    # Scenarios and timelines of whoever runs this must not take part.
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home}
        for place in ("DATA", "CONFIG", "STATE", "CACHE"):
            environment[f"XDG_{place}_HOME"] = os.path.join(home, place.lower())
        for variable in ("TIMELINE_API_URL", "TIMELINE_API_KEY"):
            environment.pop(variable, None)
        for path, kind in files:
            try:
                wrong = check(path, kind, validator, hints, arguments.program, environment)
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                wrong = f"{type(error).__name__}: {error}"
            if wrong is None:
                passed += 1
            else:
                failed += 1
                print(f"FAIL {path.relative_to(ROOT)}: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
