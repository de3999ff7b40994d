// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowstatus.h"

#include "app/base/numbers.h"
#include "app/desktop/sleepinhibitor.h"
#include "app/readiness/showcheck.h"
#include "app/validation/timelinevalidator.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/showwatch.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QLabel>
#include <QMainWindow>
#include <QStatusBar>

namespace {

constexpr int HintShown = 4000;

} // namespace

WindowStatus::WindowStatus(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    m_counts = new QLabel(&window);
    m_limit = new QLabel(&window);
    auto *autosaved = new QLabel(&window);
    autosaved->setObjectName(QStringLiteral("autosaved"));
    autosaved->setForegroundRole(QPalette::PlaceholderText);
    m_journal = new QLabel(tr("Journal saved as it happens"), &window);
    m_journal->setObjectName(QStringLiteral("journalSaved"));
    m_sleep = new QLabel(&window);
    m_sleep->setObjectName(QStringLiteral("sleep"));
    for (QLabel *label : {m_sleep, m_journal}) {
        label->hide();
    }
    const int side = scaledInt(QFontMetricsF(window.font()), 8);
    for (QLabel *label : {m_counts, m_limit, m_sleep, m_journal, autosaved}) {
        label->setContentsMargins(side, 0, side, 0);
        window.statusBar()->addPermanentWidget(label);
    }
    connect(parts.files.get(), &FileCommands::autosaved, autosaved, &QLabel::setText);
    m_hintTimer.setSingleShot(true);
    connect(&m_hintTimer, &QTimer::timeout, this, &WindowStatus::updateRun);
    connect(parts.session.get(), &RunSession::hinted, this, &WindowStatus::showHint);
    connect(parts.session.get(), &RunSession::speedChanged, this, &WindowStatus::updateTimeline);
    const SleepInhibitor *inhibitor = parts.watch->inhibitor();
    connect(inhibitor, &SleepInhibitor::changed, this, &WindowStatus::updateSleep);
    connect(inhibitor, &SleepInhibitor::settled, this, &WindowStatus::updateSleep);
}

void WindowStatus::updateTimeline()
{
    const Theme &theme = Theme::of(m_window.palette());
    const TimelineScene &scene = m_parts.model->scene();
    const auto incidents = scene.blocks.size();
    const auto lanes = scene.lanes.size();
    m_counts->setText(
        tr("%1, %2").arg(incidents == 1 ? tr("1 incident") : tr("%1 incidents").arg(incidents),
                         lanes == 1 ? tr("1 lane") : tr("%1 lanes").arg(lanes)));
    QColor ink = theme.text;
    if (m_parts.session->target().isSandbox) {
        m_limit->setText(tr("The sandbox has no limit"));
    } else {
        // At twice the speed twice as much of the timeline falls into a minute.
        const ShowSetup &checked = m_parts.watch->check()->setup();
        const bool isStated =
            checked.isLimitStated && checked.target.base == m_parts.session->target().base;
        const RateLimit limit = isStated ? *checked.rateLimit : RateLimit{};
        const auto window = std::chrono::milliseconds(
            qint64(double(limit.window.count()) * m_parts.session->speed()));
        const int sends =
            busiestWindow(m_parts.document->timeline(), m_parts.scenarios, window).sends;
        const QString seconds = numberText(double(limit.window.count()) / 1000);
        m_limit->setText((isStated ? tr("At most %1 in any %2 s, limit %3")
                                   : tr("At most %1 in any %2 s, assumed limit %3"))
                             .arg(QString::number(sends), seconds, QString::number(limit.sends)));
        if (sends > limit.sends) {
            ink = theme.warning;
        }
    }
    QPalette p = m_window.palette();
    p.setColor(QPalette::WindowText, ink);
    m_limit->setPalette(p);
}

void WindowStatus::updateSleep()
{
    const SleepInhibitor &inhibitor = *m_parts.watch->inhibitor();
    m_sleep->setVisible(inhibitor.isHeld() || inhibitor.isSettled());
    m_sleep->setText(inhibitor.isHeld() ? tr("Sleep inhibited") : tr("Sleep not inhibited"));
    m_sleep->setToolTip(inhibitor.holder());
    QPalette p = m_window.palette();
    const Theme &theme = Theme::of(p);
    p.setColor(QPalette::WindowText, inhibitor.isHeld() ? theme.text : theme.warning);
    m_sleep->setPalette(p);
}

void WindowStatus::showHint(const QString &sentence)
{
    m_window.statusBar()->showMessage(sentence);
    // That a second press stops is true only as long as it does.
    m_hintTimer.start(m_parts.session->controls().isStopArmed() ? RunControls::StopGuard
                                                                : HintShown);
}

void WindowStatus::clearHint()
{
    m_hintTimer.stop();
    m_window.statusBar()->clearMessage();
}

void WindowStatus::setJournalShown(bool shown)
{
    m_journal->setVisible(shown);
}

void WindowStatus::setMode(Mode mode)
{
    for (QLabel *label : {m_counts, m_limit}) {
        label->setVisible(mode != Mode::Show);
    }
}

void WindowStatus::updateRun()
{
    if (m_parts.session->controls().isStopArmed() || m_hintTimer.isActive()) {
        return; // what was said last is still to be read
    }
    const RunRecord &record = m_parts.session->record();
    const RunState state = record.state();
    if (m_parts.session->isWaitingForEnd()) {
        m_window.statusBar()->showMessage(
            tr("Nothing is left to come. %1 failed, %2 uncertain: they can be "
               "sent again until the run is ended.")
                .arg(record.count(IncidentState::Failed))
                .arg(record.count(IncidentState::Uncertain)));
    } else if (m_parts.session->isOpen()) {
        const int waiting = record.count(IncidentState::Waiting);
        QString text = state == RunState::Preparing ? tr("Preparing.")
                       : state == RunState::Paused  ? tr("Paused.")
                       : state == RunState::Holding ? tr("Holding for GO.")
                                                    : tr("Running.");
        text += tr(" %1 created").arg(record.count(IncidentState::Created));
        if (waiting > 0) {
            text += tr(", %1 waiting").arg(waiting);
        }
        const int uncertain = record.count(IncidentState::Uncertain);
        if (uncertain > 0) {
            text += tr(", %1 uncertain and looked for; Stop ends that").arg(uncertain);
        }
        m_window.statusBar()->showMessage(text + u'.');
    } else if (m_parts.session->isActive() && state != RunState::Idle) {
        m_window.statusBar()->showMessage(tr("Looking for what is in flight or uncertain…"));
    } else if (m_parts.session->canContinue()) {
        m_window.statusBar()->showMessage(
            tr("Stopped at %1. Nothing more is sent until you continue.")
                .arg(m_parts.session->stoppedAtText()));
    } else if (m_parts.model->rowCount() > 0 && state == RunState::Idle) {
        const QString key = m_parts.runActions->play->shortcut().toString(QKeySequence::NativeText);
        m_window.statusBar()->showMessage(
            m_parts.session->mode() == Mode::Show
                ? tr("Ready for the show against %1. %2 checks everything, then starts.")
                      .arg(m_parts.session->targetName(), key)
                : tr("Ready. %1 plays it from the start on the sandbox.").arg(key));
    } else {
        m_window.statusBar()->showMessage(QString());
    }
}
