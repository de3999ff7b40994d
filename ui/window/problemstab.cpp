// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/problemstab.h"

#include "app/base/timetext.h"
#include "app/settings/datapaths.h"
#include "app/validation/timelinefixes.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/models/problemdelegate.h"
#include "ui/models/problemmodel.h"
#include "ui/player/runsession.h"
#include "ui/widgets/emptyhint.h"

#include <QAction>

namespace {

/** Long enough not to check at every letter that is typed. */
constexpr int CheckDelay = 150;
/** Nobody reads more of them before the first are gone. */
constexpr qsizetype MostFixes = 200;

} // namespace

ProblemsTab::ProblemsTab(TimelineDocument &document, const ScenarioLibrary &scenarios,
                         const RunSession &session, CommandSet &commands, QWidget *parent)
    : QListView(parent)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_session(session)
    , m_problems(new ProblemModel(this))
{
    setObjectName(QStringLiteral("problems"));
    setAccessibleName(tr("Problems"));
    setModel(m_problems);
    setFrameShape(QFrame::NoFrame);
    auto *delegate = new ProblemDelegate(this);
    setItemDelegate(delegate);
    setMouseTracking(true);
    new EmptyHint(this, tr("No problems. They are looked for as you edit."));
    m_soon.setSingleShot(true);
    m_soon.setInterval(CheckDelay);
    connect(&m_soon, &QTimer::timeout, this, &ProblemsTab::check);
    connect(this, &QListView::activated, this,
            [this](const QModelIndex &index) { choose(index.row()); });
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex &index) { choose(index.row()); });
    connect(delegate, &ProblemDelegate::fixClicked, this,
            [this](const QModelIndex &index) { fix(index.row()); });
    QAction *action = commands.add(QStringLiteral("problem.fix"), tr("Problems"),
                                   tr("&Fix the problem"), {QKeySequence(tr("Ctrl+."))});
    CommandSet::keepWithin(action, {this});
    connect(action, &QAction::triggered, this, [this] { fix(currentIndex().row()); });
}

const QList<Problem> &ProblemsTab::problems() const
{
    return m_problems->problems();
}

void ProblemsTab::checkSoon()
{
    m_soon.start();
}

void ProblemsTab::check()
{
    m_soon.stop();
    const bool sandbox = m_session.target().isSandbox;
    const Timeline &timeline = m_document.timeline();
    QList<Problem> problems;
    if (!m_document.isUntouched()) {
        problems = validate(
            timeline, {m_scenarios, sandbox ? std::nullopt : std::optional<RateLimit>(RateLimit{}),
                       &m_document.file(), DataPaths::isShipped(m_document.path())});
    }
    QList<ProblemModel::Detail> details;
    for (qsizetype i = 0; i < std::min(problems.size(), MostFixes); ++i) {
        const Problem &problem = problems[i];
        ProblemModel::Detail detail;
        if (problem.incident >= 0) {
            detail.place = tr("#%1 at %2")
                               .arg(problem.incident + 1)
                               .arg(clockText(timeline.incidents[problem.incident].delay));
        }
        if (const auto found = fixFor(problem, timeline, m_scenarios)) {
            detail.fix = found->label;
        }
        details.append(detail);
    }
    m_problems->setProblems(problems, details);
    Q_EMIT checked();
}

void ProblemsTab::choose(int row)
{
    if (row >= 0 && row < m_problems->rowCount()) {
        const Problem problem = m_problems->problems()[row];
        Q_EMIT problemChosen(problem);
    }
}

void ProblemsTab::fix(int row)
{
    if (row < 0 || row >= m_problems->rowCount()) {
        return;
    }
    if (const auto found =
            fixFor(m_problems->problems()[row], m_document.timeline(), m_scenarios)) {
        m_document.edit(found->label, found->timeline);
        check();
    }
}
