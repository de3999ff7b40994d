// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rehearsal/rehearsaldialog.h"

#include "app/base/numbers.h"
#include "app/base/wholefile.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/numberbox.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <limits>

namespace {

enum CauseColumn {
    WeightColumn,
    NameColumn,
    OutcomeColumn,
    IncidentColumn,
    LateColumn,
    CauseColumnCount
};

constexpr int UsualRuns = 200;

QIcon weightIcon(ReadinessFinding::Weight weight)
{
    switch (weight) {
    case ReadinessFinding::Weight::Problem:
        return icon(Glyph::Error);
    case ReadinessFinding::Weight::Warning:
        return icon(Glyph::Warning);
    case ReadinessFinding::Weight::Advice:
        break;
    }
    return icon(Glyph::Advice);
}

} // namespace

RehearsalDialog::RehearsalDialog(const RunPlan &plan, QWidget *parent)
    : QDialog(parent)
    , m_plan(plan)
    , m_runs(new NumberBox(this))
    , m_seed(new NumberBox(this))
    , m_limit(new QCheckBox(tr("&Limit of 5 in 60 s, as the backend has"), this))
    , m_start(new QPushButton(tr("&Rehearse"), this))
    , m_save(new QPushButton(tr("&Save the report…"), this))
    , m_progress(new QProgressBar(this))
    , m_verdict(new MessageBar(this))
    , m_totals(new QLabel(this))
    , m_causes(new QTableWidget(0, CauseColumnCount, this))
    , m_details(new QLabel(this))
{
    setObjectName(QStringLiteral("rehearsalDialog"));
    setWindowTitle(tr("Stress rehearsal"));
    const QFontMetricsF metrics(font());
    auto *sentence = new QLabel(
        tr("Plays “%1” many times on a sandbox, fast and unseen, while answers are lost, late, "
           "wrong or refused. Nothing reaches any real target.")
            .arg(plan.timelineName),
        this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    m_runs->setWhole(true);
    m_runs->setRange(1, RehearsalOptions::MaximumRuns);
    m_runs->setValue(UsualRuns);
    m_seed->setWhole(true);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    m_seed->setToolTip(tr("Decides all faults: the same number repeats the rehearsal"));
    m_limit->setChecked(true);
    m_progress->setTextVisible(true);
    m_progress->setFormat(tr("%v of %m runs"));
    m_verdict->hide();
    m_totals->setObjectName(QStringLiteral("totals"));
    m_details->setObjectName(QStringLiteral("details"));
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_details->setMinimumHeight(int(metrics.height() * 4));

    m_causes->setObjectName(QStringLiteral("causes"));
    m_causes->setAccessibleName(tr("Causes"));
    m_causes->setHorizontalHeaderLabels(
        {QString(), tr("Cause"), tr("Outcome"), tr("Incidents"), tr("Latest")});
    m_causes->horizontalHeaderItem(LateColumn)
        ->setToolTip(tr("How long after its moment an incident was sent at worst"));
    m_causes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_causes->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_causes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_causes->setAlternatingRowColors(true);
    m_causes->setShowGrid(false);
    m_causes->setWordWrap(false);
    m_causes->setTabKeyNavigation(false);
    m_causes->verticalHeader()->hide();
    m_causes->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 32));
    m_causes->horizontalHeader()->setHighlightSections(false);
    m_causes->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    const std::pair<int, int> widths[]{
        {WeightColumn, 34}, {OutcomeColumn, 230}, {IncidentColumn, 130}, {LateColumn, 80}};
    for (const auto &[section, width] : widths) {
        m_causes->setColumnWidth(section, scaledInt(metrics, width));
    }
    new EmptyHint(m_causes, tr("What can spoil the show, and what would help, appears here."));

    auto *form = new QHBoxLayout;
    const auto add = [&](const QString &text, QWidget *field) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        form->addWidget(label);
        form->addWidget(field);
        form->addSpacing(scaledInt(metrics, 12));
    };
    add(tr("&Times"), m_runs);
    add(tr("See&d"), m_seed);
    form->addWidget(m_limit);
    form->addStretch(1);
    form->addWidget(m_start);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    for (QPushButton *button : {m_save, buttons->button(QDialogButtonBox::Close)}) {
        button->setAutoDefault(false);
    }
    m_start->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 8));
    column->addWidget(sentence);
    column->addLayout(form);
    column->addWidget(m_progress);
    column->addWidget(m_verdict);
    column->addWidget(m_totals);
    column->addWidget(m_causes, 1);
    column->addWidget(m_details);
    column->addWidget(buttons);
    resize(scaledInt(metrics, 860), scaledInt(metrics, 620));

    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_rehearsal.isActive()) {
            m_rehearsal.cancel();
        } else {
            start();
        }
    });
    connect(m_save, &QPushButton::clicked, this, &RehearsalDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_causes, &QTableWidget::itemSelectionChanged, this, &RehearsalDialog::showDetails);
    connect(m_causes, &QTableWidget::cellActivated, this,
            [this](int row) { Q_EMIT incidentActivated(m_report.causes[row].incidents.first()); });
    connect(&m_rehearsal, &Rehearsal::progress, this,
            [this](int done) { m_progress->setValue(done); });
    connect(&m_rehearsal, &Rehearsal::finished, this, &RehearsalDialog::showReport);
    connect(&m_rehearsal, &Rehearsal::failed, this, [this](const Error &error) {
        m_verdict->showMessage(MessageBar::Kind::Error, tr("The rehearsal ended."), error.message);
        updateControls();
    });
    updateControls();
}

void RehearsalDialog::start()
{
    RehearsalOptions options;
    options.runs = m_runs->wholeValue();
    options.seed = quint64(m_seed->value());
    options.setting.scenarios = sandboxScenarios();
    if (!m_limit->isChecked()) {
        options.setting.limit.reset();
    }
    m_verdict->hide();
    m_report = {};
    fillCauses();
    m_totals->clear();
    m_progress->setRange(0, options.runs);
    m_progress->setValue(0);
    if (const Result<void> begun = m_rehearsal.start(m_plan, options); !begun) {
        m_verdict->showMessage(MessageBar::Kind::Error, tr("Nothing was rehearsed."),
                               begun.error().message);
    }
    updateControls();
}

void RehearsalDialog::updateControls()
{
    const bool isActive = m_rehearsal.isActive();
    for (QWidget *field : {static_cast<QWidget *>(m_runs), static_cast<QWidget *>(m_seed),
                           static_cast<QWidget *>(m_limit)}) {
        field->setEnabled(!isActive);
    }
    m_start->setText(isActive ? tr("&Cancel") : tr("&Rehearse"));
    m_progress->setVisible(isActive);
    m_save->setEnabled(!isActive && m_report.runs > 0);
}

void RehearsalDialog::showReport(const ReadinessReport &report)
{
    m_report = report;
    const bool isBroken = report.duplicates > 0 || report.lost > 0;
    m_verdict->showMessage(isBroken           ? MessageBar::Kind::Error
                           : report.isClean() ? MessageBar::Kind::Success
                                              : MessageBar::Kind::Warning,
                           report.isWhole() ? tr("Rehearsed.") : tr("Not finished."),
                           report.summary());
    QString totals = tr("%1 in %2 s: %3.", "200 runs in 12 s: 5 created, …")
                         .arg(countedText(report.runs, tr("1 run"), tr("%1 runs")),
                              roundedText(report.seconds, 1), report.countsText());
    if (!report.notes.isEmpty()) {
        totals += u' ' + report.notes.join(u' ');
    }
    m_totals->setText(totals);
    m_totals->setWordWrap(true);
    fillCauses();
    updateControls();
}

void RehearsalDialog::fillCauses()
{
    m_causes->setRowCount(int(m_report.causes.size()));
    for (int row = 0; row < m_causes->rowCount(); ++row) {
        const ReadinessCause &cause = m_report.causes[row];
        const auto put = [&](int column, const QString &text, const QIcon &image = {}) {
            auto *cell = new QTableWidgetItem(image, text);
            cell->setToolTip(cause.sentence);
            if (column >= LateColumn) {
                cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            m_causes->setItem(row, column, cell);
        };
        put(WeightColumn, {}, weightIcon(cause.severity));
        m_causes->item(row, WeightColumn)
            ->setData(Qt::AccessibleTextRole, displayName(cause.severity));
        put(NameColumn, cause.name);
        put(OutcomeColumn, cause.outcomeText());
        put(IncidentColumn, placesText(cause.incidents));
        put(LateColumn,
            cause.worstLate.count() > 0 ? latencyText(cause.worstLate) : QString(QChar(0x2013)));
    }
    if (m_causes->rowCount() > 0) {
        m_causes->selectRow(0);
    }
    showDetails();
}

void RehearsalDialog::showDetails()
{
    const int row = m_causes->currentRow();
    if (row < 0 || row >= m_report.causes.size()) {
        m_details->clear();
        return;
    }
    const ReadinessCause &cause = m_report.causes[row];
    m_details->setText(cause.sentence + u"\n\n" + cause.advice);
}

void RehearsalDialog::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the readiness report"),
                                                      tr("readiness.json"), tr("JSON (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    const Result<void> saved = writeWholeFile(path, QJsonDocument(m_report.toJson()).toJson());
    if (!saved) {
        m_verdict->showMessage(MessageBar::Kind::Error, tr("Not saved."), saved.error().message);
        return;
    }
    m_verdict->showMessage(MessageBar::Kind::Success, tr("Saved."),
                           tr("The report is in “%1”.").arg(path));
}

void RehearsalDialog::done(int result)
{
    // The runs under way break off within a moment; the report of what is done is not waited for.
    disconnect(&m_rehearsal, nullptr, this, nullptr);
    m_rehearsal.cancel();
    QDialog::done(result);
}
