// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runsdialog.h"

#include "ui/look/text.h"
#include "ui/runs/runcomparedialog.h"
#include "ui/runs/runsmodel.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/openmodal.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace {

/** By words in any column, and by the timeline that was played. */
class RunFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setTimeline(const QString &path)
    {
        m_timeline = path;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex first = sourceModel()->index(row, 0, parent);
        if (!m_timeline.isEmpty() && first.data(RunsModel::TimelineRole).toString() != m_timeline) {
            return false;
        }
        return QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }

private:
    QString m_timeline;
};

} // namespace

RunsDialog::RunsDialog(const QString &timelinePath, QWidget *parent)
    : QDialog(parent)
    , m_model(new RunsModel(this))
    , m_shown(new RunFilter(this))
    , m_table(new QTableView(this))
    , m_search(new QLineEdit(this))
    , m_onlyThis(new QCheckBox(tr("Only of &this timeline"), this))
    , m_message(new MessageBar(this))
    , m_report(new QPushButton(tr("&Report…"), this))
    , m_compare(new QPushButton(tr("&Compare"), this))
    , m_ghost(new QPushButton(tr("Show as &ghosts"), this))
    , m_replay(new QPushButton(tr("Re&play…"), this))
    , m_resume(new QPushButton(tr("Re&sume…"), this))
    , m_rename(new QPushButton(tr("Re&name"), this))
    , m_export(new QPushButton(tr("&Export…"), this))
    , m_delete(new QPushButton(tr("&Delete"), this))
{
    setObjectName(QStringLiteral("runsDialog"));
    setWindowTitle(tr("Runs"));
    const QFontMetricsF metrics(font());
    m_search->setPlaceholderText(tr("Search names, targets and dates"));
    m_search->setAccessibleName(tr("Search runs"));
    m_search->setClearButtonEnabled(true);
    m_onlyThis->setEnabled(!timelinePath.isEmpty());
    m_message->hide();

    m_shown->setSourceModel(m_model);
    m_shown->setSortRole(RunsModel::SortRole);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setAccessibleName(tr("Past runs"));
    m_table->setModel(m_shown);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::Started, Qt::DescendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 32));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(RunsModel::Name, QHeaderView::Stretch);
    const std::pair<int, int> widths[]{{RunsModel::Started, 178},  {RunsModel::Target, 208},
                                       {RunsModel::Created, 70},   {RunsModel::Failed, 62},
                                       {RunsModel::Uncertain, 92}, {RunsModel::Skipped, 70},
                                       {RunsModel::Lasted, 118}};
    for (const auto &[section, width] : widths) {
        m_table->setColumnWidth(section, scaledInt(metrics, width));
    }
    new EmptyHint(m_table,
                  tr("No run yet. Each run keeps a journal, from which it can be reported, "
                     "compared and played again."));

    auto *top = new QHBoxLayout;
    top->addWidget(m_search, 1);
    top->addWidget(m_onlyThis);
    auto *column = new QVBoxLayout;
    for (QPushButton *button :
         {m_report, m_compare, m_ghost, m_replay, m_resume, m_rename, m_export, m_delete}) {
        button->setAutoDefault(false);
        if (button == m_rename) {
            column->addSpacing(scaledInt(metrics, 12));
        }
        column->addWidget(button);
    }
    column->addStretch(1);
    m_report->setDefault(true);
    m_compare->setToolTip(tr("Two runs side by side"));
    m_ghost->setToolTip(tr("When this run sent each incident, beside the timeline"));
    m_replay->setToolTip(tr("Play it again with the same content and timing, on the sandbox"));
    m_resume->setToolTip(tr("Continue a run that was interrupted or stopped"));

    auto *middle = new QHBoxLayout;
    middle->addWidget(m_table, 1);
    middle->addLayout(column);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(m_message);
    all->addLayout(middle, 1);
    all->addWidget(buttons);
    resize(scaledInt(metrics, 1060), scaledInt(metrics, 520));

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, m_shown,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_onlyThis, &QCheckBox::toggled, this, [this, timelinePath](bool only) {
        static_cast<RunFilter *>(m_shown)->setTimeline(only ? timelinePath : QString());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RunsDialog::updateButtons);
    connect(m_model, &RunsModel::refused, this,
            [this](const QString &sentence) { refuse(tr("Not renamed."), sentence); });
    connect(m_table, &QTableView::activated, m_report, &QPushButton::click);
    connect(m_report, &QPushButton::clicked, this,
            [this] { Q_EMIT reportRequested(selectedRuns()); });
    connect(m_compare, &QPushButton::clicked, this, &RunsDialog::compare);
    connect(m_ghost, &QPushButton::clicked, this,
            [this] { Q_EMIT ghostRequested(selectedRuns().value(0)); });
    connect(m_replay, &QPushButton::clicked, this,
            [this] { Q_EMIT replayRequested(selectedRuns().value(0)); });
    connect(m_resume, &QPushButton::clicked, this,
            [this] { Q_EMIT resumeRequested(selectedRuns().value(0)); });
    connect(m_rename, &QPushButton::clicked, this, [this] {
        m_table->edit(m_table->selectionModel()->selectedRows(RunsModel::Name).value(0));
    });
    connect(m_export, &QPushButton::clicked, this, &RunsDialog::exportSelected);
    connect(m_delete, &QPushButton::clicked, this, &RunsDialog::removeSelected);
    auto *remove = new QShortcut(QKeySequence::Delete, m_table);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, m_delete, &QPushButton::click);
    reload();
}

void RunsDialog::reload()
{
    const QStringList selected = selectedRuns();
    m_model->setRuns(RunStore::list());
    for (const QString &path : selected) {
        const QModelIndex row =
            m_shown->mapFromSource(m_model->index(m_model->rowOf(path), RunsModel::Name));
        m_table->selectionModel()->select(row,
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    if (selectedRuns().isEmpty() && m_shown->rowCount() > 0) {
        // Not by selectRow(): it heeds the keys that are down, as those of the shortcut that opens.
        m_table->selectionModel()->setCurrentIndex(m_shown->index(0, RunsModel::Name),
                                                   QItemSelectionModel::ClearAndSelect |
                                                       QItemSelectionModel::Rows);
    }
    updateButtons();
}

QStringList RunsDialog::selectedRuns() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QStringList paths;
    for (const QModelIndex &row : rows) {
        paths.append(m_model->run(m_shown->mapToSource(row).row()).path);
    }
    return paths;
}

void RunsDialog::setPlaying(bool isPlaying)
{
    m_isPlaying = isPlaying;
    updateButtons();
}

void RunsDialog::updateButtons()
{
    const QStringList paths = selectedRuns();
    const bool isOne = paths.size() == 1;
    bool anyLive = false;
    for (const QString &path : paths) {
        anyLive = anyLive || m_model->run(m_model->rowOf(path)).isLive;
    }
    const RunEntry *one = isOne ? &m_model->run(m_model->rowOf(paths.first())) : nullptr;
    m_report->setEnabled(!paths.isEmpty());
    m_compare->setEnabled(paths.size() == 2);
    m_ghost->setEnabled(isOne);
    m_replay->setEnabled(isOne && !m_isPlaying);
    m_resume->setEnabled(one && (!one->isFinished || one->canContinue) && !one->isLive &&
                         !m_isPlaying);
    m_rename->setEnabled(isOne && !anyLive);
    m_export->setEnabled(isOne);
    m_delete->setEnabled(!paths.isEmpty() && !anyLive);
}

void RunsDialog::refuse(const QString &headline, const QString &sentence)
{
    m_message->showMessage(MessageBar::Kind::Error, headline, sentence);
}

void RunsDialog::compare()
{
    const QStringList paths = selectedRuns();
    // The older one to the left, as one reads.
    const RunEntry *left = &m_model->run(m_model->rowOf(paths[0]));
    const RunEntry *right = &m_model->run(m_model->rowOf(paths[1]));
    if (right->startedAt < left->startedAt) {
        std::swap(left, right);
    }
    const Result<RunRecord> before = RunStore::read(left->path);
    const Result<RunRecord> after = RunStore::read(right->path);
    if (!before || !after) {
        refuse(tr("Not compared."), (before ? after : before).error().message);
        return;
    }
    openModal(new RunCompareDialog({left->name, *before}, {right->name, *after}, this));
}

void RunsDialog::removeSelected()
{
    const QStringList paths = selectedRuns();
    const QString what =
        paths.size() == 1 ? tr("the run “%1”").arg(m_model->run(m_model->rowOf(paths.first())).name)
                          : tr("%1 runs").arg(paths.size());
    auto *ask = new QMessageBox(
        QMessageBox::Question, tr("Delete runs"),
        tr("Delete %1? The journal is all there is of a run: without it there is no "
           "report and no replay. This cannot be undone.")
            .arg(what),
        QMessageBox::NoButton, this);
    const QPushButton *yes = ask->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(QMessageBox::Cancel));
    connect(ask, &QDialog::finished, this, [this, ask, yes, paths] {
        if (ask->clickedButton() == yes) {
            remove(paths);
        }
    });
    openModal(ask);
}

void RunsDialog::remove(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (const Result<void> removed = RunStore::remove(path); !removed) {
            refuse(tr("Not deleted."), removed.error().message);
            break;
        }
    }
    reload();
}

void RunsDialog::exportSelected()
{
    // A copy: while the file is chosen, a run may end and the list be read anew.
    const RunEntry run = m_model->run(m_model->rowOf(selectedRuns().value(0)));
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the run"), QDir::home().filePath(QFileInfo(run.path).fileName()),
        tr("Journal of a run (*.jsonl)"));
    if (path.isEmpty()) {
        return;
    }
    if (const Result<void> exported = RunStore::exportTo(run.path, path); !exported) {
        refuse(tr("Not exported."), exported.error().message);
    } else {
        m_message->showMessage(MessageBar::Kind::Success, tr("Exported."),
                               tr("The journal is in “%1”.").arg(path));
    }
}
