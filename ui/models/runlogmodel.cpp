// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/runlogmodel.h"

#include "app/base/timetext.h"
#include "app/run/runwords.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <algorithm>

namespace {

QString numberOf(int index)
{
    // A record that does not say which one is of a damaged or foreign journal.
    return index < 0 ? RunLogModel::tr("an incident") : QString(u'#' + QString::number(index + 1));
}

/** Says each event in one line; those that are ignored say nothing to a user. */
struct LogSentence : Ignores<ScenarioKept, ClockStarted, Armed, Named, Judged, Unknown>
{
    Q_DECLARE_TR_FUNCTIONS(RunLogModel)

public:
    explicit LogSentence(const RunEvent &read)
        : event(read)
    {}

    using Ignores::operator();
    void operator()(const RunBegan &run)
    {
        text = tr("Run of “%1” against %2").arg(run.timeline, run.target);
    }
    void operator()(const PreparationBegan &) { text = preparationSentence(event); }
    void operator()(const GeneratorAsked &asked) { text = prepares(asked.index); }
    void operator()(const Noted &noted)
    {
        text = noted.index ? prepares(*noted.index) : preparationSentence(event);
    }
    void operator()(const FellBack &fallback) { text = prepares(fallback.index); }
    void operator()(const Prepared &prepared) { text = prepares(prepared.index); }
    void operator()(const Paused &paused)
    {
        text = paused.reason.cause == PauseCause::Question ? tr("A question holds the clock")
               : paused.reason.why.isEmpty()               ? tr("Paused")
                                             : tr("Paused: %1").arg(paused.reason.why);
    }
    void operator()(const Resumed &) { text = tr("Continues"); }
    void operator()(const Held &held)
    {
        text = tr("Holds before %1 for GO").arg(numberOf(held.index));
    }
    void operator()(const Released &) { text = tr("GO"); }
    void operator()(const SpeedChanged &changed)
    {
        text = tr("Speed %1").arg(speedText(changed.speed.value_or(1)));
    }
    void operator()(const Jumped &jumped)
    {
        const QString place = clockText(std::chrono::floor<std::chrono::milliseconds>(
            jumped.position.value_or(TimelinePosition()).time_since_epoch()));
        text = jumped.passed == LatePolicy::SendNow
                   ? tr("Clock turned to %1; what was passed over is sent").arg(place)
                   : tr("Clock turned to %1; what was passed over is skipped").arg(place);
    }
    void operator()(const Stopped &stopped)
    {
        text = stopped.isAborted ? tr("Stopped, and what was in progress given up") : tr("Stopped");
    }
    void operator()(const Sending &sending)
    {
        if (const int attempt = sending.attempt.value_or(1); attempt > 1) {
            text = tr("%1 sent again, attempt %2").arg(numberOf(sending.index)).arg(attempt);
            return;
        }
        const Duration late = event.age() - sending.due.value_or(event.age());
        text = tr("%1 sent, %2 late")
                   .arg(numberOf(sending.index), latencyText(std::max(Duration(), late)));
    }
    void operator()(const Waiting &waiting)
    {
        const Duration wait = waiting.until.value_or(RunAge()) - event.age();
        text = tr("%1 waits %2 s: %3")
                   .arg(numberOf(waiting.index))
                   .arg(std::chrono::ceil<std::chrono::seconds>(wait).count())
                   .arg(waiting.result.error.value_or(QString()));
    }
    void operator()(const Created &created)
    {
        text = tr("%1 created %2").arg(numberOf(created.index), created.incidentId);
        if (created.facts.analysis == u"failed") {
            text += tr(", its analysis failed");
        }
    }
    void operator()(const Failed &failed)
    {
        text = tr("%1 failed: %2")
                   .arg(numberOf(failed.index), failed.result.error.value_or(QString()));
    }
    void operator()(const Skipped &skipped)
    {
        const QString error = skipped.result.error.value_or(QString());
        text = error.isEmpty() ? tr("%1 skipped").arg(numberOf(skipped.index))
                               : tr("%1 skipped: %2").arg(numberOf(skipped.index), error);
    }
    void operator()(const BecameUncertain &uncertain)
    {
        text = tr("%1 is uncertain: %2")
                   .arg(numberOf(uncertain.index), uncertain.result.error.value_or(QString()));
    }
    void operator()(const NotFound &lost)
    {
        text = lost.looked
                   ? tr("%1 is no longer looked for: it was not found within %2 s")
                         .arg(numberOf(lost.index))
                         .arg(std::chrono::round<std::chrono::seconds>(*lost.looked).count())
                   : tr("%1 is no longer looked for").arg(numberOf(lost.index));
    }
    void operator()(const Fetched &fetched)
    {
        if (fetched.notFetched) {
            text = tr("%1 could not be fetched from the target: %2")
                       .arg(numberOf(fetched.index), *fetched.notFetched);
        }
    }
    void operator()(const Refired &refired)
    {
        text = tr("%1 is sent again by hand").arg(numberOf(refired.index));
    }
    void operator()(const TakenBack &taken)
    {
        text = tr("%1 taken back: it will be sent after all").arg(numberOf(taken.index));
    }
    void operator()(const Continued &) { text = tr("Continued after the stop"); }
    void operator()(const NetworkChanged &network)
    {
        text = network.isLost() ? network.error.value_or(QString())
                                : tr("The target can be reached again");
    }
    void operator()(const ResumedRun &resumed)
    {
        text = resumed.program.isEmpty() ? tr("Resumed")
                                         : tr("Resumed by %1", "a program").arg(resumed.program);
    }
    void operator()(const Finished &) { text = tr("Finished"); }

    const RunEvent &event;
    QString text;

private:
    QString prepares(int index) const
    {
        const QString sentence = preparationSentence(event);
        return sentence.isEmpty() ? sentence : QString(numberOf(index) + u' ' + sentence);
    }
};

/** Finds the state that an incident is in after the event, if the event says so. */
struct StateAfter
    : Ignores<RunBegan, ScenarioKept, Noted, FellBack, Prepared, ClockStarted, Paused, Resumed,
              Held, Released, SpeedChanged, Jumped, Stopped, Armed, NotFound, Fetched, Refired,
              TakenBack, Continued, NetworkChanged, ResumedRun, Finished, Named, Judged, Unknown>
{
    using Ignores::operator();
    void operator()(const PreparationBegan &) { state = IncidentState::Preparing; }
    void operator()(const GeneratorAsked &) { state = IncidentState::Preparing; }
    void operator()(const Sending &) { state = IncidentState::Sending; }
    void operator()(const Waiting &) { state = IncidentState::Waiting; }
    void operator()(const Created &) { state = IncidentState::Created; }
    void operator()(const Failed &) { state = IncidentState::Failed; }
    void operator()(const Skipped &) { state = IncidentState::Skipped; }
    void operator()(const BecameUncertain &) { state = IncidentState::Uncertain; }

    std::optional<IncidentState> state;
};

} // namespace

void RunLogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_times = {};
    endResetModel();
}

QString RunLogModel::sentence(const RunEvent &event)
{
    LogSentence sentence(event);
    std::visit(sentence, event.what);
    return sentence.text;
}

void RunLogModel::append(const RunEvent &event)
{
    if (event.as<RunBegan>()) {
        clear(); // of a run that is continued all is told again
    }
    QString text = sentence(event);
    if (const auto early = m_times.firedEarlyBy(event)) {
        text = tr("#%1 fired by hand, %2 before its moment")
                   .arg(incidentIndex(event) + 1)
                   .arg(latencyText(*early));
    }
    m_times.apply(event);
    if (text.isEmpty()) {
        return;
    }
    const QDateTime when = m_times.wallOf(event);
    const QString time =
        when.isValid() ? when.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz")) : QString();
    StateAfter after;
    std::visit(after, event.what);
    const auto *held = event.as<Held>();
    const int row = int(m_lines.size());
    beginInsertRows({}, row, row);
    m_lines.append({time, text, after.state, held ? held->index : incidentIndex(event)});
    endInsertRows();
}

int RunLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant RunLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return QString(line.time + u"  " + line.text);
    case TimeRole:
        return line.time;
    case SentenceRole:
    case Qt::ToolTipRole:
        return line.text;
    case Qt::DecorationRole: {
        return line.state ? stateIcon(*line.state) : QIcon();
    }
    case Qt::FontRole:
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    case IncidentRole:
        return line.incident;
    default:
        return {};
    }
}
