// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runmessages.h"

#include "app/base/numbers.h"
#include "app/run/runwords.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runsession.h"

#include <QAction>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace {

/** So many are named; of more there is a count. */
constexpr qsizetype MostNumbers = 5;

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(RunMessages)
};

using MessageAction = RunMessage::Action;
using MessageKind = RunMessage::Kind;

} // namespace

void RunMessages::apply(const RunEvent &event)
{
    // Of all that can happen, these alone leave no trace in the record.
    if (event.as<RunBegan>()) {
        clear();
    } else if (const auto *network = event.as<NetworkChanged>(); network && network->isLost()) {
        m_lostAt = event.age();
    } else if (const auto *fallback = event.as<FellBack>()) {
        m_fallbacks.append({fallback->index, preparationSentence(event)});
    }
}

void RunMessages::clear()
{
    m_lostAt = {};
    m_fallbacks.clear();
    m_isSummaryRead = false;
}

void RunMessages::dismiss(RunMessage::Kind kind)
{
    if (kind == MessageKind::Fallback) {
        m_fallbacks.clear();
    } else if (kind == MessageKind::Summary) {
        m_isSummaryRead = true;
    }
}

bool RunMessages::isSettled() const
{
    const RunState state = m_session.state();
    return !m_session.isActive() && (state == RunState::Finished || state == RunState::Stopped);
}

RunMessages::Rows RunMessages::rows() const
{
    Rows rows;
    for (const IncidentRun &run : m_session.record().incidents()) {
        if (run.state == IncidentState::Waiting) {
            rows.waiting.append(run.index);
        } else if (run.state == IncidentState::Uncertain) {
            rows.uncertain.append(run.index);
        } else if (run.state == IncidentState::Failed) {
            rows.failed.append(run.index);
        }
    }
    return rows;
}

QString RunMessages::nameOf(int row) const
{
    const IncidentRun *run = m_model.run(row);
    return RunWords::tr("#%1 %2", "a number and a title")
        .arg(row + 1)
        .arg(run ? run->title : QString());
}

QString RunMessages::namesOf(const QList<int> &rows) const
{
    if (rows.size() == 1) {
        return nameOf(rows.first());
    }
    return incidentNumbers(rows, MostNumbers);
}

QList<RunMessage> RunMessages::now(const QList<RunMessage::Offer> &afterRun) const
{
    QList<RunMessage> messages;
    if (isSettled() && !m_isSummaryRead) {
        messages << summary(afterRun);
    }
    if (!m_fallbacks.isEmpty() && !isSettled()) {
        messages << fallback();
    }
    if (m_session.state() == RunState::Preparing) {
        messages << preparing();
    }
    if (!isSettled()) {
        if (const QList<int> rows = m_session.controls().lastSkipped(); !rows.isEmpty()) {
            messages << skipped(rows);
        }
        const Rows asking = rows();
        if (!asking.waiting.isEmpty()) {
            messages << waiting(asking.waiting);
        }
        if (!asking.uncertain.isEmpty()) {
            messages << uncertain(asking.uncertain, asking.failed.isEmpty());
        }
        if (!asking.failed.isEmpty()) {
            messages << failed(asking.failed);
        }
        if (!m_session.record().networkTrouble().isEmpty()) {
            messages << network(asking.waiting);
        }
        const PauseCause cause = m_session.record().pauseCause();
        // A question says by itself that it holds the clock.
        if (m_session.state() == RunState::Paused && cause != PauseCause::User &&
            cause != PauseCause::Question) {
            messages << pause();
        }
    }
    if (m_session.canContinue()) {
        messages << stopped();
    }
    return messages;
}

RunMessage RunMessages::summary(const QList<RunMessage::Offer> &afterRun) const
{
    const RunRecord &record = m_session.record();
    const int failed = record.count(IncidentState::Failed);
    const int uncertain = record.count(IncidentState::Uncertain);
    const bool isStopped = record.state() == RunState::Stopped;
    RunMessage message;
    message.kind = MessageKind::Summary;
    const int unanalyzed = record.analysisFailed();
    message.look = failed + uncertain + unanalyzed > 0 ? MessageBar::Kind::Warning
                   : isStopped                         ? MessageBar::Kind::Info
                                                       : MessageBar::Kind::Success;
    message.headline = isStopped ? RunWords::tr("Stopped.") : RunWords::tr("Finished.");
    message.sentence =
        RunWords::tr("%1 created, %2 failed, %3 skipped, %4 uncertain in %5 against %6.")
            .arg(record.count(IncidentState::Created))
            .arg(failed)
            .arg(record.count(IncidentState::Skipped))
            .arg(uncertain)
            .arg(timeText(std::chrono::round<std::chrono::milliseconds>(record.played()), 1),
                 record.target());
    if (unanalyzed > 0) {
        message.sentence +=
            u' ' + countedText(unanalyzed,
                               RunWords::tr("The target's analysis failed for 1 incident."),
                               RunWords::tr("The target's analysis failed for %1 incidents."));
    }
    if (uncertain > 0) {
        message.sentence +=
            RunWords::tr(" Uncertain ones may exist on the target; they are never sent again.");
    }
    message.offers = afterRun;
    return message;
}

RunMessage RunMessages::fallback() const
{
    RunMessage message;
    message.kind = MessageKind::Fallback;
    message.look = MessageBar::Kind::Warning;
    for (const auto &[row, why] : m_fallbacks) {
        if (!message.rows.contains(row)) {
            message.rows.append(row);
        }
    }
    message.headline = message.rows.size() == 1
                           ? RunWords::tr("%1 was not generated.").arg(nameOf(message.rows.first()))
                           : RunWords::tr("%1 were not generated: %2.")
                                 .arg(message.rows.size())
                                 .arg(namesOf(message.rows));
    message.sentence = m_fallbacks.last().second;
    message.offers = {{MessageAction::Dismiss, RunWords::tr("Dismiss")}};
    return message;
}

RunMessage RunMessages::preparing() const
{
    int made = 0;
    int wanted = 0;
    for (const IncidentRun &run : m_session.record().incidents()) {
        const bool isMade = run.state == IncidentState::Ready;
        const bool isOpen =
            run.state == IncidentState::Preparing || run.state == IncidentState::Scheduled;
        if (run.type == IncidentType::LlmGenerated && run.sends && (isMade || isOpen)) {
            ++wanted;
            made += isMade ? 1 : 0;
        }
    }
    RunMessage message;
    message.kind = MessageKind::Preparing;
    message.headline =
        RunWords::tr("Preparing: %1 of %2 scenarios generated.").arg(made).arg(wanted);
    message.sentence = RunWords::tr("The clock starts when each will be ready at its moment. Start "
                                    "now uses the fallback for the rest.");
    message.offers = {{MessageAction::StartNow, RunWords::tr("Start now")}};
    return message;
}

RunMessage RunMessages::skipped(const QList<int> &rows) const
{
    RunMessage message;
    message.kind = MessageKind::Skipped;
    message.isTicking = true;
    message.state = IncidentState::Skipped;
    message.rows = rows;
    const QString due = timeText(secondsLeft(m_session.controls().toLastSkipped()));
    message.headline = RunWords::tr("Skipped %1.").arg(namesOf(rows));
    const bool isPaused = m_session.state() == RunState::Paused;
    message.sentence = isPaused ? RunWords::tr("Due %1 after the run continues.").arg(due)
                                : RunWords::tr("Due in %1; then it stays skipped.").arg(due);
    message.spoken =
        RunWords::tr("%1 It can be taken back until its moment.").arg(message.headline);
    const QString key = keyText(m_takeBack->shortcut());
    message.offers = {{MessageAction::TakeBack,
                       key.isEmpty() ? RunWords::tr("Take back")
                                     : RunWords::tr("Take back (%1)", "a key").arg(key)}};
    return message;
}

std::optional<Duration> RunMessages::toRetry(const QList<int> &rows) const
{
    std::optional<Duration> left;
    for (const int row : rows) {
        const IncidentRun *run = m_model.run(row);
        if (!run || !run->waitingUntil) {
            continue;
        }
        const Duration wait = std::max(Duration(), *run->waitingUntil - m_session.age());
        left = std::min(left.value_or(wait), wait);
    }
    return left;
}

RunMessage RunMessages::waiting(const QList<int> &rows) const
{
    RunMessage message;
    message.kind = MessageKind::Waiting;
    message.isTicking = true;
    message.look = MessageBar::Kind::Warning;
    message.state = IncidentState::Waiting;
    message.rows = rows;
    const qint64 left = secondsLeft(toRetry(rows).value_or(Duration())).count();
    const QString who = rows.size() == 1
                            ? nameOf(rows.first())
                            : RunWords::tr("%1 wait: %2").arg(rows.size()).arg(namesOf(rows));
    message.headline =
        RunWords::tr("%1, next try in %2 s.", "incidents, seconds").arg(who).arg(left);
    const IncidentRun *run = m_model.run(rows.first());
    message.sentence = RunWords::tr("%1 The others keep their times.", "a reason")
                           .arg(run ? run->error : QString());
    message.spoken = RunWords::tr("%1 waits. %2").arg(who, message.sentence);
    const bool isOne = rows.size() == 1;
    message.offers = {
        {MessageAction::Skip, isOne ? RunWords::tr("Skip it") : RunWords::tr("Skip one…")},
        {MessageAction::Details, isOne ? RunWords::tr("Details") : RunWords::tr("Details…")}};
    return message;
}

QString RunMessages::endText() const
{
    return m_session.mode() == Mode::Show ? RunWords::tr("End the show")
                                          : RunWords::tr("End the run");
}

void RunMessages::offerEnd(RunMessage &message) const
{
    if (!m_session.isWaitingForEnd()) {
        return;
    }
    message.sentence = RunWords::tr("Nothing else is left to come. %1").arg(message.sentence);
    message.offers.append({MessageAction::EndShow, endText()});
}

RunMessage RunMessages::uncertain(const QList<int> &rows, bool mayEnd) const
{
    RunMessage message;
    message.kind = MessageKind::Uncertain;
    message.look = MessageBar::Kind::Warning;
    message.state = IncidentState::Uncertain;
    message.rows = rows;
    message.headline = RunWords::tr("%1 uncertain: %2.").arg(rows.size()).arg(namesOf(rows));
    const bool isOne = rows.size() == 1;
    message.sentence =
        isOne ? RunWords::tr("It may exist on the target and is not sent again unasked.")
              : RunWords::tr("They may exist on the target and are not sent again unasked.");
    if (const IncidentRun *run = m_model.run(rows.first()); isOne && run && !run->error.isEmpty()) {
        message.sentence += u' ' + run->error;
    }
    if (std::any_of(rows.begin(), rows.end(),
                    [this](int row) { return m_session.controls().canRefire(row); })) {
        message.offers.append({MessageAction::SendAgain,
                               isOne ? RunWords::tr("Send again…") : RunWords::tr("One by one…")});
    }
    message.offers.append(
        {MessageAction::Details, isOne ? RunWords::tr("Details") : RunWords::tr("Details…")});
    if (mayEnd) {
        offerEnd(message);
    }
    return message;
}

RunMessage RunMessages::failed(const QList<int> &rows) const
{
    RunMessage message;
    message.kind = MessageKind::Failed;
    message.look = MessageBar::Kind::Error;
    message.state = IncidentState::Failed;
    message.rows = rows;
    message.headline = RunWords::tr("%1 failed: %2.").arg(rows.size()).arg(namesOf(rows));
    const bool isOne = rows.size() == 1;
    if (const IncidentRun *run = m_model.run(rows.first()); isOne && run) {
        message.sentence = run->error;
    } else {
        message.sentence = RunWords::tr("Each can be sent again until the run ends.");
    }
    if (std::any_of(rows.begin(), rows.end(),
                    [this](int row) { return m_session.controls().canRefire(row); })) {
        message.offers.append({MessageAction::SendAgain,
                               isOne ? RunWords::tr("Send again") : RunWords::tr("Send again…")});
    }
    message.offers.append(
        {MessageAction::Details, isOne ? RunWords::tr("Details") : RunWords::tr("Details…")});
    offerEnd(message);
    return message;
}

RunMessage RunMessages::network(const QList<int> &waiting) const
{
    RunMessage message;
    message.kind = MessageKind::Network;
    message.isTicking = true;
    message.look = MessageBar::Kind::Error;
    const QString lost = timeText(secondsPassed(m_session.age() - m_lostAt));
    message.headline = RunWords::tr("Target lost for %1.", "a duration").arg(lost);
    const std::optional<Duration> retry = toRetry(waiting);
    const QString next =
        retry ? RunWords::tr("Next try in %1 s. ", "seconds").arg(secondsLeft(*retry).count())
              : QString();
    const QString rest =
        RunWords::tr("The stage continues from the plan. %1 What falls due is tried for 30 s; then "
                     "it has failed, and can be sent again.",
                     "why the target is lost")
            .arg(m_session.record().networkTrouble());
    message.sentence = next + rest;
    message.spoken = RunWords::tr("Target lost. %1").arg(rest);
    return message;
}

RunMessage RunMessages::pause() const
{
    RunMessage message;
    message.kind = MessageKind::Pause;
    message.look = MessageBar::Kind::Warning;
    message.headline = RunWords::tr("Paused by the program.");
    message.sentence =
        RunWords::tr("%1 Continue where the clock stood, or catch up and send or skip what was "
                     "passed.",
                     "why")
            .arg(m_session.record().pauseReason());
    message.offers = {{MessageAction::ResumeHere, RunWords::tr("Continue from here")},
                      {MessageAction::CatchUpAndSend, RunWords::tr("Catch up and send")},
                      {MessageAction::CatchUpAndSkip, RunWords::tr("Catch up and skip")}};
    return message;
}

RunMessage RunMessages::stopped() const
{
    RunMessage message;
    message.kind = MessageKind::Stopped;
    message.look = MessageBar::Kind::Warning;
    const QString where = m_session.stoppedAtText();
    message.headline = RunWords::tr("Stopped at %1.", "a time").arg(where);
    message.sentence = RunWords::tr("Nothing more is sent until you continue.");
    message.offers = {
        {MessageAction::Continue, RunWords::tr("Continue from %1", "a time").arg(where)},
        {MessageAction::EndShow, endText()}};
    return message;
}
