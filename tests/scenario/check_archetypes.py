#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the archetypes of the offline generator, and that each shipped prompt finds one.

Every file of scenarios/archetypes is held to the format and to the limits within which any drawn
number makes a truthful scenario. For each prompt of resources/prompts and timelines the best and
the second archetype are printed; a prompt whose best is not clearly ahead is an error.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios" / "archetypes"
FALLBACK = "latency_degradation"
LEAST_FILES = 46
# The strongest deviations that the generator draws: "critical" goes up to eight times the spread.
STRONGEST = 8.0

KEYS = {"id", "name", "root_cause", "keywords", "names", "descriptions", "words", "metrics",
        "capacity_bytes", "context", "actions"}
OPTIONAL = {"capacity_bytes"}
METRIC_KEYS = {"name", "unit", "pattern", "direction", "baseline", "spread", "maximum"}
UNITS = {"seconds", "bytes", "%", "ratio", "count", "req/s", "boolean"}
SUFFIXES = (("_seconds", "seconds"), ("_bytes", "bytes"), ("_percent", "%"), ("_ratio", "ratio"),
            ("_total", "count"))
PATTERNS = {"constant", "linear", "spike", "oscillating", "step"}
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
NOT_IN_NAMES = re.compile(r"\b(low|medium|high|critical|severe|major|minor)\b", re.IGNORECASE)
NOT_ANYWHERE = re.compile(
    r"\b(slightly|somewhat|marginally|catastrophic(ally)?|dramatic(ally)?|massive(ly)?|severe(ly)?|"
    r"tenfold|doubled|tripled|(two|three|four|five|ten) times|twice)\b", re.IGNORECASE)
SATURATION = re.compile(
    r"(cpu|memory|disk|heap|queue|pool|connections|lag|backlog|pods?|pending|usage|thread|buffer|"
    r"in_flight|descriptors|evictions|capacity|bandwidth|throttled|lock|wait|replicas|depth|"
    r"saturation|storage|sessions|series|shards|nodes|garbage|load)")
ERRORS = re.compile(
    r"(error|fail|rejected|status_[45]|restart|timeout|deadlock|denied|oom|kills|dropped|loss|"
    r"retransmit|conflict|mismatch|missing|stale|blocks|locked|retries|breaker|dead_letter|"
    r"responses_empty|missed|throttled)")
TRAFFIC = re.compile(r"(requests|_per_second|calls|messages|traffic|egress|transactions|logins|"
                     r"orders|queries|published|processed|received|sessions|bytes_sent)")
LATENCY = re.compile(r"_seconds")

errors = []


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_range(value):
    return (isinstance(value, list) and len(value) == 2 and all(is_number(part) for part in value)
            and value[0] <= value[1])


def is_text(value):
    return isinstance(value, str) and value.strip() == value and value != ""


def signals_of(name):
    """The golden signals that a metric of this name tells about."""
    kinds = (("errors", ERRORS), ("latency", LATENCY), ("saturation", SATURATION),
             ("traffic", TRAFFIC))
    return {kind for kind, pattern in kinds if pattern.search(name)}


def texts_in(value):
    """All strings in a value, keys of objects left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)


class Checker:
    """Checks one archetype; what is wrong is gathered with its file's name."""

    def __init__(self, path):
        self.path = path
        self.data = {}

    def wrong(self, text):
        errors.append(f"{self.path.name}: {text}")

    def check(self):
        try:
            self.data = json.loads(self.path.read_text(encoding="utf-8"))
        except ValueError as error:
            self.wrong(f"not JSON: {error}")
            return None
        data = self.data
        missing = KEYS - OPTIONAL - data.keys()
        for key in sorted(missing):
            self.wrong(f"{key} is missing")
        for key in sorted(data.keys() - KEYS):
            self.wrong(f"{key} is not part of the format")
        if missing:
            return None
        if data["id"] != self.path.stem or not SNAKE.fullmatch(data["id"]):
            self.wrong("the id is not the file's name in snake_case")
        if not is_text(data["name"]):
            self.wrong("the name is empty")
        if not SNAKE.fullmatch(data["root_cause"]):
            self.wrong("root_cause is not snake_case")
        actions = data["actions"]
        if not 2 <= len(actions) <= 4 or len(set(actions)) != len(actions):
            self.wrong("actions are two to four different ones")
        for action in actions:
            if not SNAKE.fullmatch(action):
                self.wrong(f"action {action} is not snake_case")
        self.check_keywords()
        self.check_metrics()
        self.check_texts()
        self.check_context()
        return data

    def check_keywords(self):
        for phrase, weight in self.data["keywords"].items():
            if phrase != phrase.lower() or not is_text(phrase):
                self.wrong(f"keyword '{phrase}' is not in lower case")
            if not isinstance(weight, int) or isinstance(weight, bool) or not 1 <= weight <= 5:
                self.wrong(f"keyword '{phrase}': the weight is a whole number from 1 to 5")

    def check_metrics(self):
        metrics = self.data["metrics"]
        if not 4 <= len(metrics) <= 6:
            self.wrong("metrics are four to six")
        names = [metric.get("name") for metric in metrics]
        if len(set(names)) != len(names):
            self.wrong("a metric stands twice")
        if metrics and metrics[0].get("direction") != "up":
            self.wrong("the first metric goes up")
        for metric in metrics:
            self.check_metric(metric)
        self.check_percentiles({metric["name"]: metric for metric in metrics})
        signals = set().union(*(signals_of(name) for name in names)) if names else set()
        if len(signals) < 2:
            self.wrong(f"only {', '.join(sorted(signals)) or 'no signal'} is covered")
        stems = {name[:-6] for name in names if name.endswith("_bytes")}
        paired = stems & {name[:-8] for name in names if name.endswith("_percent")}
        capacity = self.data.get("capacity_bytes")
        if paired and not (is_range(capacity) and capacity[0] > 0):
            self.wrong("bytes beside percent need capacity_bytes")
        if capacity is not None and not paired:
            self.wrong("capacity_bytes without bytes beside percent")

    def check_metric(self, metric):
        name = metric.get("name", "")
        say = lambda text: self.wrong(f"{name}: {text}")
        unit = metric.get("unit")
        if not SNAKE.fullmatch(name):
            say("not snake_case")
        for key in sorted(metric.keys() - METRIC_KEYS):
            say(f"{key} is not part of the format")
        if unit not in UNITS:
            say(f"unit {unit} is not known")
        if metric.get("pattern") not in PATTERNS:
            say("the pattern is not known")
        direction = metric.get("direction")
        if direction not in ("up", "down"):
            say("the direction is up or down")
        stem = re.sub(r"_p\d+$", "", name)
        for suffix, expected in SUFFIXES:
            if stem.endswith(suffix) and unit != expected:
                say(f"the suffix {suffix} wants the unit {expected}")
            if unit == expected and expected != "count" and not stem.endswith(suffix):
                say(f"the unit {unit} wants the suffix {suffix}")
        if unit == "req/s" and not stem.endswith("_per_second"):
            say("only a name with _per_second carries req/s")
        if unit == "boolean":
            if "baseline" in metric or "spread" in metric:
                say("a boolean has neither baseline nor spread")
            return
        baseline, spread = metric.get("baseline"), metric.get("spread")
        if not (is_range(baseline) and baseline[0] > 0):
            say("the baseline is a range above 0")
            return
        if not (is_range(spread) and 0.02 <= spread[0] and spread[1] <= 0.9):
            say("the spread is a range within 0.02 to 0.9")
            return
        if direction == "down" and spread[1] > 0.12:
            say("the spread of what goes down is 0.12 at most")
        highest = baseline[1]
        if direction == "up":
            highest *= 1 + STRONGEST * spread[1]
        maximum = metric.get("maximum")
        if maximum is not None:
            if not (is_number(maximum) and maximum > baseline[1] * (1 + 2 * spread[0])):
                say("the maximum leaves no room above the baseline")
            else:
                highest = min(highest, maximum)
        limit = {"%": 100, "ratio": 1}.get(unit)
        if limit is not None and highest > limit:
            say(f"the value may reach {highest:.4g}, above {limit}")
        # A count is rounded to a whole number: from a small one a weak deviation would vanish.
        least = baseline[0] * 2 * spread[0]
        if unit == "count" and least < 0.5 and metric.get("pattern") != "constant":
            say(f"the smallest deviation, {least:.2g}, rounds to none")

    def check_percentiles(self, metrics):
        for name, lower in metrics.items():
            if not name.endswith("_p95"):
                continue
            upper = metrics.get(name[:-4] + "_p99")
            if upper is None:
                continue
            if (lower["direction"], lower["pattern"]) != (upper["direction"], upper["pattern"]):
                self.wrong(f"{name} and its p99 do not move alike")
            if lower["baseline"][1] >= upper["baseline"][0]:
                self.wrong(f"{name}: the baseline of p99 is not above it")

    def check_texts(self):
        data = self.data
        for key in ("names", "descriptions"):
            if len(data[key]) < 3 or len(set(data[key])) != len(data[key]):
                self.wrong(f"{key} are three different ones at least")
        for word, choices in data["words"].items():
            if not SNAKE.fullmatch(word) or word == "service":
                self.wrong(f"word {word} is not a name for a word")
            if len(set(choices)) < 3 or not all(is_text(choice) for choice in choices):
                self.wrong(f"word {word} has less than three choices")
            if any("{{" in choice for choice in choices):
                self.wrong(f"word {word} holds a placeholder")
        metrics = {metric["name"]: metric for metric in data["metrics"]}
        known = {"service"} | data["words"].keys()
        for name, metric in metrics.items():
            if metric["unit"] != "boolean":
                known |= {name + ".value", name + ".baseline"}
        used = set()
        for text in texts_in({key: data[key] for key in ("names", "descriptions", "context")}):
            for placeholder in PLACEHOLDER.findall(text):
                used.add(placeholder)
                if placeholder not in known:
                    self.wrong(f"{{{{{placeholder}}}}} is not known")
            rest = PLACEHOLDER.sub("", text)
            if "{" in rest or "}" in rest:
                self.wrong(f"stray brace in '{text}'")
            if NOT_ANYWHERE.search(rest):
                self.wrong(f"'{NOT_ANYWHERE.search(rest).group()}' is not true for every number")
            if not is_text(text) or "  " in text:
                self.wrong(f"stray space in '{text}'")
            self.check_starts(text)
        for word in data["words"].keys() - used:
            self.wrong(f"word {word} is never used")
        for name in data["names"]:
            longest = name.replace("{{service}}", "notification-service")
            for word, choices in data["words"].items():
                longest = longest.replace("{{" + word + "}}", max(choices, key=len))
            if len(longest) > 80:
                self.wrong(f"'{longest}' is longer than 80 characters")
            if "{{service}}" not in name:
                self.wrong(f"'{name}' does not name the service")
            if NOT_IN_NAMES.search(name) or name.endswith("."):
                self.wrong(f"'{name}' names a severity or ends in a full stop")
            if re.search(r"\.(value|baseline)\}\}", name):
                self.wrong(f"'{name}' holds a number")
        for text in data["descriptions"]:
            plain = PLACEHOLDER.sub("X", text)
            sentences = len(re.findall(r"[.!?](\s|$)", plain))
            if not 2 <= sentences <= 4 or not plain.endswith("."):
                self.wrong(f"not two to four sentences: '{text}'")
            if re.search(r"\d", plain.replace("p95", "").replace("p99", "").replace("503", "")
                         .replace("502", "").replace("504", "").replace("429", "")
                         .replace("401", "").replace("500", "")):
                self.wrong(f"a number that is no placeholder in '{text}'")
            if not re.search(r"\{\{[a-z0-9_]+\.value\}\}", text):
                self.wrong(f"no metric is quoted in '{text}'")

    def check_starts(self, text):
        """A sentence does not begin with a word in lower case."""
        for word in re.findall(r"(?:^|[.!?] )\{\{([a-z0-9_]+)\}\}", text):
            for choice in self.data["words"].get(word, []):
                # "v2.1" is how a version is written.
                if choice[0].islower() and not re.match(r"v\d", choice):
                    self.wrong(f"a sentence begins with '{choice}': '{text}'")
                    break

    def check_context(self):
        context = self.data["context"]
        if context.keys() != {"recent_deployments", "configuration_changes", "environment"}:
            self.wrong("the context has deployments, configuration changes and an environment")
            return
        for deployment in context["recent_deployments"]:
            if deployment.keys() != {"version", "minutes_before_detection", "changes"}:
                self.wrong("a deployment has a version, minutes_before_detection and changes")
                continue
            minutes = deployment["minutes_before_detection"]
            if not (is_range(minutes) and minutes[0] > 0):
                self.wrong("a deployment lies before the detection")
            if not deployment["changes"]:
                self.wrong("a deployment changes something")
        if not all(is_text(change) for change in context["configuration_changes"]):
            self.wrong("configuration changes are sentences")
        for key, value in context["environment"].items():
            if isinstance(value, list) and not is_range(value):
                self.wrong(f"environment {key} is no range")


def shipped_prompts():
    """Where each prompt stands, its text and the service that it is put with."""
    for path in sorted((ROOT / "resources" / "prompts").glob("*.json")):
        for prompt in json.loads(path.read_text(encoding="utf-8"))["prompts"]:
            yield (f"{path.stem}: {prompt['title']}", prompt["llm_prompt"],
                   prompt["service_name"])
    for path in sorted((ROOT / "timelines").glob("*.json")):
        prompts = re.findall(r'"llm_prompt":\s*("(?:[^"\\]|\\.)*")',
                             path.read_text(encoding="utf-8"))
        for number, prompt in enumerate(prompts, 1):
            yield f"{path.stem}: prompt {number}", json.loads(prompt), ""


def score(archetype, text):
    """The weights of the keywords that begin a word of the text, as the generator counts them."""
    # [^\W_] is a letter or a digit; "_" parts words, so that "wal" finds "database_wal_bytes".
    return sum(weight for phrase, weight in archetype["keywords"].items()
               if re.search(r"(?<![^\W_])" + re.escape(phrase), text))


def check_prompt(where, text, archetypes):
    text = text.lower()
    ranking = sorted(((score(archetype, text), name) for name, archetype in archetypes.items()),
                     key=lambda entry: (-entry[0], entry[1]))
    (best, name), (second, other) = ranking[0], ranking[1]
    clear = best >= second + 3 and best >= 1.3 * second
    print(f"{'' if clear else '? '}{where}: {name} {best}, then {other} {second}")
    if not clear:
        errors.append(f"{where}: {name} ({best}) is not clearly ahead of {other} ({second})")
    return name


def main():
    archetypes = {}
    for path in sorted(FOLDER.glob("*.json")):
        data = Checker(path).check()
        if data is not None:
            archetypes[path.stem] = data
    if len(archetypes) < LEAST_FILES:
        errors.append(f"{len(archetypes)} archetypes, at least {LEAST_FILES} are expected")
    if FALLBACK not in archetypes:
        errors.append(f"{FALLBACK}, the fallback, is missing")
    if len(archetypes) >= 2:
        for where, text, service in shipped_prompts():
            plain = check_prompt(where, text.replace("{{service}}", ""), archetypes)
            # The service's own name must not lead to another archetype.
            named = check_prompt(f"{where} ({service})", text.replace("{{service}}", service),
                                 archetypes) if service else plain
            if named != plain:
                errors.append(f"{where}: {service} leads from {plain} to {named}")
    for error in errors:
        print(error, file=sys.stderr)
    print(f"{len(archetypes)} archetypes, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
