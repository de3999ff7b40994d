// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/targetpast.h"

#include "app/base/numbers.h"
#include "app/run/runmoments.h"
#include "app/runs/runstore.h"
#include "app/settings/datapaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace {

struct PastWords
{
    Q_DECLARE_TR_FUNCTIONS(TargetPast)
};

constexpr qsizetype MostJournals = 10;
/** A larger one takes longer to read than somebody waits for a check. */
constexpr qint64 LargestJournal = qint64(16) * 1024 * 1024;
constexpr auto Remembered = std::chrono::minutes(10);
constexpr int TooMany = 429;

/** Reads one journal: which posts its target counted, and what it said of its limit. */
struct PastReader
    : Ignores<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack, Prepared,
              ClockStarted, Paused, Resumed, Held, Released, SpeedChanged, Jumped, Stopped, Armed,
              Skipped, NotFound, Fetched, Refired, TakenBack, Continued, NetworkChanged, ResumedRun,
              Finished, Named, Judged, Unknown>
{
    explicit PastReader(const QDateTime &since)
        : m_since(since)
    {}

    void read(const RunEvent &event)
    {
        m_times.apply(event);
        m_wall = m_times.wallOf(event);
        std::visit(*this, event.what);
    }

    using Ignores::operator();
    void operator()(const Sending &sending) { m_sent.insert(sending.index, m_wall); }
    void operator()(const Waiting &waiting)
    {
        m_sent.remove(waiting.index); // it was sent back and took no place, or did not arrive
        const bool isRefused = waiting.result.httpStatus == TooMany;
        if (const auto limit =
                isRefused ? statedLimit(waiting.result.error.value_or(QString())) : std::nullopt) {
            past.statedLimit = limit;
        }
    }
    void operator()(const Failed &failed)
    {
        if (failed.result.httpStatus.value_or(0) == 0) {
            m_sent.remove(failed.index); // it did not arrive
        } else {
            count(failed.index);
        }
    }
    void operator()(const Created &created) { count(created.index); }
    void operator()(const BecameUncertain &uncertain) { count(uncertain.index); }

    /** Of what has no outcome, nobody knows whether it was counted. */
    void end()
    {
        const QList<int> open = m_sent.keys();
        for (const int index : open) {
            count(index);
        }
    }

    TargetPast past;

private:
    void count(int index)
    {
        const QDateTime sent = m_sent.take(index);
        if (sent.isValid() && sent >= m_since) {
            past.sends.append(sent);
        }
    }

    QDateTime m_since;
    QDateTime m_wall; // of the event that is read
    RunMoments m_times;
    QHash<int, QDateTime> m_sent; // by index, without an outcome so far
};

} // namespace

TargetPast pastOf(const QString &target, const QDateTime &now)
{
    TargetPast past;
    const QFileInfoList files = QDir(DataPaths::runs())
                                    .entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files,
                                                   QDir::Time); // the last written first
    for (const QFileInfo &file : files.first(std::min(files.size(), MostJournals))) {
        if (file.size() > LargestJournal) {
            continue;
        }
        const Result<QList<RunEvent>> events = RunStore::events(file.absoluteFilePath());
        const RunBegan *began =
            events && !events->isEmpty() ? events->first().as<RunBegan>() : nullptr;
        if (!began || began->target != target) {
            continue;
        }
        PastReader reader(now.addMSecs(-std::chrono::milliseconds(Remembered).count()));
        for (const RunEvent &event : *events) {
            reader.read(event);
        }
        reader.end();
        past.sends += reader.past.sends;
        if (!past.statedLimit) {
            past.statedLimit = reader.past.statedLimit;
        }
    }
    std::sort(past.sends.begin(), past.sends.end());
    return past;
}

std::optional<RateLimit> statedLimit(const QString &said)
{
    static const QRegularExpression words(
        QStringLiteral(
            "\\b(\\d{1,6})\\s*(?:[a-z]+\\s+)?(?:per|in|every|within|/)\\s*(\\d{1,6})?\\s*"
            "(s|secs?|seconds?|m|mins?|minutes?|h|hours?)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = words.match(said);
    const int sends = int(wholeFromText(match.captured(1)).value_or(0));
    const int count =
        match.captured(2).isEmpty() ? 1 : int(wholeFromText(match.captured(2)).value_or(0));
    if (!match.hasMatch() || sends < 1 || count < 1) {
        return std::nullopt;
    }
    const QChar unit = match.captured(3).at(0).toLower();
    const std::chrono::milliseconds one = unit == u's'   ? std::chrono::seconds(1)
                                          : unit == u'm' ? std::chrono::minutes(1)
                                                         : std::chrono::hours(1);
    return RateLimit{sends, one * count};
}

QString limitText(const RateLimit &limit)
{
    return PastWords::tr("%1 in %2 s", "rate limit: incidents, seconds")
        .arg(QString::number(limit.sends), numberText(double(limit.window.count()) / 1000));
}
