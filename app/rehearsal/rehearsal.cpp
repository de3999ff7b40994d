// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/rehearsal.h"

#include "app/base/numbers.h"
#include "app/generation/offlinegenerator.h"
#include "app/library/scenariolibrary.h"

#include <algorithm>

Rehearsal::Rehearsal(QObject *parent)
    : QObject(parent)
{}

Rehearsal::~Rehearsal()
{
    cancel();
    joinThreads();
}

Result<void> Rehearsal::makeScenarios()
{
    std::optional<OfflineGenerator> offline; // since it reads files
    int made = 0;
    for (PlannedIncident &planned : m_plan.incidents) {
        if (!planned.generation) {
            continue;
        }
        if (!offline) {
            offline.emplace();
        }
        const Result<Generation> generation = offline->make(*planned.generation);
        if (!generation) {
            return tl::make_unexpected(generation.error());
        }
        planned.draft = generatedDraft(planned, generation->scenario, generation->seed);
        planned.generation.reset();
        made += planned.sends ? 1 : 0;
    }
    if (made > 0) {
        m_notes.append(countedText(
            made,
            tr("1 incident has no pinned scenario; the rehearsal generated one with the "
               "built-in offline generator."),
            tr("%1 incidents have no pinned scenarios; the rehearsal generated them with "
               "the built-in offline generator.")));
        if (m_plan.generation.profile.usesNetwork()) {
            m_notes.append(tr("Pin them, so that the show does not wait for \"%1\".")
                               .arg(m_plan.generation.profile.name));
        }
    }
    return {};
}

Result<void> Rehearsal::start(const RunPlan &plan, const RehearsalOptions &options)
{
    if (isActive()) {
        return fail(tr("A rehearsal is in progress; wait for it, or cancel it."));
    }
    if (options.runs < 1 || options.runs > RehearsalOptions::MaximumRuns) {
        return fail(tr("A rehearsal has 1 to %1 runs, not %2.")
                        .arg(RehearsalOptions::MaximumRuns)
                        .arg(options.runs));
    }
    if (plan.incidents.isEmpty()) {
        return fail(tr("The timeline has no incident to rehearse; add one first."));
    }
    if (!(plan.speed >= MinimumSpeed && plan.speed <= MaximumSpeed)) {
        return fail(tr("A rehearsal is of a speed from %1 to %2, not %3.")
                        .arg(MinimumSpeed)
                        .arg(MaximumSpeed)
                        .arg(plan.speed));
    }
    if (options.setting.limit &&
        (options.setting.limit->sends < 1 || options.setting.limit->window.count() < 1)) {
        return fail(tr("A rate limit takes at least one incident in at least one millisecond."));
    }
    m_plan = plan;
    m_options = options;
    m_notes.clear();
    if (const Result<void> made = makeScenarios(); !made) {
        return made;
    }
    m_next = 0;
    m_done = 0;
    m_isCancelled = false;
    m_elapsed.start();
    const int threads = std::clamp(options.threads, 1, std::min(options.runs, 64));
    for (int i = 0; i < threads; ++i) {
        Share &share = *m_shares.emplace_back(std::make_unique<Share>());
        QThread *thread = QThread::create([this, &share] { playShare(share); });
        thread->setObjectName(QStringLiteral("rehearsal"));
        connect(thread, &QThread::finished, this, &Rehearsal::finishIfDone);
        m_threads.emplace_back(thread);
    }
    for (const auto &thread : m_threads) {
        thread->start();
    }
    return {};
}

void Rehearsal::playShare(Share &share)
{
    RehearsalStage stage(m_plan, m_options.setting);
    for (int run = m_next++; run < m_options.runs && !m_isCancelled; run = m_next++) {
        const StressScript script = m_options.script
                                        ? m_options.script(m_plan, run)
                                        : StressScript::draw(m_plan, m_options.seed, run);
        const Result<RehearsedRun> played = stage.play(script, m_isCancelled);
        if (!played) {
            share.error = played.error();
            m_isCancelled = true; // the others would fail as well
            return;
        }
        if (!played->isWhole) {
            return;
        }
        share.tally.add(run, *played, m_plan);
        const int done = ++m_done;
        QMetaObject::invokeMethod(this, [this, done] { Q_EMIT progress(done, m_options.runs); });
    }
}

void Rehearsal::cancel()
{
    m_isCancelled = true;
}

void Rehearsal::joinThreads()
{
    for (const auto &thread : m_threads) {
        thread->wait();
    }
    m_threads.clear();
}

void Rehearsal::finishIfDone()
{
    const bool isDone = std::all_of(m_threads.begin(), m_threads.end(),
                                    [](const auto &thread) { return thread->isFinished(); });
    if (!isDone || m_threads.empty()) {
        return;
    }
    joinThreads();
    ReadinessTally tally;
    std::optional<Error> error;
    for (const std::unique_ptr<Share> &share : m_shares) {
        tally.add(share->tally);
        if (share->error && !error) {
            error = share->error;
        }
    }
    m_shares.clear();
    if (error) {
        Q_EMIT failed(*error);
        return;
    }
    ReadinessReport report = tally.report(m_plan, m_options.setting.limit);
    report.seed = m_options.seed;
    report.wanted = m_options.runs;
    report.seconds = double(m_elapsed.elapsed()) / 1000;
    report.notes = m_notes;
    Q_EMIT finished(report);
}

QList<Scenario> sandboxScenarios()
{
    return ScenarioLibrary::standard().scenarios();
}

RunGeneration rehearsedGeneration()
{
    RunGeneration generation;
    const QList<GeneratorProfile> profiles = Generators::all();
    const QString wanted = Generators::defaultName();
    for (const GeneratorProfile &profile : profiles) {
        if (profile.name == wanted) {
            generation.profile = profile;
        }
    }
    return generation;
}
