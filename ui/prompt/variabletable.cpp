// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/variabletable.h"

#include "app/timeline/promptvariables.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <algorithm>

namespace {

enum VariableColumn { VariableName, VariableValue, VariableFrom, VariableColumns };
constexpr int RowsShown = 4;
constexpr int MissingRole = Qt::UserRole;

} // namespace

VariableTable::VariableTable(QWidget *parent)
    : QTableWidget(0, VariableColumns, parent)
{
    setObjectName(QStringLiteral("promptVariables"));
    setAccessibleName(tr("Variables of the prompt"));
    const QFontMetricsF metrics(font());
    setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("From")});
    horizontalHeader()->setSectionResizeMode(VariableName, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(VariableValue, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(VariableFrom, QHeaderView::ResizeToContents);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 28));
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed | SelectedClicked);
    connect(this, &QTableWidget::itemChanged, this, [this](QTableWidgetItem *changed) {
        if (changed->column() == VariableValue) {
            Q_EMIT edited(item(changed->row(), VariableName)->text(), changed->text());
        }
    });
}

void VariableTable::put(int row, int column, const QString &text, bool isEditable)
{
    QTableWidgetItem *cell = item(row, column);
    if (!cell) {
        cell = new QTableWidgetItem;
        setItem(row, column, cell);
    }
    if (cell->text() != text) {
        cell->setText(text);
    }
    cell->setToolTip(isEditable ? tr("F2 or double click gives it another value here") : text);
    cell->setFlags(isEditable ? cell->flags() | Qt::ItemIsEditable
                              : cell->flags() & ~Qt::ItemIsEditable);
}

void VariableTable::setVariables(const PromptDraft &draft, const QMap<QString, QString> &timeline)
{
    const QSignalBlocker quiet(this);
    QStringList names;
    const QList<PromptVariable> used = promptVariables(draft.prompt);
    for (const PromptVariable &variable : used) {
        if (!names.contains(variable.name)) {
            names.append(variable.name);
        }
    }
    setRowCount(int(names.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const QString &name = names[row];
        const bool isGiven = name == u"service" || name == u"severity";
        QString value;
        QString from;
        if (draft.variables.contains(name)) {
            value = draft.variables.value(name);
            from = tr("incident");
        } else if (timeline.contains(name)) {
            value = timeline.value(name);
            from = tr("timeline");
        } else if (isGiven) {
            value = name == u"service" ? draft.service : toString(draft.severity);
            from = tr("given");
        } else {
            from = tr("missing");
        }
        put(row, VariableName, name, false);
        put(row, VariableValue, value, true);
        put(row, VariableFrom, from, false);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        item(row, VariableName)->setFont(bold);
        const bool isMissing = value.isEmpty() && from == tr("missing");
        item(row, VariableFrom)->setData(MissingRole, isMissing);
        if (isMissing) {
            item(row, VariableFrom)
                ->setToolTip(tr("Nothing stands for it: the model reads {{%1}}.").arg(name));
        }
    }
    paintOrigins();
    const int shown = std::clamp(rowCount(), 1, RowsShown);
    setFixedHeight(horizontalHeader()->sizeHint().height() +
                   shown * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

void VariableTable::paintOrigins()
{
    const Theme &theme = Theme::of(palette());
    for (int row = 0; row < rowCount(); ++row) {
        QTableWidgetItem *from = item(row, VariableFrom);
        from->setForeground(from->data(MissingRole).toBool() ? theme.warning : theme.secondary);
    }
}

void VariableTable::changeEvent(QEvent *event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        const QSignalBlocker quiet(this);
        paintOrigins();
    }
}
