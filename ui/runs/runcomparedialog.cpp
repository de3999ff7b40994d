// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runcomparedialog.h"

#include "app/base/timetext.h"
#include "app/runs/runcomparison.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace {

enum ComparedColumn {
    Title,
    LeftState,
    RightState,
    LeftSent,
    RightSent,
    Moved,
    LeftLatency,
    RightLatency,
    LeftFound,
    RightFound,
    ComparedColumnCount
};

const QChar Nothing(0x2013);

QString positionText(const IncidentRun *run)
{
    return run && run->sentPosition ? clockText(std::chrono::round<std::chrono::milliseconds>(
                                          run->sentPosition->time_since_epoch()))
                                    : QString(Nothing);
}

QString latencyOf(const IncidentRun *run)
{
    return run && run->latency ? latencyText(*run->latency) : QString(Nothing);
}

/** "3 / 2": hypotheses and actions. */
QString foundText(const IncidentRun *run)
{
    if (!run || (!run->hypotheses && !run->actions)) {
        return Nothing;
    }
    const auto number = [](const std::optional<int> &count) {
        return count ? QString::number(*count) : QString(Nothing);
    };
    return number(run->hypotheses) + QStringLiteral(" / ") + number(run->actions);
}

QString movedText(Duration by)
{
    const auto moved = wholeMilliseconds(toMilliseconds(std::chrono::abs(by)));
    return (by < Duration(0) ? QChar(0x2212) : QChar(u'+')) + timeText(moved, 1);
}

} // namespace

RunCompareDialog::RunCompareDialog(const Side &left, const Side &right, QWidget *parent)
    : QDialog(parent)
    , m_table(new QTableWidget(this))
{
    setObjectName(QStringLiteral("runCompareDialog"));
    setWindowTitle(tr("Two runs"));
    const QFontMetricsF metrics(font());
    const auto head = [](const QString &letter, const Side &side) {
        return tr("<b>%1</b>&nbsp; %2, %3, %4, against %5")
            .arg(letter, side.title.toHtmlEscaped(),
                 QLocale().toString(side.record.startedAt().toLocalTime(), QLocale::ShortFormat),
                 speedText(side.record.speed()), side.record.target().toHtmlEscaped());
    };
    auto *column = new QVBoxLayout(this);
    for (const auto &[letter, side] :
         {std::pair(QStringLiteral("A"), &left), std::pair(QStringLiteral("B"), &right)}) {
        auto *label = new QLabel(head(letter, *side), this);
        label->setTextFormat(Qt::RichText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    const RunComparison comparison(left.record, right.record);
    auto *verdict = new QLabel(this);
    verdict->setObjectName(QStringLiteral("verdict"));
    verdict->setWordWrap(true);
    const QString requests = comparison.hasSameRequests()
                                 ? tr("Both asked for the same incidents.")
                                 : tr("They did not ask for the same incidents.");
    const int differences = comparison.differences();
    verdict->setText(differences == 0 ? tr("%1 All came out alike.").arg(requests)
                                      : tr("%1 %2 of %3 incidents came out differently.")
                                            .arg(requests)
                                            .arg(differences)
                                            .arg(comparison.rows().size()));
    column->addWidget(verdict);
    column->addWidget(m_table, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);

    m_table->setObjectName(QStringLiteral("comparison"));
    m_table->setAccessibleName(tr("Incidents of both runs"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 32));
    m_table->setColumnCount(ComparedColumnCount);
    m_table->setHorizontalHeaderLabels({tr("Incident"), tr("A"), tr("B"), tr("A sent"),
                                        tr("B sent"), tr("Moved"), tr("A latency"), tr("B latency"),
                                        tr("A found"), tr("B found")});
    m_table->horizontalHeaderItem(LeftFound)->setToolTip(tr("Hypotheses / actions"));
    m_table->horizontalHeaderItem(RightFound)->setToolTip(tr("Hypotheses / actions"));
    m_table->horizontalHeaderItem(Moved)->setToolTip(
        tr("How much later B sent it than A, on the timeline's clock"));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(Title, QHeaderView::Stretch);
    fill(left.record, right.record);
    for (int section = LeftState; section < ComparedColumnCount; ++section) {
        m_table->horizontalHeader()->setSectionResizeMode(section, QHeaderView::ResizeToContents);
    }
    resize(scaledInt(metrics, 1080), scaledInt(metrics, 460));
}

void RunCompareDialog::fill(const RunRecord &left, const RunRecord &right)
{
    const RunComparison comparison(left, right);
    const Theme &theme = Theme::of(palette());
    m_table->setRowCount(int(comparison.rows().size()));
    int row = 0;
    for (const RunComparison::Row &entry : comparison.rows()) {
        const IncidentRun *a = entry.left < 0 ? nullptr : &left.incidents()[entry.left];
        const IncidentRun *b = entry.right < 0 ? nullptr : &right.incidents()[entry.right];
        const IncidentRun *any = a ? a : b;
        const auto put = [&](int column, const QString &text, bool differs,
                             const QIcon &image = {}) {
            auto *cell = new QTableWidgetItem(image, text);
            cell->setTextAlignment((column >= LeftSent ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
            if (differs) {
                cell->setForeground(theme.snap);
            }
            m_table->setItem(row, column, cell);
        };
        const auto state = [&](int column, const IncidentRun *run) {
            put(column, run ? stateName(run->state) : tr("not there"),
                entry.statesDiffer || !a || !b, run ? stateIcon(run->state) : QIcon());
        };
        put(Title, any->title, entry.requestsDiffer, severityIcon(any->severity));
        if (entry.requestsDiffer) {
            m_table->item(row, Title)->setToolTip(tr("Other content was sent."));
        }
        state(LeftState, a);
        state(RightState, b);
        const bool hasMoved =
            entry.when && std::chrono::abs(*entry.when) >=
                              SameMoment * std::max({1.0, left.speed(), right.speed()});
        put(LeftSent, positionText(a), false);
        put(RightSent, positionText(b), false);
        put(Moved,
            hasMoved     ? movedText(*entry.when)
            : entry.when ? tr("no")
                         : QString(Nothing),
            hasMoved);
        put(LeftLatency, latencyOf(a), false);
        put(RightLatency, latencyOf(b), false);
        const bool foundDiffers = foundText(a) != foundText(b);
        put(LeftFound, foundText(a), foundDiffers);
        put(RightFound, foundText(b), foundDiffers);
        ++row;
    }
}
