// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runsmodel.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"

#include <QLocale>

void RunsModel::setRuns(const QList<RunEntry> &runs)
{
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

int RunsModel::rowOf(const QString &path) const
{
    for (int row = 0; row < m_runs.size(); ++row) {
        if (m_runs[row].path == path) {
            return row;
        }
    }
    return -1;
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString RunsModel::text(const RunEntry &run, int column) const
{
    switch (column) {
    case Name:
        return run.name;
    case Started:
        return QLocale().toString(run.startedAt.toLocalTime(), QLocale::ShortFormat);
    case Target:
        return run.target == u"sandbox" ? tr("Sandbox") : run.target;
    case Created:
        return run.analysisFailed > 0
                   ? tr("%1, %2 not analyzed").arg(run.created).arg(run.analysisFailed)
                   : QString::number(run.created);
    case Failed:
        return QString::number(run.failed);
    case Uncertain:
        return QString::number(run.uncertain);
    case Skipped:
        return QString::number(run.skipped);
    case Lasted:
        return run.isLive       ? tr("running")
               : run.isFinished ? timeText(wholeMilliseconds(toMilliseconds(run.played)), 1)
                                : tr("interrupted");
    default:
        return {};
    }
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const RunEntry &run = m_runs[index.row()];
    const int column = index.column();
    const bool isNumeric = column >= Created;
    switch (role) {
    case Qt::DisplayRole:
        return text(run, column);
    case Qt::EditRole:
        return column == Name ? QVariant(run.name) : QVariant();
    case Qt::ToolTipRole:
        return column == Name ? tr("%1\n%2").arg(run.timelineName, run.path) : text(run, column);
    case Qt::DecorationRole:
        if (column == Lasted && !run.isFinished && !run.isLive) {
            return stateIcon(IncidentState::Uncertain);
        }
        if (column == Failed && run.failed > 0) {
            return stateIcon(IncidentState::Failed);
        }
        if (column == Uncertain && run.uncertain > 0) {
            return stateIcon(IncidentState::Uncertain);
        }
        return {};
    case Qt::TextAlignmentRole:
        return int((isNumeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case TimelineRole:
        return run.timelinePath;
    case NumericRole:
        return isNumeric;
    case SortRole:
        switch (column) {
        case Started:
            return run.startedAt;
        case Created:
            return run.created;
        case Failed:
            return run.failed;
        case Uncertain:
            return run.uncertain;
        case Skipped:
            return run.skipped;
        case Lasted:
            return qint64(run.played.count());
        default:
            return text(run, column);
        }
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section >= Created ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString names[]{tr("Run"),    tr("Started"),   tr("Target"),  tr("Created"),
                          tr("Failed"), tr("Uncertain"), tr("Skipped"), tr("Lasted")};
    return names[section];
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.column() == Name ? usual | Qt::ItemIsEditable : usual;
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        index.column() != Name) {
        return false;
    }
    RunEntry &run = m_runs[index.row()];
    const QString name = value.toString().trimmed();
    if (name == run.name) {
        return false;
    }
    if (const Result<void> renamed = RunStore::rename(run.path, name); !renamed) {
        Q_EMIT refused(renamed.error().message);
        return false;
    }
    run.name = name.isEmpty() ? run.timelineName : name;
    Q_EMIT dataChanged(index, index);
    return true;
}
