// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/validation/promptadvice.h"

#include "app/validation/scenarioquality.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace {

/** Below that a model has to make most of it up. */
constexpr int FewestWords = 8;

struct AdviceWords
{
    Q_DECLARE_TR_FUNCTIONS(AdviceWords)
};

bool says(const QString &prompt, const QRegularExpression &expression)
{
    return expression.match(prompt).hasMatch();
}

QRegularExpression words(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption |
                                           QRegularExpression::UseUnicodePropertiesOption);
}

bool namesExtent(const QString &prompt)
{
    static const QRegularExpression number = words(QStringLiteral(
        "\\d[\\d.,]*\\s*(%|percent|ms\\b|s\\b|sec|minutes?\\b|[kmgt]i?b\\b|bytes|req|rps|qps|"
        "times\\b|x\\b|errors?\\b|connections?\\b|threads?\\b|retries|messages?\\b|jobs?\\b)"));
    static const QRegularExpression metric = words(QStringLiteral(
        "\\b(cpu|memory|heap|disk|swap|i/?o|latenc\\w+|response times?|p9[059]|throughput|"
        "error rates?|http 5\\d\\d|http 4\\d\\d|connections?|queue (depth|length)|backlog|"
        "lag|packet loss|cache hit|restarts?|requests? per second)\\b|\\w+_(percent|seconds|"
        "bytes|total|ratio|count)\\b"));
    return says(prompt, number) || says(prompt, metric);
}

bool namesCause(const QString &prompt)
{
    static const QRegularExpression cause = words(QStringLiteral(
        "\\b(because|caused?|causes|due to|root cause|leak\\w*|misconfig\\w*|expired?|"
        "exhaust\\w*|deploy\\w*|release\\w*|roll-?out|rolled out|upgrade\\w*|migrat\\w+|bugs?|"
        "regression|broken|missing index|index is missing|lock(ed|ing)?|deadlock\\w*|unbounded|"
        "not closed|never (closed|rotated|released|expires)|nobody|forgot\\w*|flag|"
        "failover|failed over|full table scan|retry storm|traffic (spike|surge)|throttl\\w+|"
        "wrong|changed?|changes|outage of|bad)\\b|\\{\\{\\s*cause\\s*\\}\\}"));
    return says(prompt, cause);
}

bool namesOnset(const QString &prompt)
{
    static const QRegularExpression onset = words(QStringLiteral(
        "\\b(since|ago|began|begins?|begun|started|starts|starting|first|suddenly|abruptly|"
        "gradual\\w*|slowly|within|over the (last|past|next)|for the (last|past)|"
        "in the (last|past)|at \\d{1,2}(:\\d\\d| ?[ap]m)|minutes? (after|later)|"
        "(shortly|right|minutes|hours) after|after (a|the) (deploy\\w*|release|upgrade|restart))"
        "\\b|\\{\\{\\s*since\\s*\\}\\}"));
    return says(prompt, onset);
}

bool namesReach(const QString &prompt)
{
    static const QString many = QStringLiteral(
        "(\\d[\\d.,]*|all|every|each|both|half|most|some|one|two|three|four|five|six|few|several|"
        "many|no|none)");
    static const QString who = QStringLiteral(
        "(pods?|replicas?|instances?|nodes?|containers?|workers?|customers?|users?|tenants?|"
        "clients?|requests?|orders?|payments?|logins?|sessions?|regions?|zones?|brokers?|"
        "partitions?|shards?|hosts?|servers?|checkouts?|transactions?)");
    static const QRegularExpression reach = words(
        QStringLiteral(
            "\\b%1\\s*(%|percent)?\\s*(out )?(of )?(the |its |our |their )?(\\d+ )?(\\w+ )?%2\\b")
            .arg(many, who));
    return says(prompt, reach);
}

/** The severity that the words suggest, where they do. */
std::optional<Severity> suggested(const QString &prompt)
{
    static const QRegularExpression named =
        words(QStringLiteral("\\b(low|medium|high|critical)[ -]severity\\b|"
                             "\\bseverity( is|:| of)? (low|medium|high|critical)\\b"));
    if (const auto match = named.match(prompt); match.hasMatch()) {
        return severityFromString((match.captured(1) + match.captured(3)).toLower());
    }
    static const QRegularExpression worst = words(
        QStringLiteral("\\b(outage|(completely|fully|entirely) (down|unavailable)|is down|"
                       "data loss|loses data|all (users|customers|requests|payments)|nobody can|"
                       "every (request|login|payment) fails|critical|sev-?1|p1)\\b"));
    if (says(prompt, worst)) {
        return Severity::Critical;
    }
    static const QRegularExpression least =
        words(QStringLiteral("\\b(minor|slight\\w*|barely|cosmetic|nobody notices|harmless|"
                             "a little|sev-?4|p4)\\b"));
    if (says(prompt, least)) {
        return Severity::Low;
    }
    return {};
}

QString sentenceFor(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return AdviceWords::tr("It is a minor problem that barely shows.");
    case Severity::Medium:
        return AdviceWords::tr("Customers notice it, but everything still works.");
    case Severity::High:
        return AdviceWords::tr("Many requests are slow or fail.");
    case Severity::Critical:
        break;
    }
    return AdviceWords::tr("It is an outage: most requests fail.");
}

PromptAdvice severityAdvice(const QString &prompt, Severity severity)
{
    PromptAdvice advice{PromptAdvice::About::SeverityHint, true, {}, {}};
    const std::optional<Severity> hint = suggested(prompt);
    if (!hint) {
        advice.sentence =
            AdviceWords::tr("Nothing speaks against severity %1").arg(toString(severity));
        return advice;
    }
    // "Outage" fits high as well, "minor" medium.
    advice.isGood = std::abs(int(*hint) - int(severity)) <= 1;
    advice.sentence = advice.isGood
                          ? AdviceWords::tr("Its words fit severity %1").arg(toString(severity))
                          : AdviceWords::tr("Sounds %1, but severity %2 is chosen")
                                .arg(toString(*hint), toString(severity));
    if (!advice.isGood) {
        advice.insertion = sentenceFor(severity);
    }
    return advice;
}

} // namespace

int wordCount(const QString &text)
{
    int count = 0;
    bool isInside = false;
    for (const QChar c : text) {
        const bool isWord = c.isLetterOrNumber() || c.isSurrogate();
        // "p99", "it's" and "5.2" are one word each.
        const bool joins = isInside && (c == u'\'' || c == u'.' || c == u'-' || c == u'_');
        if (isWord && !isInside) {
            ++count;
        }
        isInside = isWord || joins;
    }
    return count;
}

QList<PromptAdvice> promptAdvice(const QString &prompt, Severity severity)
{
    using About = PromptAdvice::About;
    const auto advice = [](About about, bool isGood, const QString &good, const QString &missing,
                           const QString &insertion) {
        return PromptAdvice{about, isGood, isGood ? good : missing, isGood ? QString() : insertion};
    };
    QList<PromptAdvice> all;
    all << advice(About::Extent, namesExtent(prompt),
                  AdviceWords::tr("Names a metric or an extent"),
                  AdviceWords::tr("Names no metric and no extent"),
                  AdviceWords::tr("CPU usage climbs to 95 %."))
        << advice(About::Cause, namesCause(prompt), AdviceWords::tr("Names a cause"),
                  AdviceWords::tr("Names no cause"),
                  AdviceWords::tr("The cause is a release that was deployed before."))
        << advice(About::Onset, namesOnset(prompt), AdviceWords::tr("Says when it began"),
                  AdviceWords::tr("Does not say when it began"),
                  AdviceWords::tr("It began 20 minutes ago."))
        << advice(About::Reach, namesReach(prompt), AdviceWords::tr("Says how many are affected"),
                  AdviceWords::tr("Does not say how many pods or customers are affected"),
                  AdviceWords::tr("3 of 4 pods are affected."))
        << severityAdvice(prompt, severity)
        << advice(About::Instruction, instructionIn(prompt).isEmpty(),
                  AdviceWords::tr("No instruction to the model inside"),
                  AdviceWords::tr("Tells the model what to do; describe the incident instead"), {});
    const int count = wordCount(prompt);
    all << advice(About::Length, count >= FewestWords, AdviceWords::tr("Long enough"),
                  count == 0 ? AdviceWords::tr("Nothing is written yet")
                             : AdviceWords::tr("Very short: the model has to make most of it up"),
                  {});
    return all;
}
