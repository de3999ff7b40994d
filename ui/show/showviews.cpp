// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/showviews.h"

#include "ui/audience/audiencemenu.h"
#include "ui/audience/audiencescreens.h"
#include "ui/audience/audiencewindow.h"
#include "ui/commands/commandset.h"
#include "ui/dashboard/dashboard.h"
#include "ui/dashboard/livemetrics.h"
#include "ui/look/icons.h"
#include "ui/player/runsession.h"
#include "ui/settings/windowsettings.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <array>

namespace {

/** What drives a run from every window of it. */
constexpr std::array KeysOfARun{"run.play",    "run.pause", "run.go",        "run.remote",
                                "run.skip",    "run.fire",  "run.takeBack",  "run.stop",
                                "run.curtain", "run.read",  "view.audience", "view.dashboard"};

/** Set while a run is live and the audience sees it; after a crash it is still there. */
QString audienceOpenKey()
{
    return QStringLiteral("audience/openInRun");
}

} // namespace

ShowViews::ShowViews(RunSession &session, CommandSet &commands, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_commands(commands)
    , m_window(window)
    , m_audience(std::make_unique<AudienceWindow>())
    , m_screens(new AudienceScreens(m_audience.get(), window, this))
{
    m_audienceAction =
        commands.add(QStringLiteral("view.audience"), tr("View"), tr("Au&dience view"),
                     {QKeySequence(tr("Ctrl+Shift+A"))}, icon(Glyph::Screen));
    CommandSet::describe(m_audienceAction, tr("Show the run to the audience, on its own screen"));
    m_dashboardAction = commands.add(QStringLiteral("view.dashboard"), tr("View"), tr("Das&hboard"),
                                     {QKeySequence(tr("Ctrl+Shift+M"))});
    CommandSet::describe(m_dashboardAction, tr("The run in figures and charts"));
    for (QAction *action : {m_audienceAction, m_dashboardAction}) {
        action->setCheckable(true);
    }
    connect(m_audienceAction, &QAction::triggered, m_screens, &AudienceScreens::toggle);
    connect(m_dashboardAction, &QAction::triggered, this, &ShowViews::showDashboard);
    connect(m_screens, &AudienceScreens::changed, this, &ShowViews::updateAudience);
    connect(m_screens, &AudienceScreens::moved, this, &ShowViews::moved);
    connect(m_audience.get(), &AudienceWindow::operatorWanted, this, [this] {
        m_screens->leave();
        Q_EMIT operatorWanted();
    });
    connect(m_screens, &AudienceScreens::changed, this, &ShowViews::noteAudience);
    connect(&session, &RunSession::started, this, &ShowViews::noteAudience);
    connect(&session, &RunSession::finished, this,
            [] { windowSettings().remove(audienceOpenKey()); });
    connect(&session, &RunSession::curtainChanged, m_audience.get(), &AudienceWindow::setCurtain);
    connect(&session, &RunSession::showEnded, m_audience.get(), &AudienceWindow::showEnd);
    connect(&session, &RunSession::changed, this, [this] {
        m_audience->setHeld(m_session.state() == RunState::Stopped &&
                            (m_session.isActive() || m_session.canContinue()));
    });
    connect(&session, &RunSession::recorded, this, &ShowViews::takeRun);
    connect(&session, &RunSession::cleared, this, &ShowViews::takeRun);
    connect(&session, &RunSession::ticked, this, &ShowViews::takePosition);
    takeKeys(m_audience.get());
    updateAudience();
}

void ShowViews::takeKeys(QWidget *view)
{
    for (const char *id : KeysOfARun) {
        view->addAction(m_commands.action(QLatin1String(id)));
    }
}

ShowViews::~ShowViews()
{
    if (m_dashboard) {
        m_dashboard->removeEventFilter(this); // what is left of it on the way is no Dashboard
    }
    delete m_dashboard;
}

Dashboard *ShowViews::dashboard() const
{
    return m_dashboard;
}

void ShowViews::fillMenu(QMenu *menu)
{
    auto *settings = new AudienceMenu(m_audience.get(), m_screens, menu);
    settings->setTitle(tr("Audience &screen and look"));
    menu->addAction(m_audienceAction);
    menu->addMenu(settings);
    menu->addAction(m_dashboardAction);
}

LiveMetrics *ShowViews::makeLiveMetrics(QWidget *parent)
{
    m_metrics = new LiveMetrics(parent);
    return m_metrics;
}

void ShowViews::setTitle(const QString &title)
{
    m_audience->setTitle(title);
}

void ShowViews::closeAll()
{
    m_screens->close();
    if (m_dashboard) {
        m_dashboard->close();
    }
}

void ShowViews::updateAudience()
{
    m_audienceAction->setChecked(m_screens->isOpen());
    m_audienceAction->setIconText(m_screens->label());
}

void ShowViews::showDashboard(bool shown)
{
    if (!m_dashboard) {
        m_dashboard = new Dashboard;
        m_dashboard->setWindowTitle(tr("Dashboard – Timeline Orchestrator"));
        m_dashboard->installEventFilter(this);
        takeKeys(m_dashboard);
        // Before the record, so that a run that is over stands where it ended.
        m_dashboard->setPosition(toMilliseconds(m_session.position()),
                                 toMilliseconds(m_session.age()));
        m_dashboard->setRun(m_session.record());
    }
    if (shown) {
        m_dashboard->setPosition(toMilliseconds(m_session.position()),
                                 toMilliseconds(m_session.age()));
    }
    m_dashboard->setVisible(shown);
    if (shown) {
        m_dashboard->raise();
        m_dashboard->activateWindow();
    }
}

void ShowViews::noteAudience()
{
    // What is there at the start of the program is from a run that was cut off.
    if (m_session.isActive()) {
        windowSettings().setValue(audienceOpenKey(), m_screens->isOpen());
    }
}

void ShowViews::restoreAudience()
{
    if (windowSettings().value(audienceOpenKey(), false).toBool() && !m_screens->isOpen()) {
        m_screens->open();
    }
}

void ShowViews::toOperator()
{
    m_window->raise();
    m_window->activateWindow();
    Q_EMIT operatorWanted();
}

bool ShowViews::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_dashboard && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        toOperator();
        return true;
    }
    if (watched == m_dashboard &&
        (event->type() == QEvent::Show || event->type() == QEvent::Hide)) {
        m_dashboardAction->setChecked(event->type() == QEvent::Show);
    }
    return QObject::eventFilter(watched, event);
}

void ShowViews::takeRun()
{
    const RunRecord &record = m_session.record();
    m_audience->setRun(record);
    if (m_dashboard) {
        m_dashboard->setRun(record);
    }
    if (m_metrics) {
        m_metrics->setRun(record);
    }
}

void ShowViews::takePosition()
{
    const double position = toMilliseconds(m_session.position());
    const double elapsed = toMilliseconds(m_session.age());
    m_audience->setPosition(position, elapsed);
    if (m_dashboard && m_dashboard->isVisible()) {
        m_dashboard->setPosition(position, elapsed);
    }
    if (m_metrics) {
        m_metrics->setPosition(position, elapsed);
    }
}
