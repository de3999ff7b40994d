// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/showwatch.h"

#include "app/desktop/sleepinhibitor.h"
#include "app/readiness/showcheck.h"
#include "ui/document/timelinedocument.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/show/showcheckdialog.h"

#include <QPointer>
#include <QScopedValueRollback>
#include <utility>

namespace {

/** Often enough to see a network go, seldom enough not to be seen by the target's rate limit. */
constexpr std::chrono::seconds WatchInterval{10};

} // namespace

ShowWatch::ShowWatch(RunSession &session, RunController &controller, TimelineDocument &document,
                     const ScenarioLibrary &scenarios, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_controller(controller)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_window(window)
    , m_check(new ShowCheck(this))
    , m_inhibitor(new SleepInhibitor(this))
{
    m_check->follow(m_inhibitor);
    connect(&session, &RunSession::started, this, &ShowWatch::follow);
    connect(&session, &RunSession::finished, this, &ShowWatch::follow);
}

void ShowWatch::follow()
{
    const bool isLive = m_session.mode() == Mode::Show && m_session.isActive();
    if (isLive) {
        m_inhibitor->hold(tr("A show is under way"));
    } else {
        m_inhibitor->release();
    }
    m_check->repeatEvery(isLive ? Duration(WatchInterval) : Duration(0));
    // A run that is resumed or replayed was not asked about, and is watched as any other.
    if (isLive && !std::exchange(m_isChecked, false) && prepare()) {
        m_check->start();
    }
}

Result<void> ShowWatch::prepare()
{
    auto setup = m_controller.showSetup(m_document.timeline(), m_document.path(), m_scenarios,
                                        m_session.speed());
    if (!setup) {
        return tl::make_unexpected(setup.error());
    }
    m_check->setSetup(*setup);
    return {};
}

void ShowWatch::look()
{
    if (!m_isAsking && !m_session.isActive() && prepare()) {
        m_check->start();
    }
}

void ShowWatch::addFix(const QString &fixId, const Fix &fix)
{
    m_fixes.insert(fixId, fix);
}

Result<bool> ShowWatch::ask(bool canStart)
{
    if (m_isAsking) { // the dialog has an event loop of its own
        return false;
    }
    const QScopedValueRollback<bool> asking(m_isAsking, true);
    if (const auto prepared = prepare(); !prepared) {
        return tl::make_unexpected(prepared.error());
    }
    ShowCheckDialog dialog(m_check, m_window);
    dialog.setObjectName(QStringLiteral("showCheck"));
    dialog.setCanStart(canStart);
    dialog.setFixes(m_fixes.keys());
    connect(&dialog, &ShowCheckDialog::fixRequested, this, [&](const QString &fixId) {
        const Fix fix = m_fixes.value(fixId);
        if (fix.endsCheck) {
            dialog.reject();
        }
        if (!fix.run) {
            return;
        }
        fix.run([this, isOpen = QPointer<QDialog>(fix.endsCheck ? nullptr : &dialog)] {
            if (isOpen && prepare()) {
                m_check->start();
            }
        });
    });
    m_isChecked = dialog.exec() == QDialog::Accepted;
    return m_isChecked;
}
