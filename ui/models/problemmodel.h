// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

#include <QAbstractListModel>

/** What the validator has to say about a timeline, one sentence a row. */
class ProblemModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IncidentRole = Qt::UserRole, ///< the incident's row, or -1
        PlaceRole,                   ///< "#3 at 4:00", or empty for the timeline
        FixRole,                     ///< what one click does about it, or empty
    };

    using QAbstractListModel::QAbstractListModel;

    /** By problem: where it is, and what could be done about it. */
    struct Detail
    {
        QString place;
        QString fix;
    };

    /** `details` are as many as there are problems, or none. */
    void setProblems(const QList<Problem> &problems, const QList<Detail> &details = {});
    const QList<Problem> &problems() const { return m_problems; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<Problem> m_problems;
    QList<Detail> m_details;
};
