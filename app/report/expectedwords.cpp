// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/expectedwords.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace {

/**
 * One line a family, by words; the first stands for all. Kept small on purpose: each is a word that
 * responders really use for the other, and a doubt is for the user to settle.
 */
constexpr std::array Families{
    "deploy release rollout",
    "database db sql postgresql postgres mysql query",
    "memory heap ram",
    "cpu processor",
    "disk volume storage filesystem",
    "exhaust full fill saturate",
    "auth authentication login signin",
    "network connectivity",
    "external upstream third",
    "surge spike burst peak flood",
    "performance slow latency slowdown",
    "timeout overdue",
    "restart reboot recycle",
    "rollback revert",
    "scale autoscale replica",
    "limit throttl",
    "alert notify notification page",
    "tune tuning adjust",
    "optimize index",
    "failover switchover",
    "cleanup purge",
    "block deny",
    "rotate renew",
};

/** Whatever is wrong, and whoever is told, can be called so. */
constexpr std::array Empty{"issue",   "problem",     "failure", "fail", "incident", "cause",
                           "degrade", "degradation", "team",    "the",  "a",        "an",
                           "of",      "in",          "on",      "to",   "and"};
/** Everything that is slow is that: alone it tells one cause from another as little. */
constexpr QLatin1String Weak("performance");

/** Written apart or together. */
constexpr std::array<std::pair<const char *, const char *>, 6> Compounds{{
    {"roll back", "rollback"},
    {"clean up", "cleanup"},
    {"fail over", "failover"},
    {"fall back", "fallback"},
    {"time out", "timeout"},
    {"sign in", "signin"},
}};

/** Takes off what makes a noun or a verb of the same thing; not a grammar, but the same for both
 * sides. */
QString stemOf(const QString &word)
{
    if (word.endsWith(u"ies") && word.size() > 5) {
        return word.chopped(3) + u'y';
    }
    if (word.endsWith(u"ss")) {
        return word;
    }
    static const std::array suffixes{"isation", "ization", "ised", "ized", "ises", "izes", "ise",
                                     "ize",     "ments",   "ment", "ings", "ing",  "ions", "ion",
                                     "ities",   "ity",     "ed",   "es",   "s",    "e"};
    for (const char *suffix : suffixes) {
        const QLatin1String ending(suffix);
        // What is left has to say something.
        if (word.endsWith(ending) && word.size() - ending.size() >= 4) {
            return word.chopped(ending.size());
        }
    }
    return word.endsWith(u's') && word.size() > 3 ? word.chopped(1) : word;
}

const QHash<QString, QString> &families()
{
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> made;
        for (const char *line : Families) {
            const QStringList words = QString::fromLatin1(line).split(u' ');
            for (const QString &word : words) {
                made.insert(stemOf(word), words.first());
            }
        }
        return made;
    }();
    return table;
}

} // namespace

QStringList ExpectedWords::of(const QString &text)
{
    QString plain;
    plain.reserve(text.size() + 8);
    QChar before = u' ';
    for (const QChar c : text) {
        if (c.isUpper() && before.isLower()) {
            plain += u' ';
        }
        plain += c.isLetterOrNumber() ? c.toLower() : QChar(u' ');
        before = c;
    }
    plain = u' ' + plain.simplified() + u' ';
    for (const auto &[apart, together] : Compounds) {
        plain.replace(u' ' + QLatin1String(apart) + u' ', u' ' + QLatin1String(together) + u' ');
    }
    QStringList words;
    const QStringList parts = plain.split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString stem = stemOf(part);
        words.append(families().value(stem, stem));
    }
    return words;
}

QStringList ExpectedWords::telling(const QString &text)
{
    static const QSet<QString> empty = [] {
        QSet<QString> made;
        for (const char *word : Empty) {
            made.insert(stemOf(QLatin1String(word)));
        }
        return made;
    }();
    const QStringList all = of(text);
    QStringList telling = all;
    telling.removeIf([](const QString &word) { return empty.contains(word); });
    const bool says = std::any_of(telling.begin(), telling.end(),
                                  [](const QString &word) { return word != Weak; });
    return says ? telling : all;
}
