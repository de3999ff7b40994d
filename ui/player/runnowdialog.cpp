// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runnowdialog.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinefile.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/player/incidentdialog.h"
#include "ui/player/runcontroller.h"
#include "ui/widgets/livelook.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

RunNowDialog::RunNowDialog(const Scenario &scenario, const ScenarioLibrary &scenarios,
                           const Target &target, QWidget *parent)
    : QDialog(parent)
    , m_scenarios(scenarios)
    , m_run(new RunController(this))
    , m_mark(new QLabel(this))
    , m_state(new QLabel(this))
    , m_result(new QTextBrowser(this))
    , m_guard(m_run->clock())
{
    setObjectName(QStringLiteral("runNow"));
    setWindowTitle(tr("Run now: %1").arg(scenario.name));
    Incident incident;
    incident.id = TimelineFile::makeId();
    incident.scenarioId = scenario.id;
    m_timeline.name = scenario.name;
    m_timeline.durationMinutes = 1;
    m_timeline.incidents = {incident};
    m_run->setTarget(target);

    const QFontMetricsF metrics(font());
    auto *question =
        new QLabel(tr("<b>%1</b> on %2, severity %3.<br>It is sent to %4 at once, "
                      "apart from the timeline.")
                       .arg(scenario.name.toHtmlEscaped(), scenario.service.toHtmlEscaped(),
                            severityName(scenario.severity).toLower(),
                            RunController::nameOf(target).toHtmlEscaped()),
                   this);
    question->setTextFormat(Qt::RichText);
    question->setWordWrap(true);
    auto *line = new QHBoxLayout;
    m_mark->setFixedWidth(scaledInt(metrics, 22));
    m_state->setWordWrap(true);
    line->addWidget(m_mark);
    line->addWidget(m_state, 1);
    m_result->setFrameShape(QFrame::NoFrame);
    m_result->setAccessibleName(tr("What came of it"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_send = buttons->addButton(tr("&Send it"), QDialogButtonBox::AcceptRole);
    m_send->setDefault(true);
    connect(m_send, &QPushButton::clicked, this, &RunNowDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 12));
    column->addWidget(question);
    column->addLayout(line);
    column->addWidget(m_result, 1);
    column->addWidget(buttons);
    resize(scaledInt(metrics, 520), scaledInt(metrics, 420));

    connect(m_run, &RunController::recorded, this, &RunNowDialog::take);
    connect(m_run, &RunController::startFailed, this, [this](const Error &error) {
        m_state->setText(error.toString());
        m_send->setEnabled(true);
    });
    connect(&m_guard, &LiveGuard::ended, this, [this] { m_send->setEnabled(!m_run->isActive()); });
    connect(m_run, &RunController::finished, this, [this] {
        m_send->setText(tr("&Send another"));
        // An answer may come sooner than the second press of a nervous hand.
        m_send->setEnabled(!m_guard.isGuarded(LiveAction::Fire));
        if (m_closing) {
            QDialog::done(QDialog::Rejected);
        }
    });
    m_state->setText(tr("Not sent yet."));
}

void RunNowDialog::send()
{
    if (!m_guard.pass(LiveAction::Fire)) {
        return;
    }
    m_record = RunRecord();
    m_result->clear();
    m_send->setEnabled(false);
    m_state->setText(tr("Starting…"));
    const auto begun = m_run->start(m_timeline, {}, m_scenarios, 1, m_run->target());
    if (!begun) {
        m_state->setText(begun.error().toString());
        m_send->setEnabled(true);
    }
}

void RunNowDialog::take(const RunEvent &event)
{
    m_record.apply(event);
    showState();
}

void RunNowDialog::showState()
{
    if (m_record.incidents().isEmpty()) {
        return;
    }
    const IncidentRun &run = m_record.incidents().first();
    const int side = scaledInt(QFontMetricsF(font()), 20);
    setMark(m_mark, stateIcon(run.state), side);
    QString text = stateName(run.state);
    if (run.latency) {
        text += tr(", answered in %1").arg(latencyText(*run.latency));
    }
    if (!run.error.isEmpty()) {
        text += u": " + run.error;
    }
    m_state->setText(text);
    if (!run.incidentId.isEmpty()) {
        m_result->setHtml(IncidentDialog::html(run));
    }
}

void RunNowDialog::done(int result)
{
    // What is under way is not left alone: it ends first, and nothing more is sent.
    if (m_run->isActive()) {
        m_closing = true;
        m_state->setText(tr("Ending…"));
        m_run->stop();
        return;
    }
    QDialog::done(result);
}
