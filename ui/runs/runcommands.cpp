// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runcommands.h"

#include "app/engine/runreplay.h"
#include "app/engine/runresume.h"
#include "app/runs/recordedtimeline.h"
#include "app/runs/runcomparison.h"
#include "app/runs/runstore.h"
#include "app/settings/knowntargets.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/player/runcontroller.h"
#include "ui/rehearsal/rehearsaldialog.h"
#include "ui/runs/replaydialog.h"
#include "ui/runs/resumedialog.h"
#include "ui/runs/runsdialog.h"
#include "ui/runs/runsmodel.h"
#include "ui/settings/windowsettings.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/openmodal.h"

#include <QAction>
#include <QLocale>
#include <QMenu>
#include <cmath>
#include <tuple>

namespace {

const QString DeclinedKey = QStringLiteral("declinedRun");

} // namespace

RunCommands::RunCommands(CommandSet &commands, const TimelineDocument &document,
                         const ScenarioLibrary &scenarios, TimelineView &view,
                         const RunController &controller, QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_view(view)
    , m_controller(controller)
    , m_window(window)
{
    const QString run = tr("Run");
    m_rehearse = commands.add(QStringLiteral("run.stress"), run, tr("Stress re&hearsal…"),
                              {QKeySequence(tr("Ctrl+Shift+H"))});
    CommandSet::describe(m_rehearse, tr("Play the timeline many times against faults, and see "
                                        "what would let it down"));
    m_browse = commands.add(QStringLiteral("run.browse"), run, tr("Past r&uns…"),
                            {QKeySequence(tr("Ctrl+Shift+R"))});
    CommandSet::describe(m_browse, tr("Browse, name, compare, replay, resume, export and delete "
                                      "past runs"));
    m_report = commands.add(QStringLiteral("run.report"), run, tr("Report of this run…"),
                            {QKeySequence(tr("Ctrl+Shift+T"))});
    m_report->setIconText(tr("Report…"));
    CommandSet::describe(m_report, tr("What came of the last run: HTML, Markdown, CSV, JSON, PDF"));
    m_replay = commands.add(QStringLiteral("run.replay"), run, tr("Repla&y this run…"),
                            {QKeySequence(tr("Ctrl+Shift+Y"))});
    m_replay->setIconText(tr("Replay…"));
    CommandSet::describe(m_replay, tr("Play the last run again with the same content and timing"));
    m_ghosts = commands.add(QStringLiteral("run.hideGhosts"), run, tr("Hide the ghosts"));
    CommandSet::describe(m_ghosts, tr("Take what an earlier run did off the timeline"));
    connect(m_rehearse, &QAction::triggered, this, &RunCommands::rehearse);
    connect(m_browse, &QAction::triggered, this, &RunCommands::browse);
    connect(m_report, &QAction::triggered, this, [this] { Q_EMIT reportRequested({m_lastRun}); });
    connect(m_replay, &QAction::triggered, this, [this] { replay(m_lastRun); });
    connect(m_ghosts, &QAction::triggered, this, [this] { showGhosts({}); });
    connect(&m_document, &TimelineDocument::changed, this, &RunCommands::placeGhosts);
    connect(&m_document, &TimelineDocument::opened, this, &RunCommands::placeGhosts);
    updateActions();
}

void RunCommands::fillMenu(QMenu *menu)
{
    menu->addAction(m_rehearse);
    menu->addSeparator();
    menu->addActions({m_report, m_replay, m_browse, m_ghosts});
}

void RunCommands::setLastRun(const QString &journal)
{
    m_lastRun = journal;
    updateActions();
    if (m_dialog) {
        m_dialog->reload();
    }
}

void RunCommands::setPlaying(bool isPlaying)
{
    m_isPlaying = isPlaying;
    updateActions();
    if (m_dialog) {
        m_dialog->setPlaying(isPlaying);
    }
}

void RunCommands::updateActions()
{
    m_report->setEnabled(!m_lastRun.isEmpty());
    m_replay->setEnabled(!m_lastRun.isEmpty() && !m_isPlaying);
    m_ghosts->setEnabled(m_past.has_value());
}

void RunCommands::browse()
{
    if (!m_dialog) {
        m_dialog = new RunsDialog(m_document.path(), m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->setPlaying(m_isPlaying);
        connect(m_dialog, &RunsDialog::reportRequested, this, &RunCommands::reportRequested);
        connect(m_dialog, &RunsDialog::ghostRequested, this, &RunCommands::showGhosts);
        connect(m_dialog, &RunsDialog::replayRequested, this, &RunCommands::replay);
        connect(m_dialog, &RunsDialog::resumeRequested, this, &RunCommands::resume);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void RunCommands::rehearse()
{
    Result<RunPlan> plan = planRun(m_document.timeline(), m_scenarios, rehearsedGeneration());
    if (!plan || plan->incidents.isEmpty()) {
        Q_EMIT refused(tr("There is nothing to rehearse."),
                       plan ? tr("Add an incident first, or open a timeline (Ctrl+O).")
                            : plan.error().message);
        return;
    }
    // As the show would be played from here: the waits and the losses depend on all of it.
    plan->speed = m_speed;
    plan->reconcile = RunController::Reconcile;
    plan->target.preferQuickIncident = m_controller.target().preferQuickIncident;
    plan->holdsOpen = true;
    auto *dialog = new RehearsalDialog(*plan, m_window);
    connect(dialog, &RehearsalDialog::incidentActivated, this, &RunCommands::incidentChosen);
    openModal(dialog);
}

void RunCommands::replay(const QString &journal)
{
    const Result<RunRecord> record = RunStore::read(journal);
    Result<RunPlan> plan =
        record ? replayPlan(journal) : Result<RunPlan>(tl::make_unexpected(record.error()));
    if (!plan) {
        Q_EMIT refused(tr("The run cannot be played again."), plan.error().message);
        return;
    }
    const Target &target = m_controller.target();
    ReplayDialog dialog(*record, RunController::nameOf(target), target.isSandbox,
                        m_dialog ? static_cast<QWidget *>(m_dialog) : m_window);
    dialog.setWarning(plan->warning);
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    plan->speed = dialog.speed();
    plan->reconcile = RunController::Reconcile;
    plan->targetName = QStringLiteral("sandbox");
    if (!dialog.onSandbox()) {
        plan->target = target;
        plan->targetName = target.base.toString();
    }
    if (m_dialog) {
        m_dialog->close();
    }
    Q_EMIT playRequested(*plan, *record);
}

void RunCommands::resume(const QString &journal)
{
    resumeAgain(journal, {});
}

void RunCommands::resumeAgain(const QString &journal, QString trouble)
{
    std::optional<LatePolicy> passed;
    Result<InterruptedRun> run = inspectRun(journal);
    while (run) {
        ResumeDialog dialog(*run, trouble, m_dialog ? static_cast<QWidget *>(m_dialog) : m_window);
        if (dialog.exec() != QDialog::Accepted) {
            if (trouble.isEmpty()) {
                windowSettings().setValue(DeclinedKey, journal);
            }
            return;
        }
        passed = dialog.passed();
        if (!run->isTargetNamed) {
            std::ignore = KnownTargets::remember(QUrl(run->record.target())); // the user's word
        }
        const qsizetype known = run->passed.size();
        run = inspectRun(journal);
        if (!run || run->passed.size() == known || passed == LatePolicy::SendNow ||
            passed == LatePolicy::Shift) {
            break;
        }
        trouble = tr("Meanwhile the moments of more incidents have passed.");
    }
    if (!run) {
        Q_EMIT refused(tr("The run cannot be resumed."), run.error().message);
        return;
    }
    Result<RunPlan> plan = resumePlan(journal, passed);
    if (!plan) {
        Q_EMIT refused(tr("The run cannot be resumed."), plan.error().message);
        return;
    }
    if (!plan->target.isSandbox) {
        plan->target = m_controller.entrusted(plan->target);
    }
    plan->reconcile = RunController::Reconcile;
    if (m_dialog) {
        m_dialog->close();
    }
    Q_EMIT playRequested(*plan, run->record);
}

void RunCommands::offerInterrupted()
{
    const QString declined = windowSettings().value(DeclinedKey).toString();
    const QList<RunEntry> runs = RunStore::list();
    for (const RunEntry &run : runs) {
        if (run.isLive) {
            return; // another window plays; it is not the moment
        }
        if (run.isFinished) {
            continue;
        }
        if (run.path != declined) {
            resume(run.path);
        }
        return;
    }
}

void RunCommands::showGhosts(const QString &journal)
{
    m_past.reset();
    if (!journal.isEmpty()) {
        const Result<RunRecord> record = RunStore::read(journal);
        if (!record) {
            Q_EMIT refused(tr("The run cannot be shown."), record.error().message);
            return;
        }
        m_past = *record;
        m_pastName =
            tr("Run of %1")
                .arg(QLocale().toString(record->startedAt().toLocalTime(), QLocale::ShortFormat));
    }
    placeGhosts();
    updateActions();
    if (m_past && m_view.controller().cursor().past.empty()) {
        Q_EMIT refused(tr("There are no ghosts to show."),
                       tr("That run sent none of the incidents of this timeline."));
    }
}

void RunCommands::placeGhosts()
{
    std::vector<PastSend> past;
    if (m_past) {
        const Timeline &timeline = m_document.timeline();
        // Made-up ids differ from one reading of a file to the next.
        const bool byPlace = isRunOf(*m_past, timeline);
        for (const IncidentRun &run : m_past->incidents()) {
            const int block = byPlace ? run.index : timeline.indexOf(run.id);
            if (block >= 0 && run.sentPosition) {
                past.push_back({block,
                                std::chrono::round<std::chrono::milliseconds>(
                                    run.sentPosition->time_since_epoch()),
                                run.state});
            }
        }
    }
    if (!past.empty() || !m_view.controller().cursor().past.empty()) {
        m_view.controller().setPast(std::move(past), m_pastName);
    }
}
