// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recordedruns.h"

#include "app/runs/recordedtimeline.h"
#include "ui/document/timelinedocument.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/report/reportdialog.h"
#include "ui/runs/runcommands.h"
#include "ui/show/showviews.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/windowparts.h"

#include <utility>

namespace {

/** What the plan plays, as a timeline that can be shown. */
Timeline timelineOf(const RunPlan &plan, const RunRecord &record)
{
    Timeline timeline = recordedTimeline(record);
    for (qsizetype i = 0; i < std::min(plan.incidents.size(), timeline.incidents.size()); ++i) {
        timeline.incidents[i].delay = plan.incidents[i].incident.delay;
        timeline.incidents[i].hold = plan.incidents[i].incident.hold;
    }
    return timeline;
}

bool isSameCourse(const Timeline &left, const Timeline &right)
{
    return std::equal(left.incidents.begin(), left.incidents.end(), right.incidents.begin(),
                      right.incidents.end(), [](const Incident &a, const Incident &b) {
                          return a.delay == b.delay && a.type == b.type &&
                                 a.scenarioId == b.scenarioId;
                      });
}

} // namespace

RecordedRuns::RecordedRuns(QWidget &window, WindowParts &parts)
    : m_parts(parts)
{
    RunCommands *runs = parts.runs.get();
    const RunSession *session = parts.session.get();
    connect(runs, &RunCommands::refused, parts.message, &MessageBar::showError);
    connect(runs, &RunCommands::incidentChosen, parts.modeSwitcher.get(), &ModeSwitcher::select);
    connect(runs, &RunCommands::playRequested, this, &RecordedRuns::play);
    connect(runs, &RunCommands::reportRequested, this,
            [this, &window](const QStringList &journals) {
                for (const QString &journal : journals) {
                    showReport(journal, &window, [this](const Target &recorded) {
                        return m_parts.run->entrusted(recorded);
                    });
                }
            });
    connect(session, &RunSession::finished, this,
            [this] { m_parts.runs->setLastRun(m_parts.run->journal()); });
    connect(session, &RunSession::started, this, [this] { m_resumed.clear(); });
    connect(session, &RunSession::startFailed, this, &RecordedRuns::offerAgain);
    connect(session, &RunSession::speedChanged, runs, &RunCommands::setSpeed);
    connect(session, &RunSession::changed, this,
            [this] { m_parts.runs->setPlaying(m_parts.session->isActive()); });
}

void RecordedRuns::offerAgain(const QString &why)
{
    if (m_resumed.isEmpty()) {
        return;
    }
    // Back to the desk: an eager thumb must not play from the start what was to be resumed.
    m_parts.session->setMode(Mode::Design);
    QMetaObject::invokeMethod(
        this,
        [this, why, journal = std::exchange(m_resumed, {})] {
            m_parts.runs->resumeAgain(journal, why);
        },
        Qt::QueuedConnection);
}

void RecordedRuns::play(const RunPlan &plan, const RunRecord &record)
{
    const Timeline wanted = timelineOf(plan, record);
    m_parts.pending->take();
    if (m_parts.session->isActive() || !isSameCourse(wanted, m_parts.document->timeline())) {
        Q_EMIT otherWindowWanted(wanted, plan, record);
        return;
    }
    if (!plan.target.isSandbox) {
        m_parts.run->setTarget(plan.target);
    }
    if (!m_parts.session->setMode(plan.target.isSandbox ? Mode::Rehearse : Mode::Show)) {
        return;
    }
    m_parts.session->setSpeed(plan.speed);
    m_parts.windowRun->backToStart();
    m_parts.message->hide();
    if (plan.resumption) {
        m_parts.views->restoreAudience();
    }
    m_resumed = plan.resumption ? plan.journalPath : QString();
    m_parts.session->play(plan);
}
