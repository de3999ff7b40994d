// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runbars.h"

#include "app/player/runwords.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runsession.h"
#include "ui/text.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

RunBars::RunBars(RunSession &session, IncidentTableModel &model, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(model)
    , m_blocked(new MessageBar(this))
    , m_network(new MessageBar(this))
    , m_pause(new MessageBar(this))
    , m_incident(new MessageBar(this))
    , m_summary(new MessageBar(this))
{
    m_blocked->setObjectName(QStringLiteral("blockedBar"));
    m_network->setObjectName(QStringLiteral("networkBar"));
    m_pause->setObjectName(QStringLiteral("pauseBar"));
    for (MessageBar *bar : {m_blocked, m_network, m_pause})
        bar->setClosable(false); // they are there as long as what they say
    m_incident->setObjectName(QStringLiteral("incidentBar"));
    m_summary->setObjectName(QStringLiteral("summaryBar"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (MessageBar *bar : {m_blocked, m_network, m_pause, m_summary, m_incident}) {
        column->addWidget(bar);
        connect(bar, &MessageBar::closed, this, &RunBars::updateShown);
    }
    hide();
    // Sentences are as high as they wrap, and must not push the window over the screen's edge.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(&session, &RunSession::recorded, this, &RunBars::takeRecord);
    connect(&session, &RunSession::ticked, this, &RunBars::tick);
    connect(&session, &RunSession::finished, this, [this] {
        showSummary();
        showIncident();
        updateShown();
    });
    connect(&session, &RunSession::changed, this, [this] {
        showBlocked();
        showNetwork();
        showPause();
        if (isSettled())
            m_incident->hide();
        updateShown();
    });
    connect(m_blocked, &MessageBar::actionTriggered, &session, &RunSession::release);
    connect(m_pause, &MessageBar::actionChosen, this, [this](int action) {
        m_session.resume(action == 0   ? std::nullopt
                         : action == 1 ? std::optional(Passed::Fire)
                                       : std::optional(Passed::Skip));
    });
    connect(m_summary, &MessageBar::actionChosen, this,
            [this](int action) { m_afterRun[action]->trigger(); });
    connect(m_incident, &MessageBar::actionChosen, this, [this](int action) {
        if (action == 0)
            answerIncident();
        else
            Q_EMIT detailsRequested(m_row);
    });
}

void RunBars::offerAfterRun(QAction *action)
{
    m_afterRun.append(action);
    connect(action, &QAction::changed, this, &RunBars::nameOffers);
    nameOffers();
}

bool RunBars::isSettled() const
{
    const RunState state = m_session.state();
    return !m_session.isActive() && (state == RunState::Finished || state == RunState::Stopped);
}

void RunBars::nameOffers()
{
    QStringList names;
    for (const QAction *offered : std::as_const(m_afterRun))
        names << (offered->isEnabled() ? offered->iconText() : QString());
    m_summary->setActions(names);
}

void RunBars::updateShown()
{
    setVisible(!m_blocked->isHidden() || !m_network->isHidden() || !m_pause->isHidden() ||
               !m_summary->isHidden() || !m_incident->isHidden());
}

void RunBars::clear()
{
    m_summary->hide();
    m_incident->hide();
    m_row = -1;
    updateShown();
}

void RunBars::showBlocked()
{
    if (!m_session.isBlocked()) {
        m_blocked->hide();
        return;
    }
    m_blocked->setAction(tr("Release"));
    m_blocked->showMessage(MessageBar::Kind::Error, tr("All stopped."),
                           tr("Nothing is sent, and nothing starts. Release to start again."));
}

void RunBars::showNetwork()
{
    const QString trouble = m_session.isOpen() ? m_session.record().networkTrouble() : QString();
    if (trouble.isEmpty()) {
        m_network->hide();
        return;
    }
    m_network->showMessage(
        MessageBar::Kind::Error, tr("The target is lost."),
        tr("%1 What falls due is tried for 30 s; then it has failed and can be sent again.")
            .arg(trouble));
}

void RunBars::showPause()
{
    const RunRecord &record = m_session.record();
    if (m_session.state() != RunState::Paused || record.pauseCause().isEmpty()) {
        m_pause->hide();
        return;
    }
    m_pause->setActions({tr("Go on from here"), tr("Catch up and send"), tr("Catch up and skip")});
    m_pause->showMessage(MessageBar::Kind::Warning, tr("Paused by the program."),
                         tr("%1 Go on where the clock stood, or catch up and send or skip what "
                            "was passed.")
                             .arg(record.pauseReason()));
}

void RunBars::takeRecord(const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    const QString kind = record.value(u"record").toString();
    if (kind == u"waiting" || kind == u"failed" || kind == u"uncertain") {
        m_row = index;
        showIncident();
    } else if (kind == u"fallback") {
        showFallback(record);
    } else if (m_session.state() == RunState::Preparing) {
        showPreparing();
    } else if (kind == u"started") {
        m_incident->hide();
    } else if (index == m_row) {
        showIncident();
    }
    updateShown();
}

void RunBars::showSummary()
{
    const RunRecord &record = m_session.record();
    const int failed = record.count(IncidentState::Failed);
    const int uncertain = record.count(IncidentState::Uncertain);
    const double seconds = record.summary().value(u"execution_seconds").toDouble();
    const QString headline = record.state() == RunState::Stopped ? tr("Stopped.") : tr("Finished.");
    QString sentence =
        tr("%1 created, %2 failed, %3 skipped, %4 uncertain in %5 against %6.")
            .arg(record.count(IncidentState::Created))
            .arg(failed)
            .arg(record.count(IncidentState::Skipped))
            .arg(uncertain)
            .arg(timeText(std::chrono::milliseconds(std::llround(seconds * 1000)), 1),
                 record.target());
    if (uncertain > 0)
        sentence += tr(" Uncertain ones may exist on the target; they are never sent again.");
    m_summary->showMessage(failed + uncertain > 0                ? MessageBar::Kind::Warning
                           : record.state() == RunState::Stopped ? MessageBar::Kind::Info
                                                                 : MessageBar::Kind::Success,
                           headline, sentence);
}

void RunBars::showPreparing()
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
    m_row = -1;
    m_incident->setAction(tr("Start now"));
    m_incident->showMessage(
        MessageBar::Kind::Info, tr("Preparing: %1 of %2 scenarios are made.").arg(made).arg(wanted),
        tr("The clock starts when each will be there at its moment. Space starts now, with the "
           "fallback for what is missing; Esc stops."));
}

void RunBars::showFallback(const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    const IncidentRun *run = m_model.run(index);
    if (!run)
        return;
    m_row = -1;
    m_incident->setAction({});
    m_incident->showMessage(MessageBar::Kind::Warning,
                            tr("#%1 %2: not generated.").arg(index + 1).arg(run->title),
                            preparationSentence(record));
}

void RunBars::showIncident()
{
    const IncidentRun *run = m_model.run(m_row);
    // When all is over the summary says what came of it, and nothing is looked for any more.
    if (!run || isSettled()) {
        m_incident->hide();
        return;
    }
    const QString name = tr("#%1 %2:").arg(run->index + 1).arg(run->title);
    switch (run->state) {
    case IncidentState::Waiting: {
        const double left =
            run->waitingUntilMs ? std::max(0.0, *run->waitingUntilMs - m_session.elapsedMs()) : 0;
        m_incident->setActions({tr("Skip it"), tr("Details")});
        m_incident->showMessage(
            MessageBar::Kind::Warning,
            tr("%1 retry in %2 s.").arg(name, QString::number(qint64(std::ceil(left / 1000)))),
            tr("%1 The others keep their times.").arg(run->error));
        break;
    }
    case IncidentState::Failed:
        m_incident->setActions(
            {m_session.canRefire(m_row) ? tr("Send again") : QString(), tr("Details")});
        m_incident->showMessage(MessageBar::Kind::Error, tr("%1 failed.").arg(name), run->error);
        break;
    case IncidentState::Uncertain:
        m_incident->setActions(
            {m_session.canRefire(m_row) ? tr("Send again…") : QString(), tr("Details")});
        m_incident->showMessage(
            MessageBar::Kind::Warning, tr("%1 uncertain.").arg(name),
            tr("%1 It is being looked for, and never sent again by itself.").arg(run->error));
        break;
    default:
        m_incident->hide();
    }
}

void RunBars::answerIncident()
{
    if (m_session.state() == RunState::Preparing) {
        m_session.pressGo();
        return;
    }
    const IncidentRun *run = m_model.run(m_row);
    if (run && run->state == IncidentState::Waiting)
        m_session.skip(m_row);
    else if (m_session.canRefire(m_row))
        Q_EMIT refireRequested(m_row);
}

void RunBars::tick()
{
    const IncidentRun *waiting = m_model.run(m_row);
    if (waiting && waiting->state == IncidentState::Waiting && m_incident->isVisible())
        showIncident();
}
