// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencecontent.h"
#include "ui/look/text.h"

#include "app/base/timetext.h"
#include "app/report/scoring.h"
#include "app/run/runwords.h"
#include "app/run/stageplan.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

/** The context of these words for translators. */
struct AudienceWords
{
    Q_DECLARE_TR_FUNCTIONS(AudienceWindow)
};

QString ago(Duration time)
{
    const qint64 seconds = secondsPassed(time).count();
    if (seconds < 60) {
        return AudienceWords::tr("began %1 s ago").arg(seconds);
    }
    if (seconds < 3600) {
        return AudienceWords::tr("began %1 min ago").arg(seconds / 60);
    }
    return AudienceWords::tr("began %1 h %2 min ago").arg(seconds / 3600).arg(seconds / 60 % 60);
}

QString factsOf(const IncidentRun &run, bool isNow, bool isOver)
{
    const QString at = timeText(secondsPassed(beganAt(run).time_since_epoch()));
    if (isNow) {
        return AudienceWords::tr("%1, now").arg(at);
    }
    if (run.hypotheses) {
        return AudienceWords::tr("%1, %2").arg(at, hypothesesText(*run.hypotheses));
    }
    return isOver ? at : AudienceWords::tr("%1, in progress").arg(at);
}

/** What the plan has next: what the target still owes is nothing that an audience waits for. */
void addNext(const RunRecord &record, TimelinePosition position, AudienceContent &content)
{
    const IncidentRun *next = nullptr;
    for (const IncidentRun &run : record.incidents()) {
        const bool comes = run.sends && run.state != IncidentState::Skipped &&
                           !run.wasSkippedUnsent && !hasBegun(run, position);
        if (comes && (!next || run.delay < next->delay)) {
            next = &run;
        }
    }
    if (!next) {
        return;
    }
    content.next = AudienceWords::tr("Next on %1").arg(next->service);
    const Duration left = TimelinePosition(next->delay) - position;
    if (left > Duration(0)) {
        content.nextIn = timeText(secondsLeft(left));
    }
}

QString causeText(const Hypothesis &hypothesis)
{
    QString category = hypothesis.category;
    return category.isEmpty() ? hypothesis.description.simplified()
                              : category.replace(u'_', u' ').simplified();
}

QString confidenceText(const Hypothesis &hypothesis)
{
    return hypothesis.confidence
               ? AudienceWords::tr("%1 %").arg(qRound(*hypothesis.confidence * 100))
               : QString();
}

AudienceContent::Responder responderOf(const IncidentRun &run)
{
    AudienceContent::Responder responder;
    if (run.state != IncidentState::Created) {
        responder.cause = AudienceWords::tr("Responder looks");
        return responder;
    }
    responder.hasAnswered = true;
    if (run.latency) {
        responder.after = AudienceWords::tr("after %1").arg(latencyText(*run.latency));
    }
    const QList<Hypothesis> hypotheses = hypothesesOf(run.incident);
    if (hypotheses.isEmpty()) {
        responder.cause = run.hypotheses.value_or(0) > 0 ? hypothesesText(*run.hypotheses)
                                                         : AudienceWords::tr("no cause found yet");
        return responder;
    }
    responder.cause = causeText(hypotheses[0]);
    responder.confidence = confidenceText(hypotheses[0]);
    responder.share = hypotheses[0].confidence;
    if (hypotheses.size() > 1) {
        responder.second = AudienceWords::tr("then %1").arg(causeText(hypotheses[1]));
        responder.secondConfidence = confidenceText(hypotheses[1]);
    }
    return responder;
}

QString narrationOf(const IncidentRun &run)
{
    QString narration = run.narration.simplified();
    return narration.compare(run.title.simplified(), Qt::CaseInsensitive) == 0 ? QString()
                                                                               : narration;
}

void addTotals(const RunRecord &record, qsizetype begun, AudienceContent &content)
{
    int hypotheses = 0;
    int actions = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (run.state != IncidentState::Created) {
            continue;
        }
        hypotheses += run.hypotheses.value_or(0);
        actions += run.actions.value_or(0);
    }
    content.totals = begun == 1
                         ? AudienceWords::tr("1 incident in %1").arg(content.clock)
                         : AudienceWords::tr("%1 incidents in %2").arg(begun).arg(content.clock);
    QStringList found;
    if (hypotheses > 0) {
        found.append(hypothesesText(hypotheses));
    }
    if (actions > 0) {
        found.append(actionsText(actions));
    }
    content.findings = found.join(AudienceWords::tr(", "));
}

void addBeginning(const QDateTime &beginning, const QDateTime &now, AudienceContent &content)
{
    if (!beginning.isValid() || beginning <= now) {
        content.beginsWhen = AudienceWords::tr("Begins shortly");
        return;
    }
    content.beginsIn = timeText(secondsLeft(std::chrono::milliseconds(now.msecsTo(beginning))));
    content.beginsWhen =
        AudienceWords::tr("at %1").arg(QLocale().toString(beginning.time(), QLocale::ShortFormat));
}

} // namespace

AudienceContent audienceContent(const RunRecord &record, TimelinePosition position,
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
    // A finished run's own clock has stopped; the view's goes on while there is something to see.
    const TimelinePosition planned = stagePosition(record, position);
    content.clock = timeText(secondsPassed(planned.time_since_epoch()));

    std::vector<const IncidentRun *> begun;
    for (const IncidentRun &run : record.incidents()) {
        if (!hasBegun(run, planned)) {
            continue;
        }
        ++content.counts[size_t(run.severity)];
        begun.push_back(&run);
    }
    std::stable_sort(begun.begin(), begun.end(), [](const IncidentRun *a, const IncidentRun *b) {
        return beganAt(*a) < beganAt(*b);
    });
    for (const IncidentRun *run : begun) {
        const bool isCurrent = run == begun.back();
        const bool isNow = isCurrent && !isOver &&
                           (run->duration.count() == 0 || position < beganAt(*run) + run->duration);
        content.cards.append(
            {run->index, run->severity, run->title, factsOf(*run, isNow, isOver), isCurrent});
    }
    if (!begun.empty()) {
        const IncidentRun &run = *begun.back();
        content.current = run.index;
        content.severity = run.severity;
        content.sinceOnset = position - beganAt(run);
        content.where = AudienceWords::tr("%1, %2").arg(run.service, ago(content.sinceOnset));
        content.headline = run.title;
        content.narration = narrationOf(run);
        content.responder = responderOf(run);
    }
    if (isOver) {
        addTotals(record, qsizetype(begun.size()), content);
    } else if (options.showsNext) {
        addNext(record, planned, content);
    }
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
            if (counts[size_t(i)] > 0) {
                sentences.append(QStringLiteral("%1 %2").arg(QString::number(counts[size_t(i)]),
                                                             severityName(Severity(i))));
            }
        }
        sentences.append(headline);
        sentences.append(narration);
        if (current >= 0) {
            sentences.append(responderSentence());
        }
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

QString AudienceContent::responderSentence() const
{
    if (!responder.hasAnswered) {
        return responder.cause;
    }
    return responder.confidence.isEmpty()
               ? AudienceWords::tr("Responder: %1").arg(responder.cause)
               : AudienceWords::tr("Responder: %1, %2").arg(responder.cause, responder.confidence);
}
