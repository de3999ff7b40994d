// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/checkitem.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace {

/** The context of this file's words for translators. */
struct CheckWords
{
    Q_DECLARE_TR_FUNCTIONS(ShowCheck)
};

constexpr std::array StateNames{"good", "unknown", "warning", "problem", "running"};

QString topicOf(const QString &id)
{
    const std::pair<const char *, QString> topics[]{
        {"target", CheckWords::tr("Target")},       {"key", CheckWords::tr("Key")},
        {"scenarios", CheckWords::tr("Scenarios")}, {"rate-limit", CheckWords::tr("Rate limit")},
        {"timeline", CheckWords::tr("Timeline")},   {"pins", CheckWords::tr("Prompts")},
        {"generator", CheckWords::tr("Generator")}, {"interrupted", CheckWords::tr("Past runs")},
        {"clock", CheckWords::tr("Clock")},         {"power", CheckWords::tr("Power")},
        {"sleep", CheckWords::tr("Sleep")},         {"disk", CheckWords::tr("Disk")}};
    for (const auto &[known, topic] : topics) {
        if (id == QLatin1String(known)) {
            return topic;
        }
    }
    return id;
}

} // namespace

CheckItem checkItem(const char *id)
{
    CheckItem item;
    item.id = QLatin1String(id);
    item.topic = topicOf(item.id);
    item.brief = CheckWords::tr("being checked");
    item.sentence = CheckWords::tr("Being checked…");
    return item;
}

QString stateId(CheckItem::State state)
{
    return QLatin1String(StateNames[static_cast<size_t>(state)]);
}

QString stateName(CheckItem::State state)
{
    switch (state) {
    case CheckItem::State::Good:
        return CheckWords::tr("Good");
    case CheckItem::State::Unknown:
        return CheckWords::tr("Not known");
    case CheckItem::State::Warning:
        return CheckWords::tr("Warning");
    case CheckItem::State::Problem:
        return CheckWords::tr("Problem");
    case CheckItem::State::Running:
        return CheckWords::tr("Being checked");
    }
    return {};
}

QJsonObject toJson(const CheckItem &item)
{
    return {{QStringLiteral("id"), item.id},
            {QStringLiteral("topic"), item.topic},
            {QStringLiteral("state"), stateId(item.state)},
            {QStringLiteral("sentence"), item.sentence},
            {QStringLiteral("fix"), item.fix}};
}

QString fixLabel(const QString &fixId)
{
    if (fixId == u"choose-target") {
        return CheckWords::tr("Choose target…");
    }
    if (fixId == u"enter-key") {
        return CheckWords::tr("Enter key…");
    }
    if (fixId == u"open-problems") {
        return CheckWords::tr("Show problems");
    }
    if (fixId == u"spread-out") {
        return CheckWords::tr("Spread them out");
    }
    if (fixId == u"pin-all") {
        return CheckWords::tr("Generate and pin");
    }
    if (fixId == u"choose-generator") {
        return CheckWords::tr("Generators…");
    }
    if (fixId == u"resume-run") {
        return CheckWords::tr("Past runs…");
    }
    if (fixId == u"open-runs-folder") {
        return CheckWords::tr("Open folder");
    }
    return {};
}

CheckItem::State verdictOf(const QList<CheckItem> &items)
{
    CheckItem::State worst = CheckItem::State::Good;
    for (const CheckItem &item : items) {
        worst = std::max(worst, item.state);
    }
    return worst;
}

QString verdictSentence(const QList<CheckItem> &items)
{
    const auto count = [&](CheckItem::State state) {
        return std::count_if(items.begin(), items.end(),
                             [state](const CheckItem &item) { return item.state == state; });
    };
    const auto running = count(CheckItem::State::Running);
    if (running > 0) {
        return CheckWords::tr("Checking: %1 of %2 are known.")
            .arg(items.size() - running)
            .arg(items.size());
    }
    const auto problems = count(CheckItem::State::Problem);
    const auto warnings = count(CheckItem::State::Warning);
    const auto unknown = count(CheckItem::State::Unknown);
    QStringList parts;
    if (problems > 0) {
        parts.append(problems == 1 ? CheckWords::tr("1 problem")
                                   : CheckWords::tr("%1 problems").arg(problems));
    }
    if (warnings > 0) {
        parts.append(warnings == 1 ? CheckWords::tr("1 warning")
                                   : CheckWords::tr("%1 warnings").arg(warnings));
    }
    if (unknown > 0) {
        parts.append(CheckWords::tr("%1 not known").arg(unknown));
    }
    return parts.isEmpty() ? CheckWords::tr("All is well.")
                           : QString(parts.join(QStringLiteral(", ")) + u'.');
}
