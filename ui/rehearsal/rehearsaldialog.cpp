// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rehearsal/rehearsaldialog.h"

#include "app/base/wholefile.h"
#include "ui/icons.h"
#include "ui/text.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <limits>

namespace {

enum FindingColumn {
    WeightColumn,
    IncidentColumn,
    FaultColumn,
    OutcomeColumn,
    RunsColumn,
    LateColumn,
    FindingColumnCount
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
    , m_runs(new QSpinBox(this))
    , m_seed(new QSpinBox(this))
    , m_limit(new QCheckBox(tr("&Limit of 5 in 60 s, as the backend has"), this))
    , m_start(new QPushButton(tr("&Rehearse"), this))
    , m_save(new QPushButton(tr("&Save the report…"), this))
    , m_progress(new QProgressBar(this))
    , m_verdict(new MessageBar(this))
    , m_totals(new QLabel(this))
    , m_findings(new QTableWidget(0, FindingColumnCount, this))
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
    m_runs->setRange(1, RehearsalOptions::MaximumRuns);
    m_runs->setValue(UsualRuns);
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

    m_findings->setObjectName(QStringLiteral("findings"));
    m_findings->setAccessibleName(tr("Findings"));
    m_findings->setHorizontalHeaderLabels(
        {QString(), tr("Incident"), tr("Under"), tr("Came out"), tr("Runs"), tr("Latest")});
    m_findings->horizontalHeaderItem(LateColumn)
        ->setToolTip(tr("How long after its moment it was created at worst"));
    m_findings->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_findings->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_findings->setSelectionMode(QAbstractItemView::SingleSelection);
    m_findings->setAlternatingRowColors(true);
    m_findings->setShowGrid(false);
    m_findings->setWordWrap(false);
    m_findings->setTabKeyNavigation(false);
    m_findings->verticalHeader()->hide();
    m_findings->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 32));
    m_findings->horizontalHeader()->setHighlightSections(false);
    m_findings->horizontalHeader()->setSectionResizeMode(IncidentColumn, QHeaderView::Stretch);
    const std::pair<int, int> widths[]{{WeightColumn, 34},
                                       {FaultColumn, 220},
                                       {OutcomeColumn, 130},
                                       {RunsColumn, 64},
                                       {LateColumn, 80}};
    for (const auto &[section, width] : widths)
        m_findings->setColumnWidth(section, scaledInt(metrics, width));
    new EmptyHint(m_findings, tr("What goes wrong, and what would help, comes here."));

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
    for (QPushButton *button : {m_save, buttons->button(QDialogButtonBox::Close)})
        button->setAutoDefault(false);
    m_start->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(scaledInt(metrics, 8));
    column->addWidget(sentence);
    column->addLayout(form);
    column->addWidget(m_progress);
    column->addWidget(m_verdict);
    column->addWidget(m_totals);
    column->addWidget(m_findings, 1);
    column->addWidget(m_details);
    column->addWidget(buttons);
    resize(scaledInt(metrics, 860), scaledInt(metrics, 620));

    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_rehearsal.isActive())
            m_rehearsal.cancel();
        else
            start();
    });
    connect(m_save, &QPushButton::clicked, this, &RehearsalDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_findings, &QTableWidget::itemSelectionChanged, this, &RehearsalDialog::showDetails);
    connect(m_findings, &QTableWidget::cellActivated, this,
            [this](int row) { Q_EMIT incidentActivated(m_report.findings[row].incident); });
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
    options.runs = m_runs->value();
    options.seed = quint64(m_seed->value());
    options.setting.scenarios = sandboxScenarios();
    if (!m_limit->isChecked())
        options.setting.limit.reset();
    m_verdict->hide();
    m_report = {};
    fillFindings();
    m_totals->clear();
    m_progress->setRange(0, options.runs);
    m_progress->setValue(0);
    if (const Result<void> begun = m_rehearsal.start(m_plan, options); !begun)
        m_verdict->showMessage(MessageBar::Kind::Error, tr("Nothing was rehearsed."),
                               begun.error().message);
    updateControls();
}

void RehearsalDialog::updateControls()
{
    const bool isActive = m_rehearsal.isActive();
    for (QWidget *field : {static_cast<QWidget *>(m_runs), static_cast<QWidget *>(m_seed),
                           static_cast<QWidget *>(m_limit)})
        field->setEnabled(!isActive);
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
                           report.runs < report.wanted ? tr("Cancelled.") : tr("Rehearsed."),
                           report.summary());
    const QLocale locale;
    QString totals =
        tr("%1 runs in %2 s: %3 created, %4 failed, %5 skipped, %6 uncertain, %7 duplicates, "
           "%8 lost.")
            .arg(locale.toString(report.runs), locale.toString(report.seconds, 'f', 1),
                 locale.toString(report.created), locale.toString(report.failed),
                 locale.toString(report.skipped), locale.toString(report.uncertain),
                 locale.toString(report.duplicates), locale.toString(report.lost));
    if (!report.notes.isEmpty())
        totals += u' ' + report.notes.join(u' ');
    m_totals->setText(totals);
    m_totals->setWordWrap(true);
    fillFindings();
    updateControls();
}

void RehearsalDialog::fillFindings()
{
    m_findings->setRowCount(int(m_report.findings.size()));
    for (int row = 0; row < m_findings->rowCount(); ++row) {
        const ReadinessFinding &finding = m_report.findings[row];
        const auto put = [&](int column, const QString &text, const QIcon &image = {}) {
            auto *cell = new QTableWidgetItem(image, text);
            cell->setToolTip(finding.sentence);
            if (column >= RunsColumn)
                cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_findings->setItem(row, column, cell);
        };
        put(WeightColumn, {}, weightIcon(finding.severity));
        m_findings->item(row, WeightColumn)
            ->setData(Qt::AccessibleTextRole, displayName(finding.severity));
        put(IncidentColumn, QStringLiteral("#%1 %2").arg(finding.incident + 1).arg(finding.title));
        put(FaultColumn, displayFault(finding.fault));
        put(OutcomeColumn, displayName(finding.outcome));
        put(RunsColumn, QLocale().toString(finding.runs));
        put(LateColumn, finding.worstLate.count() > 0
                            ? latencyText(double(finding.worstLate.count()))
                            : QString(QChar(0x2013)));
    }
    if (m_findings->rowCount() > 0)
        m_findings->selectRow(0);
    showDetails();
}

void RehearsalDialog::showDetails()
{
    const int row = m_findings->currentRow();
    if (row < 0 || row >= m_report.findings.size()) {
        m_details->clear();
        return;
    }
    const ReadinessFinding &finding = m_report.findings[row];
    m_details->setText(finding.sentence + u"\n\n" + finding.advice);
}

void RehearsalDialog::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the readiness report"),
                                                      tr("readiness.json"), tr("JSON (*.json)"));
    if (path.isEmpty())
        return;
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
