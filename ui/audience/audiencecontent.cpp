// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencecontent.h"

#include "app/base/timetext.h"
#include "app/player/runwords.h"
#include "ui/charts/runclock.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace {

using std::chrono::milliseconds;

/** A refusal comes at once; what is under way for longer than this has been taken. */
constexpr double ClearlyUnderWayMs = 300;

/** The context of these words for translators. */
struct AudienceWords
{
    Q_DECLARE_TR_FUNCTIONS(AudienceWindow)
};

milliseconds wholeSeconds(double ms)
{
    return milliseconds(qint64(std::floor(ms / 1000)) * 1000);
}

/** Counts down to 0:00 exactly when it begins. */
milliseconds startedSeconds(double ms)
{
    return milliseconds(qint64(std::ceil(ms / 1000)) * 1000);
}

bool hasBegun(const IncidentRun &run, double elapsedMs)
{
    if (run.state == IncidentState::Created)
        return true;
    return run.state == IncidentState::Sending && run.attempts <= 1 && run.sentMs &&
           elapsedMs - *run.sentMs >= ClearlyUnderWayMs;
}

QString ago(double ms)
{
    const qint64 seconds = qint64(std::max(0.0, ms) / 1000);
    if (seconds < 60)
        return AudienceWords::tr("began %1 s ago").arg(seconds);
    if (seconds < 3600)
        return AudienceWords::tr("began %1 min ago").arg(seconds / 60);
    return AudienceWords::tr("began %1 h %2 min ago").arg(seconds / 3600).arg(seconds / 60 % 60);
}

QString hypothesesText(int count)
{
    return count == 1 ? AudienceWords::tr("1 hypothesis")
                      : AudienceWords::tr("%1 hypotheses").arg(count);
}

QString actionsText(int count)
{
    return count == 1 ? AudienceWords::tr("1 action") : AudienceWords::tr("%1 actions").arg(count);
}

QString factsOf(const IncidentRun &run, bool isNow)
{
    const QString at = timeText(wholeSeconds(RunClock::onsetOf(run)));
    if (isNow)
        return AudienceWords::tr("%1, now").arg(at);
    return run.hypotheses ? AudienceWords::tr("%1, %2").arg(at, hypothesesText(*run.hypotheses))
                          : at;
}

void addNext(const RunRecord &record, double positionMs, AudienceContent &content)
{
    const int index = record.nextIndex();
    if (index < 0)
        return;
    const IncidentRun &next = record.incidents()[index];
    content.next = AudienceWords::tr("Next on %1").arg(next.service);
    const double left = double(next.delay.count()) - positionMs;
    if (left > 0)
        content.nextIn = timeText(startedSeconds(left));
}

void addTotals(const RunRecord &record, AudienceContent &content)
{
    int created = 0;
    int hypotheses = 0;
    int actions = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (run.state != IncidentState::Created)
            continue;
        ++created;
        hypotheses += run.hypotheses.value_or(0);
        actions += run.actions.value_or(0);
    }
    // A finished run's own clock has stopped; the view's went on while there was something to see.
    const QString time = timeText(wholeSeconds(record.positionAt(0)));
    content.totals = created == 1 ? AudienceWords::tr("1 incident in %1").arg(time)
                                  : AudienceWords::tr("%1 incidents in %2").arg(created).arg(time);
    QStringList found;
    if (hypotheses > 0)
        found.append(hypothesesText(hypotheses));
    if (actions > 0)
        found.append(actionsText(actions));
    content.findings = found.join(AudienceWords::tr(", "));
}

void addBeginning(const QDateTime &beginning, const QDateTime &now, AudienceContent &content)
{
    if (!beginning.isValid() || beginning <= now) {
        content.beginsWhen = AudienceWords::tr("Begins shortly");
        return;
    }
    content.beginsIn = timeText(startedSeconds(double(now.msecsTo(beginning))));
    content.beginsWhen =
        AudienceWords::tr("at %1").arg(QLocale().toString(beginning.time(), QLocale::ShortFormat));
}

} // namespace

AudienceContent audienceContent(const RunRecord &record, double positionMs, double elapsedMs,
                                const AudienceContent::Options &options, const QDateTime &now)
{
    AudienceContent content;
    content.title = record.timelineName().isEmpty() ? options.title : record.timelineName();
    const RunState state = record.state();
    if (state == RunState::Idle || state == RunState::Preparing) {
        addBeginning(options.beginning, now, content);
        return content;
    }
    const bool isOver =
        (state == RunState::Stopped || state == RunState::Finished) && options.isOver;
    content.phase = isOver ? AudienceContent::Phase::Over : AudienceContent::Phase::Running;
    content.clock = timeText(wholeSeconds(std::max(0.0, positionMs)));

    std::vector<const IncidentRun *> begun;
    for (const IncidentRun &run : record.incidents()) {
        if (run.state == IncidentState::Created)
            ++content.counts[size_t(run.severity)];
        if (hasBegun(run, elapsedMs))
            begun.push_back(&run);
    }
    std::stable_sort(begun.begin(), begun.end(), [](const IncidentRun *a, const IncidentRun *b) {
        return RunClock::onsetOf(*a) < RunClock::onsetOf(*b);
    });
    for (const IncidentRun *run : begun) {
        const bool isCurrent = run == begun.back();
        const bool isNow = isCurrent && !isOver &&
                           (run->duration.count() == 0 ||
                            positionMs < RunClock::onsetOf(*run) + double(run->duration.count()));
        content.cards.append(
            {run->index, run->severity, run->title, factsOf(*run, isNow), isCurrent});
    }
    if (!begun.empty()) {
        const IncidentRun &run = *begun.back();
        content.current = run.index;
        content.severity = run.severity;
        content.sinceOnsetMs = positionMs - RunClock::onsetOf(run);
        content.where = AudienceWords::tr("%1, %2").arg(run.service, ago(content.sinceOnsetMs));
        content.headline = run.title;
        content.narration = run.narration.simplified();
    }
    if (isOver)
        addTotals(record, content);
    else if (options.showsNext)
        addNext(record, positionMs, content);
    return content;
}

QString AudienceContent::spoken() const
{
    QStringList sentences{title};
    switch (phase) {
    case Phase::Before:
        sentences.append(beginsWhen);
        break;
    case Phase::Running:
        for (int i = int(counts.size()) - 1; i >= 0; --i) {
            if (counts[size_t(i)] > 0)
                sentences.append(QStringLiteral("%1 %2").arg(QString::number(counts[size_t(i)]),
                                                             severityName(Severity(i))));
        }
        sentences.append(headline);
        sentences.append(narration);
        sentences.append(next);
        break;
    case Phase::Over:
        sentences.append(totals);
        sentences.append(findings);
        break;
    }
    sentences.removeAll(QString());
    return sentences.join(QStringLiteral(". "));
}
