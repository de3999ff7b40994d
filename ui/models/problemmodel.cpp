// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problemmodel.h"

#include "ui/look/icons.h"

void ProblemModel::setProblems(const QList<Problem> &problems, const QList<Detail> &details)
{
    beginResetModel();
    m_problems = problems;
    m_details = details;
    endResetModel();
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Problem &problem = m_problems[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return problem.message;
    case Qt::DecorationRole:
        switch (problem.kind) {
        case Problem::Kind::Error:
            return icon(Glyph::Error);
        case Problem::Kind::Warning:
            return icon(Glyph::Warning);
        case Problem::Kind::Advice:
            return icon(Glyph::Advice);
        }
        return {};
    case Qt::AccessibleTextRole:
        switch (problem.kind) {
        case Problem::Kind::Error:
            return tr("Error: %1").arg(problem.message);
        case Problem::Kind::Warning:
            return tr("Warning: %1").arg(problem.message);
        case Problem::Kind::Advice:
            return tr("Advice: %1").arg(problem.message);
        }
        return {};
    case Qt::ToolTipRole:
        return problem.message;
    case IncidentRole:
        return problem.incident;
    case PlaceRole:
        return m_details.value(index.row()).place;
    case FixRole:
        return m_details.value(index.row()).fix;
    default:
        return {};
    }
}
